// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A tool's promise about its structured content (JSON Schema 2020-12), held against the bytes as they are read.
 *
 * <p>Checks {@code type}, {@code required}, {@code properties}, {@code additionalProperties}, {@code items}, {@code enum} and
 * {@code const} of plain values, {@code allOf}, and {@code $ref} within the schema; {@code anyOf} and {@code oneOf} where they
 * choose between types alone. Takes no notice of other keywords, and fetches nothing. Immutable.
 */
final class OutputSchema {
    /** Deeper than any schema leads by references alone, without a step into the data. */
    private static final int MOST_REFERENCES = 64;

    private final JsonNode root;

    OutputSchema(JsonNode root) {
        this.root = root;
    }

    /** Where the data is not as promised, and how; empty if it is. */
    Optional<String> violation(Slice data) throws IOException {
        try (JsonParser json = Json.parser(data)) {
            json.nextToken();
            return check(json, flat(List.of(root)), "");
        }
    }

    /** Leaves the parser on the last token of the value, unless something is wrong. */
    private Optional<String> check(JsonParser json, List<JsonNode> schemas, String path) throws IOException {
        for (JsonNode schema : schemas) {
            if (schema.isBoolean() && !schema.booleanValue()) {
                return wrong(path, "is not allowed");
            }
            if (!typed(schema, json)) {
                return wrong(path, "has another type");
            }
            if (!listed(schema, json)) {
                return wrong(path, "is none of the values allowed");
            }
        }
        if (json.currentToken() == JsonToken.START_OBJECT) {
            return object(json, schemas, path);
        }
        return json.currentToken() == JsonToken.START_ARRAY ? array(json, schemas, path) : Optional.empty();
    }

    private Optional<String> object(JsonParser json, List<JsonNode> schemas, String path) throws IOException {
        Set<String> seen = new HashSet<>();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            seen.add(name);
            List<JsonNode> members = new ArrayList<>();
            for (JsonNode schema : schemas) {
                JsonNode member = schema.path("properties").path(name);
                boolean additional = member.isMissingNode() && !schema.has("patternProperties");
                members.add(additional ? schema.path("additionalProperties") : member);
            }
            Optional<String> wrong = check(json, flat(members), path + "." + name);
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        for (JsonNode schema : schemas) {
            for (JsonNode required : schema.path("required")) {
                if (!seen.contains(required.asText())) {
                    return wrong(path + "." + required.asText(), "is missing");
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> array(JsonParser json, List<JsonNode> schemas, String path) throws IOException {
        List<JsonNode> items = new ArrayList<>();
        for (JsonNode schema : schemas) {
            // With a prefix, items are those behind it; counting is not worth it.
            items.add(schema.path(schema.has("prefixItems") ? "" : "items"));
        }
        List<JsonNode> each = flat(items);
        for (int index = 0; json.nextToken() != JsonToken.END_ARRAY; index++) {
            Optional<String> wrong = check(json, each, path + "[" + index + "]");
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return Optional.empty();
    }

    /** These schemas and all they lead to without a step into the data. */
    private List<JsonNode> flat(List<JsonNode> schemas) {
        List<JsonNode> all = new ArrayList<>(schemas);
        for (int i = 0; i < all.size() && all.size() < MOST_REFERENCES; i++) {
            JsonNode schema = all.get(i);
            schema.path("allOf").forEach(all::add);
            String reference = schema.path("$ref").asText();
            if (reference.startsWith("#/")) {
                all.add(root.at(reference.substring(1)));
            } else if (reference.equals("#")) {
                all.add(root);
            }
        }
        all.removeIf(schema -> !schema.isObject() && !schema.isBoolean());
        return all;
    }

    private static boolean typed(JsonNode schema, JsonParser json) throws IOException {
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
            right |= !alternative.has("type") || typed(alternative, json);
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

    private static boolean listed(JsonNode schema, JsonParser json) throws IOException {
        if (json.currentToken().isStructStart()) {
            return true;
        }
        boolean right = !schema.has("const") || same(schema.path("const"), json);
        if (right && schema.path("enum").isArray()) {
            right = false;
            for (JsonNode value : schema.path("enum")) {
                right |= same(value, json);
            }
        }
        return right;
    }

    private static boolean same(JsonNode value, JsonParser json) throws IOException {
        JsonToken token = json.currentToken();
        if (token.isNumeric()) {
            return value.isNumber() && value.decimalValue().compareTo(json.getDecimalValue()) == 0;
        }
        if (token == JsonToken.VALUE_STRING) {
            return value.isTextual() && value.textValue().equals(json.getText());
        }
        return token == value.asToken();
    }

    private static Optional<String> wrong(String path, String how) {
        return Optional.of((path.isEmpty() ? "it" : path) + " " + how);
    }
}
