// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.time.Duration;
import java.time.Instant;

/** A runtime that gives its jobs tokens: one job, one subject, and no clients to register. */
sealed interface RuntimeDialect extends Dialect permits GitHubDialect, AzureDevOpsDialect, GoogleDialect {
    WorkloadTokens tokens();

    /** The job's {@code sub}, unless the rules say otherwise. */
    String ownSubject();

    @Override
    default void register(Tenant.Api api) {
        tokens().register(api);
    }

    @Override
    default String subjectOf(String clientId) {
        return tokens().rules().subjectOr(ownSubject());
    }

    @Override
    default Object rules() {
        return tokens().rules();
    }

    @Override
    default Reply rateLimited(Duration retryAfter, Instant now) {
        return WorkloadTokens.rateLimited(retryAfter);
    }
}
