// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One tool of an MCP server.
 *
 * @param definition what {@code tools/list} says of it
 * @param code what runs when it is called
 */
record McpTool(Map<String, Object> definition, Code code) {
    static final Map<String, Object> NO_ARGUMENTS =
            Map.of("type", "object", "properties", Map.of(), "additionalProperties", false);

    /** Makes a result of the arguments, which may be its own failure. */
    @FunctionalInterface
    interface Code {
        Map<String, Object> run(HttpCall call, JsonNode arguments);
    }

    String name() {
        return String.valueOf(definition.get("name"));
    }

    /** The specification wants structured content as text too, for clients that do not know it. */
    static Map<String, Object> succeeded(Object data) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("content", text(new String(Json.write(data), StandardCharsets.UTF_8)));
        result.put("structuredContent", data);
        result.put("isError", false);
        return result;
    }

    static Map<String, Object> failed(String why) {
        return Map.of("content", text(why), "isError", true);
    }

    private static List<Map<String, Object>> text(String text) {
        return List.of(Map.of("type", "text", "text", text));
    }
}
