// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** How one kind of identity provider speaks: its addresses, its rules for a token, its words for a refusal. */
sealed interface Dialect permits Auth0Dialect {
    String issuer(URI base);

    String discoveryPath();

    String jwksPath();

    String tokenPath();

    /** What follows the client id in {@code sub} of an M2M token. */
    String subjectSuffix();

    Map<String, Object> discovery(URI base);

    /** The reply to a token request; may throw a {@link Refusal}. */
    Reply token(HttpCall call, String issuer, Tenant tenant);

    Reply rateLimited(Duration retryAfter, Instant now);
}
