// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** Finds, before anything is sent, what would make Databricks refuse a JWT whatever the policy says. */
final class SubjectTokenCheck {
    /** What Databricks accepts: https://docs.databricks.com/aws/en/dev-tools/auth/oauth-federation-exchange */
    private static final Set<String> ALGORITHMS = Set.of("RS256", "ES256");

    /** The application id of Azure Databricks in every Entra tenant:
     * https://learn.microsoft.com/azure/databricks/dev-tools/auth/aad-token-manual */
    private static final String AZURE_DATABRICKS = "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d";

    private SubjectTokenCheck() {}

    static void require(IdpToken token, Instant now) {
        requireExchangeable(token);
        requireAlive(token, now);
    }

    private static void requireExchangeable(IdpToken token) {
        // Tokens of version 1 name the resource as it was asked for, with a slash at its end or without.
        if (token.audiences().stream()
                .anyMatch(audience -> audience.replaceAll("/+$", "").equals(AZURE_DATABRICKS))) {
            throw new IdpTokenException(Problem.of(
                    ErrorCode.IDP_TOKEN_FOR_DATABRICKS,
                    "the JWT of issuer '" + token.issuer() + "' has aud '" + AZURE_DATABRICKS
                            + "', which is Azure Databricks itself"));
        }
        if (!ALGORITHMS.contains(token.algorithm())) {
            throw refused(
                    token,
                    "alg",
                    Problem.of(
                            ErrorCode.IDP_TOKEN_ALGORITHM,
                            "the JWT of issuer '" + token.issuer() + "' is signed with " + token.algorithm()));
        }
        if (token.claims().get("cnf") != null) {
            throw refused(
                    token,
                    "cnf",
                    Problem.of(
                            ErrorCode.IDP_TOKEN_NOT_BEARER,
                            "the JWT of issuer '" + token.issuer() + "' is bound to a key (it has cnf, RFC 7800)"));
        }
    }

    /** @throws IdpTokenException if the JWT has ended, or is in its last seconds, when Databricks refuses it */
    static void requireAlive(IdpToken token, Instant now) {
        Duration left = Duration.between(now, token.expiresAt());
        if (left.isNegative() || left.isZero()) {
            throw refused(
                    token,
                    "old",
                    Problem.of(
                            ErrorCode.IDP_TOKEN_EXPIRED,
                            "the JWT of issuer '" + token.issuer() + "' expired at " + token.expiresAt() + ", "
                                    + left.negated().toSeconds() + " s ago by this machine's clock"));
        }
        if (left.compareTo(Lifetime.DATABRICKS_MARGIN) <= 0) {
            throw refused(
                    token,
                    "exp",
                    Problem.of(
                            ErrorCode.IDP_TOKEN_TOO_SHORT,
                            "the JWT of issuer '" + token.issuer() + "' ends in " + left.toSeconds()
                                    + " s; Databricks takes no token in its last "
                                    + Lifetime.DATABRICKS_MARGIN.toSeconds() + " s"));
        }
    }

    private static IdpTokenException refused(IdpToken token, String about, Problem problem) {
        return new IdpTokenException(TokenOrigin.advised(problem, token.claims(), about));
    }
}
