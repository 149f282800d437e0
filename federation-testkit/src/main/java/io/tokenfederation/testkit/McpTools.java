// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * The server's own code: two tools that call the workspace as whoever the forwarded token is for. Never sees
 * {@code Authorization}: the proxy keeps that.
 */
final class McpTools implements McpProtocol.Methods {
    private static final String NO_TOKEN =
            "the header X-Databricks-Token is missing, so this tool cannot call Databricks;"
                    + " the proxy keeps Authorization to itself, so have the client forward the token";

    private static final Map<String, Object> NO_ARGUMENTS =
            Map.of("type", "object", "properties", Map.of(), "additionalProperties", false);

    private final WorkspaceCalls workspace;
    private final LongAdder calls = new LongAdder();

    McpTools(WorkspaceCalls workspace) {
        this.workspace = workspace;
    }

    long calls() {
        return calls.sum();
    }

    @Override
    public Map<String, Object> answer(HttpCall call, JsonNode request) {
        JsonNode id = request.path("id");
        return switch (request.path("method").asText()) {
            case "ping" -> McpReplies.result(id, Map.of());
            case "tools/list" ->
                request.path("params").has("cursor")
                        ? McpReplies.error(id, McpReplies.INVALID_PARAMS, "Invalid cursor")
                        : McpReplies.result(id, Map.of("tools", List.of(query(), whoami())));
            case "tools/call" -> run(call, id, request.path("params"));
            default -> McpReplies.error(id, McpReplies.METHOD_NOT_FOUND, "Method not found");
        };
    }

    private Map<String, Object> run(HttpCall call, JsonNode id, JsonNode params) {
        String name = params.path("name").asText();
        if (!name.equals("query") && !name.equals("whoami")) {
            return McpReplies.error(id, McpReplies.INVALID_PARAMS, "Unknown tool: " + name);
        }
        calls.increment();
        Optional<String> token = call.header("X-Databricks-Token");
        if (token.isEmpty()) {
            return McpReplies.result(id, failed(NO_TOKEN));
        }
        JsonNode sql = params.path("arguments").path("sql");
        if (name.equals("query") && !sql.isTextual()) {
            return McpReplies.result(id, failed("the argument sql is missing, or is no string"));
        }
        try {
            Object data = name.equals("query") ? workspace.query(token.get(), sql.asText()) : workspace.me(token.get());
            return McpReplies.result(id, succeeded(data));
        } catch (WorkspaceCalls.Failed e) {
            return McpReplies.result(id, failed(e.said()));
        }
    }

    /** The specification wants structured content as text too, for clients that do not know it. */
    private static Map<String, Object> succeeded(Object data) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("content", text(new String(Json.write(data), StandardCharsets.UTF_8)));
        result.put("structuredContent", data);
        result.put("isError", false);
        return result;
    }

    private static Map<String, Object> failed(String why) {
        return Map.of("content", text(why), "isError", true);
    }

    private static List<Map<String, Object>> text(String text) {
        return List.of(Map.of("type", "text", "text", text));
    }

    private static Map<String, Object> query() {
        Map<String, Object> input = Map.of(
                "type", "object",
                "properties", Map.of("sql", Map.of("type", "string")),
                "required", List.of("sql"));
        return Map.of(
                "name", "query",
                "title", "Query",
                "description", "Runs one SQL statement as the service principal of the forwarded token.",
                "inputSchema", input);
    }

    private static Map<String, Object> whoami() {
        return Map.of(
                "name", "whoami",
                "title", "Who am I",
                "description", "Says whom the forwarded token is for.",
                "inputSchema", NO_ARGUMENTS,
                "annotations", Map.of("readOnlyHint", true));
    }
}
