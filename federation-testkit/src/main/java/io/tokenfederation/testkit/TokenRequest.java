// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A token request as its client sent it, in a form or, for those who take it, in JSON. */
final class TokenRequest {
    /** The two halves of a Basic header. */
    record Basic(String clientId, String secret) {
        @Override
        public String toString() {
            return "Basic[redacted]";
        }
    }

    private final HttpCall call;
    private final Map<String, String> fields;
    private final Optional<Basic> basic;
    private final Function<String, Refusal> invalid;

    private TokenRequest(HttpCall call, Optional<Map<String, String>> fields, Function<String, Refusal> invalid) {
        this.call = call;
        this.invalid = invalid;
        this.fields = fields.orElseThrow(() -> invalid.apply("the body cannot be read"));
        this.basic = call.basic().map(this::decoded);
    }

    /** Reads a form; the function words what is wrong with one that cannot be read. */
    static TokenRequest read(HttpCall call, Function<String, Refusal> invalid) {
        return new TokenRequest(
                call, Optional.of(call).filter(HttpCall::hasForm).flatMap(HttpCall::form), invalid);
    }

    /** Reads a form or a JSON object of texts. */
    static TokenRequest readFormOrJson(HttpCall call, Function<String, Refusal> invalid) {
        if (!call.hasJson()) {
            return read(call, invalid);
        }
        return new TokenRequest(
                call,
                call.json().map(json -> {
                    Map<String, String> texts = new LinkedHashMap<>();
                    json.properties()
                            .forEach(field ->
                                    texts.put(field.getKey(), field.getValue().asText()));
                    return texts;
                }),
                invalid);
    }

    /** A parameter; one that is empty counts as missing (RFC 6749 §3.2). */
    Optional<String> get(String name) {
        return Optional.ofNullable(fields.get(name)).filter(value -> !value.isEmpty());
    }

    String required(String name) {
        return get(name).orElseThrow(() -> invalid.apply("Missing required parameter: " + name));
    }

    Optional<Basic> basic() {
        return basic;
    }

    HttpCall call() {
        return call;
    }

    private Basic decoded(String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            if (colon < 0) {
                throw invalid.apply("the Basic credentials have no colon");
            }
            return new Basic(decode(pair.substring(0, colon)), decode(pair.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            throw invalid.apply("the Basic credentials cannot be decoded");
        }
    }

    /** RFC 6749 §2.3.1: both halves are form-encoded before they are joined. */
    private static String decode(String half) {
        return URLDecoder.decode(half, StandardCharsets.UTF_8);
    }
}
