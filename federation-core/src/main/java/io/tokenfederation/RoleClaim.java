// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import io.tokenfederation.internal.SafeText;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where in a token the role is: one claim, or a member of objects within a claim. Names are literal: a dot, a slash or a
 * colon in one means nothing.
 *
 * @param path the names from the outside in, at least one
 */
record RoleClaim(List<String> path) {
    /** What Entra ID puts in place of groups that are too many for a token. */
    private static final String ELSEWHERE = "_claim_names";

    private static final String IMPLICIT_FLOW = "hasgroups";
    private static final String GROUPS = "groups";

    /** {@return the caller's roles as the identity provider names them, in the token's order} */
    List<String> rolesIn(VerifiedClaims claims) {
        requireAllAreHere(claims);
        Object value = value(claims);
        return VerifiedClaims.textsOf(value)
                .orElseThrow(() -> RoleNotMappedException.of(
                        ErrorCode.ROLE_CLAIM_UNREADABLE,
                        "the claim " + this + " is " + kindOf(value) + ", neither a string nor a list of strings"));
    }

    private void requireAllAreHere(VerifiedClaims claims) {
        boolean elsewhere =
                claims.get(ELSEWHERE).orElse("") instanceof Map<?, ?> names && names.containsKey(path.get(0));
        boolean left = path.equals(List.of(GROUPS))
                && claims.get(IMPLICIT_FLOW)
                        .filter(says -> says.toString().equals("true"))
                        .isPresent();
        if (elsewhere || left) {
            throw RoleNotMappedException.of(
                    ErrorCode.ROLE_GROUPS_OVERAGE,
                    "the token does not list the person's groups, as they are too many: the claim " + this
                            + " is elsewhere, says " + (elsewhere ? ELSEWHERE : IMPLICIT_FLOW));
        }
    }

    private Object value(VerifiedClaims claims) {
        Object value = claims.get(path.get(0)).orElse(null);
        if (value == null) {
            throw new RoleNotMappedException(new MissingRoleClaim(this, claims).problem());
        }
        for (String name : path.subList(1, path.size())) {
            if (!(value instanceof Map<?, ?> object)) {
                throw RoleNotMappedException.of(
                        ErrorCode.ROLE_CLAIM_UNREADABLE,
                        "there is no " + this + ": the token has " + kindOf(value) + " where '" + name
                                + "' should be in" + " an object");
            }
            value = member(object, name);
        }
        return value;
    }

    private Object member(Map<?, ?> object, String name) {
        Object value = object.get(name);
        if (value == null) {
            throw RoleNotMappedException.of(
                    ErrorCode.ROLE_CLAIM_MISSING,
                    "the token has no claim " + this + "; where '" + name + "' should be, it has "
                            + SafeText.of(object.keySet().toString()));
        }
        return value;
    }

    /** Says what it is without saying what it holds. */
    private static String kindOf(@Nullable Object value) {
        if (value instanceof Map) {
            return "an object";
        }
        if (value instanceof List) {
            return "a list of something else";
        }
        return value instanceof Number ? "a number" : value instanceof String ? "a string" : "a truth value";
    }

    /** {@return the names in quotes, for messages} */
    @Override
    public String toString() {
        return path.stream().map(name -> "'" + SafeText.of(name) + "'").collect(Collectors.joining(" > "));
    }
}
