// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import io.tokenfederation.internal.SafeText;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Why none of the roles a caller holds is known, as far as the names show. Says so to the operator; the caller is denied
 * all the same.
 *
 * @param held the caller's roles
 * @param known the roles that would have been known
 * @param own the application's own names, which the identity provider's may not be
 */
record UnknownRole(List<String> held, Set<String> known, Set<String> own) {
    private static final Pattern GUID =
            Pattern.compile("\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}");
    private static final Pattern BETWEEN = Pattern.compile("[,;\\s]+");

    /** {@return how it came about, to be put at the end of a message; empty if nothing is known} */
    String hint() {
        return Stream.concat(held.stream().flatMap(role -> about(role).stream()), objectIds().stream())
                .findFirst()
                .map(hint -> "; " + hint)
                .orElse("");
    }

    private Optional<String> about(String role) {
        for (String name : known) {
            if (role.equalsIgnoreCase(name)) {
                return Optional.of(quoted(role) + " differs in case from " + quoted(name));
            }
            if (role.strip().equals(name)) {
                return Optional.of(quoted(name) + " has white space around it in the token");
            }
            if (Arrays.asList(BETWEEN.split(role)).contains(name)) {
                return Optional.of(quoted(role) + " looks like several roles in one string: have the identity provider"
                        + " issue an array");
            }
        }
        return own.contains(role)
                ? Optional.of(quoted(role)
                        + " is the application's own name: map it, or have the identity provider issue" + " its own")
                : Optional.empty();
    }

    private Optional<String> objectIds() {
        return !held.isEmpty()
                        && held.stream().allMatch(role -> GUID.matcher(role).matches())
                        && known.stream().noneMatch(name -> GUID.matcher(name).matches())
                ? Optional.of("these are object ids, as Entra ID issues for groups: map the ids, or use app roles")
                : Optional.empty();
    }

    private static String quoted(String name) {
        return "'" + SafeText.of(name) + "'";
    }
}
