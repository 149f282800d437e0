// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What is to be wrong with the M2M tokens a {@link LoopbackIdp} issues from now on; the signature stays right.
 *
 * <pre>{@code
 * idp.forgery().subjectSuffix("").claim("aud", "https://elsewhere.example.com");
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class Forgery {
    private final Map<String, Optional<Object>> claims = new ConcurrentHashMap<>();
    private volatile @Nullable String subjectSuffix;

    Forgery() {}

    /**
     * Makes {@code sub} the client id and what follows it.
     *
     * @param suffix the suffix; may be empty
     * @return this
     */
    public Forgery subjectSuffix(String suffix) {
        subjectSuffix = requireNonNull(suffix, "suffix");
        return this;
    }

    /**
     * Puts a claim into the tokens, in place of the right one if there is one.
     *
     * @param name the claim's name
     * @param value a JSON value
     * @return this
     */
    public Forgery claim(String name, Object value) {
        claims.put(requireNonNull(name, "name"), Optional.of(value));
        return this;
    }

    /**
     * Leaves a claim out of the tokens.
     *
     * @param name the claim's name
     * @return this
     */
    public Forgery omit(String name) {
        claims.put(requireNonNull(name, "name"), Optional.empty());
        return this;
    }

    /** Lets the tokens come out right again. */
    public void end() {
        claims.clear();
        subjectSuffix = null;
    }

    /** The subject to put into a token, given the right one. */
    String subject(String clientId, String right) {
        String set = subjectSuffix;
        return set == null ? right : clientId + set;
    }

    Map<String, Object> applyTo(Map<String, Object> right) {
        Map<String, Object> forged = new LinkedHashMap<>(right);
        claims.forEach((name, value) ->
                value.ifPresentOrElse(present -> forged.put(name, present), () -> forged.remove(name)));
        return forged;
    }
}
