// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenfederation.internal.SafeText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the protocol says of tools: {@code tools/list} page by page, {@code tools/call}, and their results. For one call. */
final class Tools {
    private final Conversation conversation;
    private final Call call;

    Tools(Conversation conversation, Call call) {
        this.conversation = conversation;
        this.call = call;
    }

    List<Tool> list() {
        List<Tool> tools = new ArrayList<>();
        Set<String> cursors = new HashSet<>();
        ObjectNode params = JsonRpc.object();
        while (true) {
            Rpc.Answer page = conversation.ask(new Rpc.Request("tools/list", "", params), call);
            requireArray(page).forEach(tool -> tools.add(tool(page, tool)));
            JsonNode cursor = page.result().path("nextCursor");
            if (cursor.isMissingNode() || cursor.isNull()) {
                return List.copyOf(tools);
            }
            // An empty string is a cursor like any other; the same one twice would never end.
            if (!cursor.isTextual() || !cursors.add(cursor.textValue())) {
                throw unreadable(page, "the list of tools has no end: a cursor comes back, or is no text");
            }
            params = JsonRpc.object().put("cursor", cursor.textValue());
        }
    }

    ToolResult call(String name, Map<String, ?> arguments) {
        ObjectNode params = JsonRpc.object().put("name", name);
        params.set("arguments", JsonRpc.tree(arguments));
        Rpc.Answer answer = conversation.ask(new Rpc.Request("tools/call", SafeText.of(name), params), call);
        return result(answer);
    }

    private static ToolResult result(Rpc.Answer answer) {
        JsonNode result = answer.result();
        if (!result.isObject()) {
            throw unreadable(answer, "the result is no JSON object");
        }
        // From 2026-07-28 on a result can be a question; taken for an answer it would be an empty one.
        if (!result.path("resultType").asText("complete").equals("complete")) {
            throw unreadable(answer, "the result is of a kind this client did not offer to take");
        }
        List<Content> content = new ArrayList<>();
        result.path("content").forEach(piece -> content.add(ContentReader.read(piece)));
        boolean error = result.path("isError").asBoolean();
        return new ToolResult(content, PlainValue.of(result.path("structuredContent")), error);
    }

    private static JsonNode requireArray(Rpc.Answer page) {
        JsonNode tools = page.result().path("tools");
        if (!tools.isArray()) {
            throw unreadable(page, "the result holds no list of tools");
        }
        return tools;
    }

    private static Tool tool(Rpc.Answer page, JsonNode tool) {
        if (!tool.path("name").isTextual()) {
            throw unreadable(page, "a tool has no name");
        }
        String title =
                tool.path("title").asText(tool.path("annotations").path("title").asText());
        return new Tool(
                tool.path("name").textValue(),
                title,
                tool.path("description").asText(),
                tool.path("inputSchema").isObject() ? tool.path("inputSchema").toString() : "{}",
                tool.path("outputSchema").isObject() ? tool.path("outputSchema").toString() : "",
                tool.toString());
    }

    private static McpException unreadable(Rpc.Answer answer, String what) {
        return answer.asked().failed(McpErrorCode.MCP_REPLY_UNREADABLE, what);
    }
}
