// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.function.Predicate;

/** What a schema says of a value besides its type: which it may be, how large a number, how long a text. */
final class SchemaValue {
    /** Numbers are the same whichever way they are written (JSON Schema 2020-12 §4.2.2). */
    private static final Comparator<JsonNode> SAME = (one, other) -> one.isNumber() && other.isNumber()
            ? one.decimalValue().compareTo(other.decimalValue())
            : one.equals(other) ? 0 : 1;

    private SchemaValue() {}

    /** Whether one of the values allowed is an object or a list, so that such a value must be read whole. */
    static boolean listsStructures(JsonNode schema) {
        boolean structures = schema.path("const").isContainerNode();
        for (JsonNode value : schema.path("enum")) {
            structures |= value.isContainerNode();
        }
        return structures;
    }

    /** Whether a value that has been read whole is one of those allowed, if they are listed. */
    static boolean listed(JsonNode schema, JsonNode value) {
        return listed(schema, one -> one.equals(SAME, value));
    }

    /** Whether the value on whose first token the parser stands is; an object or a list is none that is plain. */
    static boolean listed(JsonNode schema, JsonParser json) throws IOException {
        JsonToken token = json.currentToken();
        if (token.isStructStart()) {
            return listed(schema, one -> false);
        }
        if (token.isNumeric()) {
            BigDecimal number = schema.has("const") || schema.has("enum") ? json.getDecimalValue() : BigDecimal.ZERO;
            return listed(schema, one -> one.isNumber() && one.decimalValue().compareTo(number) == 0);
        }
        String text = token == JsonToken.VALUE_STRING ? json.getText() : null;
        return listed(schema, one -> text == null ? token == one.asToken() : text.equals(one.textValue()));
    }

    private static boolean listed(JsonNode schema, Predicate<JsonNode> same) {
        boolean right = !schema.has("const") || same.test(schema.path("const"));
        JsonNode values = schema.path("enum");
        return right && (!values.isArray() || values.valueStream().anyMatch(same));
    }

    /** What is wrong with a number or a text; empty if nothing is, or it is something else. */
    static String flaw(JsonNode schema, JsonParser json) throws IOException {
        JsonToken token = json.currentToken();
        if (token.isNumeric()) {
            return number(schema, json);
        }
        if (token != JsonToken.VALUE_STRING || !(schema.has("minLength") || schema.has("maxLength"))) {
            return "";
        }
        String text = json.getText();
        int length = text.codePointCount(0, text.length());
        return outside(length, schema.path("minLength"), schema.path("maxLength"), "is too short", "is too long");
    }

    /** What is wrong with how many there are; empty if nothing is. */
    static String outside(int count, JsonNode least, JsonNode most, String few, String many) {
        if (least.isNumber() && count < least.doubleValue()) {
            return few;
        }
        return most.isNumber() && count > most.doubleValue() ? many : "";
    }

    private static String number(JsonNode schema, JsonParser json) throws IOException {
        if (below(schema.path("minimum"), json, 0) || below(schema.path("exclusiveMinimum"), json, 1)) {
            return "is too small";
        }
        return above(schema.path("maximum"), json, 0) || above(schema.path("exclusiveMaximum"), json, 1)
                ? "is too large"
                : "";
    }

    private static boolean below(JsonNode least, JsonParser json, int by) throws IOException {
        return least.isNumber() && json.getDecimalValue().compareTo(least.decimalValue()) < by;
    }

    private static boolean above(JsonNode most, JsonParser json, int by) throws IOException {
        return most.isNumber() && json.getDecimalValue().compareTo(most.decimalValue()) > -by;
    }
}
