// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The arguments of a tool that are sent as headers too, so that a gateway can route by them (2026-07-28, "Custom Headers
 * from Tool Parameters").
 *
 * @param paths for each header's name, the way to the argument
 * @param flaw what is wrong with the tool's wishes; empty if nothing
 */
record HeaderParameters(Map<String, List<String>> paths, String flaw) {
    private static final String KEYWORD = "x-mcp-header";
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+\\-.^_`|~0-9A-Za-z]+");
    private static final Set<String> PRIMITIVE = Set.of("string", "integer", "boolean");

    /** Above and below, JavaScript counts in steps of two. */
    private static final BigInteger SAFE = BigInteger.ONE.shiftLeft(53).subtract(BigInteger.ONE);

    /** More digits than the greatest of them has. */
    private static final int LONGEST = 17;

    /** Keywords whose values are schemas by name. */
    private static final List<String> NAMED =
            List.of("patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies");

    /** Keywords whose value is a schema, or a list of them. */
    private static final List<String> NESTED = List.of(
            "items",
            "prefixItems",
            "additionalItems",
            "contains",
            "additionalProperties",
            "propertyNames",
            "not",
            "if",
            "then",
            "else",
            "allOf",
            "anyOf",
            "oneOf",
            "unevaluatedItems",
            "unevaluatedProperties",
            "contentSchema");

    static HeaderParameters of(JsonNode inputSchema) {
        Search search = new Search();
        search.properties(inputSchema, List.of());
        search.elsewhere(inputSchema);
        if (inputSchema.has(KEYWORD)) {
            search.flaw = "it is on the schema itself, not on a parameter";
        }
        return new HeaderParameters(search.paths, search.flaw);
    }

    boolean sound() {
        return flaw.isEmpty();
    }

    /** The headers of one call. */
    Map<String, String> of(JsonNode arguments, String prefix) {
        Map<String, String> headers = new LinkedHashMap<>();
        paths.forEach((name, path) -> {
            JsonNode value = arguments;
            for (String step : path) {
                value = value.path(step);
            }
            if (value.isTextual() || value.isBoolean()) {
                headers.put(prefix + name, HeaderValue.of(value.asText()));
            } else if (value.isNumber()) {
                safeInteger(value.decimalValue()).ifPresent(whole -> headers.put(prefix + name, whole));
            }
        });
        return headers;
    }

    /** {@return how many; not which} */
    @Override
    public String toString() {
        return "HeaderParameters[" + paths.size() + "]";
    }

    /** A whole number, which may be written as 7.0 too; of no other does a header say the same as the body. */
    private static Optional<String> safeInteger(BigDecimal number) {
        boolean small = number.precision() - number.scale() <= LONGEST;
        if (!small || number.stripTrailingZeros().scale() > 0) {
            return Optional.empty();
        }
        return Optional.of(number.toBigInteger())
                .filter(whole -> whole.abs().compareTo(SAFE) <= 0)
                .map(BigInteger::toString);
    }

    /** Goes through a schema; for one of them. */
    private static final class Search {
        private final Map<String, List<String>> paths = new LinkedHashMap<>();
        private final Set<String> names = new HashSet<>();
        private String flaw = "";

        /** What can be reached by {@code properties} alone, where the keyword may be. */
        void properties(JsonNode schema, List<String> path) {
            schema.path("properties").properties().forEach(property -> {
                List<String> way = new ArrayList<>(path);
                way.add(property.getKey());
                JsonNode parameter = property.getValue();
                if (parameter.has(KEYWORD)) {
                    add(parameter, way);
                }
                elsewhere(parameter);
                properties(parameter, way);
            });
        }

        private void add(JsonNode parameter, List<String> way) {
            JsonNode name = parameter.path(KEYWORD);
            if (!name.isTextual() || !TOKEN.matcher(name.textValue()).matches()) {
                flaw = "its value is no name a header can have";
            } else if (!names.add(name.textValue().toLowerCase(Locale.ROOT))) {
                flaw = "two parameters want the same header";
            } else if (!PRIMITIVE.contains(parameter.path("type").asText())) {
                flaw = "it is on a parameter that is no string, integer or boolean";
            } else {
                paths.put(name.textValue(), List.copyOf(way));
            }
        }

        /** What is beside {@code properties}, where the keyword may not be. */
        void elsewhere(JsonNode schema) {
            if (!schema.isObject()) {
                return;
            }
            NAMED.forEach(keyword -> schema.path(keyword).forEach(this::forbidden));
            NESTED.forEach(keyword -> {
                JsonNode nested = schema.path(keyword);
                if (nested.isArray()) {
                    nested.forEach(this::forbidden);
                } else {
                    forbidden(nested);
                }
            });
        }

        private void forbidden(JsonNode schema) {
            if (schema.has(KEYWORD)) {
                flaw = "it is where a call's arguments do not always lead";
            }
            schema.path("properties").forEach(this::forbidden);
            elsewhere(schema);
        }
    }
}
