// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import io.tokenfederation.DatabricksToken;
import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.internal.SafeText;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a refused JWT says that a recipient's policy is compared with, for the message; nothing of its signature. */
final class PresentedClaims {
    private PresentedClaims() {}

    static String of(DatabricksToken token) {
        try {
            Map<String, Object> claims = IdpToken.parse(token.value()).claims();
            return Stream.of("iss", "aud", "sub", "oid", "azp")
                    .filter(claims::containsKey)
                    .map(name -> name + "='" + SafeText.of(String.valueOf(claims.get(name))) + "'")
                    .collect(Collectors.joining(", ", "; the JWT says ", ""));
        } catch (IdpTokenException e) {
            // A provider's own token is opaque.
            return "";
        }
    }
}
