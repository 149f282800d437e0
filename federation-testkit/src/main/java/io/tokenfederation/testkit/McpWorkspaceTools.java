// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Two tools that call the workspace as whoever the forwarded token is for. Never see {@code Authorization}: the proxy keeps
 * that.
 */
final class McpWorkspaceTools {
    private static final String NO_TOKEN =
            "the header X-Databricks-Token is missing, so this tool cannot call Databricks;"
                    + " the proxy keeps Authorization to itself, so have the client forward the token";

    /** What a tool makes of the workspace, with a token and the arguments. */
    @FunctionalInterface
    private interface Work {
        Object with(String token, JsonNode arguments);
    }

    private final WorkspaceCalls workspace;

    McpWorkspaceTools(WorkspaceCalls workspace) {
        this.workspace = workspace;
    }

    List<McpTool> tools() {
        return List.of(new McpTool(query(), (call, arguments) -> run(call, arguments, this::query)), whoami());
    }

    private Object query(String token, JsonNode arguments) {
        JsonNode sql = arguments.path("sql");
        if (!sql.isTextual()) {
            throw new WorkspaceCalls.Failed("the argument sql is missing, or is no string");
        }
        return workspace.query(token, sql.asText());
    }

    private static Map<String, Object> run(HttpCall call, JsonNode arguments, Work work) {
        Optional<String> token = call.header("X-Databricks-Token");
        if (token.isEmpty()) {
            return McpTool.failed(NO_TOKEN);
        }
        try {
            return McpTool.succeeded(work.with(token.get(), arguments));
        } catch (WorkspaceCalls.Failed e) {
            return McpTool.failed(e.said());
        }
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

    private McpTool whoami() {
        Map<String, Object> definition = Map.of(
                "name", "whoami",
                "title", "Who am I",
                "description", "Says whom the forwarded token is for.",
                "inputSchema", McpTool.NO_ARGUMENTS,
                "annotations", Map.of("readOnlyHint", true));
        return new McpTool(definition, (call, arguments) -> run(call, arguments, (token, none) -> workspace.me(token)));
    }
}
