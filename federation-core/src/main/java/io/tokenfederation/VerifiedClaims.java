// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
    private final Map<String, @Nullable Object> claims;

    private VerifiedClaims(Map<String, @Nullable Object> claims) {
        this.claims = claims;
    }

    /**
     * Takes over claims that the application has verified itself.
     *
     * @param claims the claims of a token whose signature, issuer, audience and expiry were checked; copied,
     *     lists and maps within it too
     * @return the claims
     */
    public static VerifiedClaims alreadyVerified(Map<String, ?> claims) {
        Map<String, @Nullable Object> copies = new LinkedHashMap<>();
        requireNonNull(claims, "claims").forEach((name, value) -> copies.put(name, copy(value)));
        return new VerifiedClaims(Collections.unmodifiableMap(copies));
    }

    /** JSON has nulls, which {@code List.copyOf} has not. */
    private static @Nullable Object copy(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> copies = new LinkedHashMap<>();
            map.forEach((name, member) -> copies.put(name, copy(member)));
            return Collections.unmodifiableMap(copies);
        }
        if (value instanceof Collection<?> list) {
            List<@Nullable Object> copies = new ArrayList<>();
            list.forEach(element -> copies.add(copy(element)));
            return Collections.unmodifiableList(copies);
        }
        return value;
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
        return textsOf(claims.get(requireNonNull(name, "name")));
    }

    static Optional<List<String>> textsOf(@Nullable Object value) {
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
