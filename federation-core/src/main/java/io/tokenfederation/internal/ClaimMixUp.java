// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import io.tokenfederation.internal.NearMiss.Found;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What was taken for a token's subject and stands in another of its claims. A client id is what people know and copy:
 * {@code azp} or {@code appid} in Entra ID, {@code cid} in Okta, {@code client_id} elsewhere.
 */
public final class ClaimMixUp {
    private ClaimMixUp() {}

    /**
     * Says what was copied in place of the subject, where it shows.
     *
     * @param claims the token's claims
     * @param claim the claim that holds the subject, such as {@code sub}
     * @param expected what is expected as the subject
     * @return the mistake; empty if the value stands nowhere else in the token
     */
    public static Optional<Found> of(Map<String, ?> claims, String claim, String expected) {
        if ((expected + "@clients").equals(claims.get(claim))) {
            return Optional.empty();
        }
        boolean clientId = Stream.of("azp", "appid", "cid", "client_id")
                .filter(name -> !name.equals(claim))
                .map(claims::get)
                .anyMatch(expected::equals);
        if (clientId) {
            return claims.containsKey("tid")
                    ? NearMiss.found(
                            Mistake.ENTRA_CLIENT_ID_FOR_OBJECT_ID,
                            "'" + expected + "' is the client id; Entra ID's sub is the object id of the enterprise"
                                    + " application")
                    : NearMiss.found(
                            Mistake.CLIENT_ID_FOR_SUBJECT,
                            "'" + expected + "' is the client id, which this token does not have as its " + claim);
        }
        return claims.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(claim) && expected.equals(entry.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst()
                .flatMap(other -> NearMiss.found(
                        Mistake.SUBJECT_IN_OTHER_CLAIM,
                        "the token has this value in the claim " + other + ", not in " + claim));
    }
}
