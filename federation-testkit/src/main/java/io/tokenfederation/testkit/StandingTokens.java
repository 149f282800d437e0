// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import io.tokenfederation.DatabricksToken;
import io.tokenfederation.DatabricksTokenSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Tokens that came about without an exchange, as by a secret or a login at Databricks itself. Thread-safe. */
final class StandingTokens implements DatabricksTokenSource {
    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final Duration LAST_SECONDS = Duration.ofSeconds(40);

    private final IssuedTokens tokens;
    private final String issuer;
    private final String userName;
    private final Clock clock;
    private @Nullable DatabricksToken current;

    StandingTokens(IssuedTokens tokens, String issuer, String userName, Clock clock) {
        this.tokens = tokens;
        this.issuer = issuer;
        this.userName = userName;
        this.clock = clock;
    }

    @Override
    public synchronized DatabricksToken token() {
        Instant now = clock.instant();
        DatabricksToken known = current;
        if (known == null || !now.plus(LAST_SECONDS).isBefore(known.expiresAt())) {
            Instant end = now.plus(LIFETIME);
            String value = tokens.issue(issuer, new IssuedTokens.Issued(userName, end), "all-apis", now);
            known = DatabricksToken.of(value, end);
            current = known;
        }
        return known;
    }

    @Override
    public synchronized void rejected(DatabricksToken token) {
        if (token.equals(current)) {
            current = null;
        }
    }
}
