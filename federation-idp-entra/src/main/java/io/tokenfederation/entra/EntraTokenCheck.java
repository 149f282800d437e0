// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.entra;

import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.Problem;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds in a token that came what would only show at the exchange, where nobody knows of Entra ID.
 *
 * @param expected the version the policy was written for; null if nobody said
 */
record EntraTokenCheck(@Nullable EntraTokenVersion expected) {
    IdpToken require(IdpToken token) {
        EntraTokenVersion actual = EntraTokenVersion.of(token);
        if (expected != null && expected != actual) {
            throw new IdpTokenException(Problem.of(
                    "ENTRA_TOKEN_VERSION",
                    "the token is a " + actual.name().toLowerCase(Locale.ROOT) + ".0 token {iss: '" + token.issuer()
                            + "', aud: '" + String.join("', '", token.audiences()) + "'}",
                    fix(expected, token)));
        }
        return token;
    }

    private static String fix(EntraTokenVersion expected, IdpToken token) {
        return "Set api.requestedAccessTokenVersion to " + (expected == EntraTokenVersion.V2 ? "2" : "1")
                + " in the manifest of the API's application, not of the client's; or write the federation policy for"
                + " issuer '" + token.issuer() + "' and audience '"
                + token.audiences().get(0) + "'.";
    }
}
