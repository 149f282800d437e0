// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The ids of an Entra ID application that are taken for its subject. A token's {@code sub} is the object id of the
 * enterprise application; {@code azp} (v2.0) or {@code appid} (v1.0) is the client id, which people know and copy.
 */
public final class EntraSubject {
    private EntraSubject() {}

    /**
     * Says what was copied in place of the subject, where it shows.
     *
     * @param claims the token's claims
     * @param expected what is expected as the subject
     * @return a sentence about it; empty if the token is not Entra ID's, or it is something else
     */
    public static Optional<String> mistaken(Map<String, ?> claims, String expected) {
        boolean clientId = claims.containsKey("tid")
                && Stream.of("azp", "appid").map(claims::get).anyMatch(expected::equals);
        return clientId
                ? Optional.of("'" + expected + "' is the client id; Entra ID's sub is the object id of the enterprise"
                        + " application")
                : Optional.empty();
    }
}
