// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.auth0;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.Problem;
import java.util.Set;

/**
 * Looks at a JWT Auth0 issued for what would make the exchange fail, while it can still be said where in Auth0 it is set.
 */
record Auth0TokenCheck(Auth0Client client) {
    /** Those of what an API can be set to that Databricks takes. */
    private static final Set<String> ALGORITHMS = Set.of("RS256", "ES256");

    IdpToken require(IdpToken token) {
        if (!ALGORITHMS.contains(token.algorithm())) {
            throw new IdpTokenException(Problem.of(
                            ErrorCode.IDP_TOKEN_ALGORITHM,
                            "Auth0 signed the JWT for '" + client.audience() + "' with " + token.algorithm())
                    .fix(client.fill(
                            "Choose RS256 at Applications > APIs > '%3$s' > Settings > Signing Algorithm; Databricks takes"
                                    + " RS256 and ES256 only.")));
        }
        if (token.claims().get("cnf") != null) {
            throw new IdpTokenException(Problem.of(
                            ErrorCode.IDP_TOKEN_NOT_BEARER,
                            "Auth0 bound the JWT of client '" + client.id() + "' to a key or certificate")
                    .fix(client.fill(Auth0Refusals.BOUND_FIX)));
        }
        return token;
    }
}
