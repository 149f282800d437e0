// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/** What a schema says of a value's type; of {@code anyOf} and {@code oneOf}, what they say of it too. */
final class SchemaType {
    private SchemaType() {}

    /** Whether the value on whose first token the parser stands has it. */
    static boolean fits(JsonNode schema, JsonParser json) throws IOException {
        if (!schema.has("type")) {
            return choice(schema.path("anyOf"), json) && choice(schema.path("oneOf"), json);
        }
        JsonNode type = schema.path("type");
        if (type.isTextual()) {
            return is(type.textValue(), json);
        }
        for (JsonNode one : type) {
            if (is(one.asText(), json)) {
                return true;
            }
        }
        return !type.isArray();
    }

    /** Whether one of the alternatives has the right type, if all of them name one. */
    private static boolean choice(JsonNode alternatives, JsonParser json) throws IOException {
        boolean right = alternatives.isEmpty();
        for (JsonNode alternative : alternatives) {
            right |= !alternative.has("type") || fits(alternative, json);
        }
        return right;
    }

    private static boolean is(String type, JsonParser json) throws IOException {
        JsonToken token = json.currentToken();
        return switch (type) {
            case "object" -> token == JsonToken.START_OBJECT;
            case "array" -> token == JsonToken.START_ARRAY;
            case "string" -> token == JsonToken.VALUE_STRING;
            case "boolean" -> token.isBoolean();
            case "null" -> token == JsonToken.VALUE_NULL;
            case "number" -> token.isNumeric();
            case "integer" -> token == JsonToken.VALUE_NUMBER_INT || whole(json);
            default -> true;
        };
    }

    /** 1.0 is an integer to JSON Schema; a number of many digits need not be looked at to know. */
    private static boolean whole(JsonParser json) throws IOException {
        return json.currentToken() == JsonToken.VALUE_NUMBER_FLOAT
                && json.getDecimalValue().stripTrailingZeros().scale() <= 0;
    }
}
