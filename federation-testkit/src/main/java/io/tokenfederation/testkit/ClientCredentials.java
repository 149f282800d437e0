// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A token request as its client sent it: form or JSON, the secret in the body or in a Basic header. */
final class ClientCredentials {
    private final Map<String, String> fields;
    private final Function<String, Refusal> invalid;

    private ClientCredentials(Map<String, String> fields, Function<String, Refusal> invalid) {
        this.fields = fields;
        this.invalid = invalid;
    }

    /** Reads the request; the function words what is wrong with one that cannot be read. */
    static ClientCredentials read(HttpCall call, Function<String, Refusal> invalid) {
        Optional<Map<String, String>> fields = call.hasJson()
                ? call.json().map(json -> {
                    Map<String, String> texts = new LinkedHashMap<>();
                    json.properties()
                            .forEach(field ->
                                    texts.put(field.getKey(), field.getValue().asText()));
                    return texts;
                })
                : Optional.of(call).filter(HttpCall::hasForm).flatMap(HttpCall::form);
        ClientCredentials read = new ClientCredentials(
                fields.orElseThrow(() -> invalid.apply("the body is neither a form nor a JSON object")), invalid);
        call.basic().ifPresent(read::takeBasic);
        return read;
    }

    /** A parameter; one that is empty counts as missing (RFC 6749 §3.2). */
    Optional<String> get(String name) {
        return Optional.ofNullable(fields.get(name)).filter(value -> !value.isEmpty());
    }

    String required(String name) {
        return get(name).orElseThrow(() -> invalid.apply("Missing required parameter: " + name));
    }

    private void takeBasic(String encoded) {
        if (fields.containsKey("client_secret")) {
            throw invalid.apply("the client authenticates in two ways at once");
        }
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            if (colon < 0) {
                throw invalid.apply("the Basic credentials have no colon");
            }
            fields.put("client_id", decode(pair.substring(0, colon)));
            fields.put("client_secret", decode(pair.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            throw invalid.apply("the Basic credentials cannot be decoded");
        }
    }

    /** RFC 6749 §2.3.1: both halves are form-encoded before they are joined. */
    private static String decode(String half) {
        return URLDecoder.decode(half, StandardCharsets.UTF_8);
    }
}
