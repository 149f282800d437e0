// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** The server's own code: lists its tools, and runs them. */
final class McpTools implements McpProtocol.Methods {
    private final List<McpTool> tools;
    private final Set<String> taskOnly = ConcurrentHashMap.newKeySet();
    private final LongAdder calls = new LongAdder();

    McpTools(List<McpTool> tools) {
        this.tools = List.copyOf(tools);
    }

    /** From now on this tool runs as a task alone, and tasks are what this server does not run. */
    void taskOnly(String tool) {
        if (tools.stream().noneMatch(one -> one.name().equals(tool))) {
            throw new IllegalArgumentException("there is no tool '" + tool + "'");
        }
        taskOnly.add(tool);
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
                                        tools.stream().map(this::definition).toList()));
            case "tools/call" -> run(call, id, request.path("params"));
            default -> McpReplies.error(id, McpReplies.METHOD_NOT_FOUND, "Method not found");
        };
    }

    @Override
    public Map<String, Object> capabilities() {
        Map<String, Object> tasks = Map.of("requests", Map.of("tools", Map.of("call", Map.of())));
        return taskOnly.isEmpty() ? Map.of("tools", Map.of()) : Map.of("tools", Map.of(), "tasks", tasks);
    }

    private Map<String, Object> definition(McpTool tool) {
        Map<String, Object> told = new LinkedHashMap<>(tool.definition());
        if (taskOnly.contains(tool.name())) {
            told.put("execution", Map.of("taskSupport", "required"));
        }
        return told;
    }

    private Map<String, Object> run(HttpCall call, JsonNode id, JsonNode params) {
        String name = params.path("name").asText();
        Optional<McpTool> tool =
                tools.stream().filter(one -> one.name().equals(name)).findFirst();
        if (tool.isEmpty()) {
            return McpReplies.error(id, McpReplies.INVALID_PARAMS, "Unknown tool: " + name);
        }
        if (taskOnly.contains(name)) {
            return McpReplies.error(id, McpReplies.METHOD_NOT_FOUND, "This tool runs as a task only");
        }
        calls.increment();
        return McpReplies.result(id, tool.get().code().run(call, params.path("arguments")));
    }
}
