// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The claims of a token whose signature, issuer, audience and expiry have been checked.
 *
 * <p>{@link CallerVerifier} makes them. An application that has verified the token by other means (Spring Security, a
 * gateway it trusts) says so by name:
 *
 * <pre>{@code
 * ResolvedRole role = roles.resolve(VerifiedClaims.alreadyVerified(jwt.getClaims()));
 * }</pre>
 *
 * <p>Never build them from what a browser sent unsigned: whoever controls these claims chooses the role. Immutable.
 */
public final class VerifiedClaims {
    private final Map<String, Object> claims;

    private VerifiedClaims(Map<String, Object> claims) {
        this.claims = claims;
    }

    /**
     * Takes over claims that the application has verified itself.
     *
     * @param claims the claims of a token whose signature, issuer, audience and expiry were checked; copied
     * @return the claims
     */
    public static VerifiedClaims alreadyVerified(Map<String, ?> claims) {
        return new VerifiedClaims(Collections.unmodifiableMap(new LinkedHashMap<>(requireNonNull(claims, "claims"))));
    }

    /**
     * Returns a claim by its literal name: no path, no wildcard.
     *
     * @param name the claim's name, such as {@code https://example.com/role}
     * @return its value: a string, number, boolean, list or map; empty if the claim is missing or null
     */
    public Optional<Object> get(String name) {
        return Optional.ofNullable(claims.get(requireNonNull(name, "name")));
    }

    /**
     * Returns a claim that is a string.
     *
     * @param name the claim's literal name
     * @return its value; empty if the claim is missing or not a string
     */
    public Optional<String> text(String name) {
        return get(name).filter(String.class::isInstance).map(String.class::cast);
    }

    /**
     * Returns a claim that is a string or a list of strings.
     *
     * @param name the claim's literal name
     * @return the strings in the token's order; empty if the claim is missing or holds anything else
     */
    public Optional<List<String>> texts(String name) {
        Object value = claims.get(requireNonNull(name, "name"));
        if (value instanceof String text) {
            return Optional.of(List.of(text));
        }
        if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return Optional.of(list.stream().map(String.class::cast).toList());
        }
        return Optional.empty();
    }

    /** {@return the names of all claims} */
    public Set<String> names() {
        return claims.keySet();
    }

    /** {@return the names of the claims; values are about a person and stay out of logs} */
    @Override
    public String toString() {
        return "VerifiedClaims" + claims.keySet();
    }
}
