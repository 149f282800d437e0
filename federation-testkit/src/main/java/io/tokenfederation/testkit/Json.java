// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** The JSON the stand-ins read and write; one mapper, because making one costs more than a request. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static final JsonNode EMPTY = MAPPER.createObjectNode();

    private Json() {}

    static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (IOException e) {
            throw new IllegalArgumentException("not a JSON value: " + value.getClass(), e);
        }
    }

    /** The object as plain maps, lists and values. */
    static Map<String, Object> map(JsonNode object) {
        return MAPPER.convertValue(
                object, MAPPER.getTypeFactory().constructMapType(Map.class, String.class, Object.class));
    }

    /** The JSON object in the text; empty if it holds anything else. */
    static Optional<JsonNode> object(String text) {
        try {
            return Optional.ofNullable(MAPPER.readTree(text)).filter(JsonNode::isObject);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
