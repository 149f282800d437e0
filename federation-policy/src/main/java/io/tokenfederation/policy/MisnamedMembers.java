// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenfederation.internal.SafeText;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Members of a policy that look like one that is known. Passed over, they would make it another policy: without its
 * audiences it accepts the account id alone.
 */
final class MisnamedMembers {
    private static final List<String> KNOWN = List.of(
            PolicyJson.ISSUER,
            PolicyJson.AUDIENCES,
            PolicyJson.SUBJECT,
            PolicyJson.SUBJECT_CLAIM,
            PolicyJson.JWKS_URI,
            PolicyJson.JWKS_JSON);

    /** What the claims are called that these members are compared with. */
    private static final Map<String, String> CLAIMS =
            Map.of("iss", PolicyJson.ISSUER, "aud", PolicyJson.AUDIENCES, "sub", PolicyJson.SUBJECT);

    private MisnamedMembers() {}

    static void requireNone(JsonNode oidc) {
        for (Iterator<String> names = oidc.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            meant(name).ifPresent(meant -> {
                throw new IllegalArgumentException("the policy has a member '" + SafeText.of(name)
                        + "' that Databricks does not know: its name is " + meant);
            });
        }
    }

    private static Optional<String> meant(String name) {
        if (KNOWN.contains(name)) {
            return Optional.empty();
        }
        String plain = plain(name);
        return Optional.ofNullable(CLAIMS.get(plain))
                .or(() -> KNOWN.stream()
                        .filter(known -> isNear(plain, plain(known)))
                        .findFirst());
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    }

    /** The same but for one letter that is missing, too many, or another. */
    private static boolean isNear(String one, String other) {
        int least = Math.min(one.length(), other.length());
        int before = 0;
        while (before < least && one.charAt(before) == other.charAt(before)) {
            before++;
        }
        int behind = 0;
        while (behind < least - before
                && one.charAt(one.length() - 1 - behind) == other.charAt(other.length() - 1 - behind)) {
            behind++;
        }
        return Math.max(one.length(), other.length()) - before - behind <= 1;
    }
}
