// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A tool's promise about its structured content (JSON Schema 2020-12), held against the bytes as they are read.
 *
 * <p>Checks {@code type}, {@code enum}, {@code const}, {@code minimum}, {@code maximum}, {@code exclusiveMinimum}, {@code
 * exclusiveMaximum}, {@code minLength}, {@code maxLength}, {@code pattern} as far as {@link SchemaPattern} understands it,
 * {@code required}, {@code properties}, {@code patternProperties}, {@code additionalProperties}, {@code prefixItems}, {@code
 * items}, {@code minItems}, {@code maxItems}, {@code allOf}, and {@code $ref} within the schema; {@code anyOf} and {@code
 * oneOf} where they choose between types alone. Takes no notice of other keywords, and fetches nothing. Thread-safe.
 */
final class OutputSchema {
    /** Deeper than any schema leads by references alone, without a step into the data. */
    private static final int MOST_REFERENCES = 64;

    private final JsonNode root;

    /** As many as the schema has; those not understood are kept as such. */
    private final Map<String, Optional<SchemaPattern>> patterns = new ConcurrentHashMap<>();

    private volatile boolean broken;

    OutputSchema(JsonNode root) {
        this.root = root;
    }

    /**
     * The tool has not kept it. Which of the two is right nobody knows here, so it is held against nothing any more, also
     * where no list can be had, or a page that was kept tells it once more; the same words in a new list are another promise.
     */
    void giveUp() {
        broken = true;
    }

    boolean broken() {
        return broken;
    }

    /** Where the data is not as promised, and how; empty if it is. */
    Optional<String> violation(Slice data) throws IOException {
        try (JsonParser json = Json.parser(data)) {
            json.nextToken();
            return check(json, flat(List.of(root)), "");
        } catch (NumberFormatException e) {
            return wrong("", "holds a number greater than Java can");
        }
    }

    /** Leaves the parser on the last token of the value, unless something is wrong. */
    private Optional<String> check(JsonParser json, List<JsonNode> schemas, String path) throws IOException {
        if (json.currentToken().isStructStart() && schemas.stream().anyMatch(SchemaValue::listsStructures)) {
            return whole(Json.tree(json), schemas, path);
        }
        for (JsonNode schema : schemas) {
            if (!SchemaValue.listed(schema, json)) {
                return wrong(path, "is none of the values allowed");
            }
        }
        return described(json, schemas, path);
    }

    /** A value that must be compared as a whole before it is looked into. */
    private Optional<String> whole(JsonNode value, List<JsonNode> schemas, String path) throws IOException {
        for (JsonNode schema : schemas) {
            if (!SchemaValue.listed(schema, value)) {
                return wrong(path, "is none of the values allowed");
            }
        }
        try (JsonParser json = value.traverse()) {
            json.nextToken();
            return described(json, schemas, path);
        }
    }

    private Optional<String> described(JsonParser json, List<JsonNode> schemas, String path) throws IOException {
        for (JsonNode schema : schemas) {
            if (schema.isBoolean() && !schema.booleanValue()) {
                return wrong(path, "is not allowed");
            }
            if (!SchemaType.fits(schema, json)) {
                return wrong(path, "has another type");
            }
            String flaw = SchemaValue.flaw(schema, json);
            if (!flaw.isEmpty()) {
                return wrong(path, flaw);
            }
            JsonNode pattern = schema.path("pattern");
            if (pattern.isTextual()
                    && json.currentToken() == JsonToken.VALUE_STRING
                    && !matches(pattern.textValue(), json.getText())) {
                return wrong(path, "does not match its pattern");
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
                addMember(schema, name, members);
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

    /** What one schema says of a member; where a pattern is not understood, the member may be one of those it names. */
    private void addMember(JsonNode schema, String name, List<JsonNode> members) {
        JsonNode member = schema.path("properties").path(name);
        boolean named = !member.isMissingNode();
        members.add(member);
        for (Map.Entry<String, JsonNode> pattern :
                schema.path("patternProperties").properties()) {
            Optional<SchemaPattern> understood = pattern(pattern.getKey());
            boolean matches = understood.isEmpty() || understood.get().foundIn(name);
            named |= matches;
            if (matches && understood.isPresent()) {
                members.add(pattern.getValue());
            }
        }
        if (!named) {
            members.add(schema.path("additionalProperties"));
        }
    }

    private Optional<String> array(JsonParser json, List<JsonNode> schemas, String path) throws IOException {
        int prefix = 0;
        for (JsonNode schema : schemas) {
            prefix = Math.max(prefix, schema.path("prefixItems").size());
        }
        List<JsonNode> rest = items(schemas, prefix);
        int index = 0;
        for (; json.nextToken() != JsonToken.END_ARRAY; index++) {
            Optional<String> wrong =
                    check(json, index < prefix ? items(schemas, index) : rest, path + "[" + index + "]");
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        for (JsonNode schema : schemas) {
            String flaw = SchemaValue.outside(
                    index, schema.path("minItems"), schema.path("maxItems"), "has too few items", "has too many items");
            if (!flaw.isEmpty()) {
                return wrong(path, flaw);
            }
        }
        return Optional.empty();
    }

    /** What is said of the item at this place: of a prefix each has a schema of its own, and the others one in common. */
    private List<JsonNode> items(List<JsonNode> schemas, int index) {
        List<JsonNode> items = new ArrayList<>();
        for (JsonNode schema : schemas) {
            JsonNode prefix = schema.path("prefixItems");
            items.add(index < prefix.size() ? prefix.path(index) : schema.path("items"));
        }
        return flat(items);
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

    private boolean matches(String pattern, String text) {
        return pattern(pattern).map(understood -> understood.foundIn(text)).orElse(true);
    }

    private Optional<SchemaPattern> pattern(String ecma) {
        return patterns.computeIfAbsent(ecma, SchemaPattern::of);
    }

    private static Optional<String> wrong(String path, String how) {
        return Optional.of((path.isEmpty() ? "it" : path) + " " + how);
    }
}
