// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** Finds, before anything is sent, what would make Databricks refuse a JWT whatever the policy says. */
final class SubjectTokenCheck {
    /** What Databricks accepts: https://docs.databricks.com/aws/en/dev-tools/auth/oauth-federation-exchange */
    private static final Set<String> ALGORITHMS = Set.of("RS256", "ES256");

    private SubjectTokenCheck() {}

    static void require(IdpToken token, Instant now) {
        if (!ALGORITHMS.contains(token.algorithm())) {
            throw new IdpTokenException(Problem.of(
                    ErrorCode.IDP_TOKEN_ALGORITHM,
                    "the JWT of issuer '" + token.issuer() + "' is signed with " + token.algorithm()));
        }
        Duration left = Duration.between(now, token.expiresAt());
        if (left.isNegative() || left.isZero()) {
            throw new IdpTokenException(Problem.of(
                    ErrorCode.IDP_TOKEN_EXPIRED,
                    "the JWT of issuer '" + token.issuer() + "' expired at " + token.expiresAt() + ", "
                            + left.negated().toSeconds() + " s ago by this machine's clock"));
        }
        if (left.compareTo(Lifetime.DATABRICKS_MARGIN) <= 0) {
            throw new IdpTokenException(Problem.of(
                    ErrorCode.IDP_TOKEN_TOO_SHORT,
                    "the JWT of issuer '" + token.issuer() + "' ends in " + left.toSeconds()
                            + " s; a Databricks token is of no use in its last "
                            + Lifetime.DATABRICKS_MARGIN.toSeconds() + " s"));
        }
    }
}
