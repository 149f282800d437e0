// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * Whose call it is. Under a recipient's own endpoint the bearer is a JWT of its identity provider, verified against its
 * policies on each call; under the metastore's it is a token that Databricks handed out.
 */
final class SharingAccess {
    private final Metastore metastore;
    private final Clock clock;
    private final IssuerKeys keys = new IssuerKeys();
    private final LongAdder refused = new LongAdder();
    private volatile SharingErrors errors = SharingErrors.AS_THE_REFERENCE_SERVER;

    SharingAccess(Metastore metastore, Clock clock) {
        this.metastore = metastore;
        this.clock = clock;
    }

    /** The caller; refuses a call whose token is missing, or not good for this endpoint. */
    Recipient recipient(HttpCall call, String path) {
        String prefix = path + "/recipients/";
        Instant now = clock.instant();
        Optional<Recipient> caller = call.path().startsWith(prefix)
                ? metastore
                        .recipientById(call.path().substring(prefix.length()).split("/", 2)[0])
                        .filter(recipient -> federated(recipient, call, now))
                : call.bearer().flatMap(token -> metastore.byBearerToken(token, now));
        return caller.orElseThrow(() -> {
            refused.increment();
            return SharingReplies.unauthorized(errors);
        });
    }

    void setErrors(SharingErrors errors) {
        this.errors = errors;
    }

    long refused() {
        return refused.sum();
    }

    IssuerKeys keys() {
        return keys;
    }

    private boolean federated(Recipient recipient, HttpCall call, Instant now) {
        if (recipient.authentication() != Recipient.Authentication.OIDC_FEDERATION) {
            return false;
        }
        // A recipient's policy lists its audiences, so no account id stands in for them.
        return call.bearer().flatMap(SubjectToken::read).filter(token -> token.isValidAt(now)).stream()
                .anyMatch(token -> recipient.policies().policies().stream()
                        .filter(policy -> !policy.audiences().isEmpty())
                        .filter(policy -> policy.compare(token.claims(), "").isEmpty())
                        .anyMatch(policy -> token.isSignedFor(policy, keys)));
    }
}
