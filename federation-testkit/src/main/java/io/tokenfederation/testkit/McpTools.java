// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** The server's own code: lists its tools, and runs them. */
final class McpTools implements McpProtocol.Methods {
    private final List<McpTool> tools;
    private final LongAdder calls = new LongAdder();

    McpTools(List<McpTool> tools) {
        this.tools = List.copyOf(tools);
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
                        : McpReplies.result(
                                id,
                                Map.of(
                                        "tools",
                                        tools.stream().map(McpTool::definition).toList()));
            case "tools/call" -> run(call, id, request.path("params"));
            default -> McpReplies.error(id, McpReplies.METHOD_NOT_FOUND, "Method not found");
        };
    }

    private Map<String, Object> run(HttpCall call, JsonNode id, JsonNode params) {
        String name = params.path("name").asText();
        Optional<McpTool> tool =
                tools.stream().filter(one -> one.name().equals(name)).findFirst();
        if (tool.isEmpty()) {
            return McpReplies.error(id, McpReplies.INVALID_PARAMS, "Unknown tool: " + name);
        }
        calls.increment();
        return McpReplies.result(id, tool.get().code().run(call, params.path("arguments")));
    }
}
