// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.util.Map;
import java.util.Optional;

/** The methods of the protocol itself, of all versions it speaks. */
final class CoreMethods {
    private static final String HANDLERS = "a request of the server's, answered by McpClientBuilder.";
    private static final String HANDSHAKE = "sent by the client itself, and its answer given by McpClient.server()";
    private static final String TASKS = "for tasks, of which this client runs none";
    private static final String LISTEN = "what McpAsyncClient.listen(...) is for";

    /** What an application uses in place of each. */
    private static final Map<String, String> INSTEAD = Map.ofEntries(
            Map.entry("initialize", HANDSHAKE),
            Map.entry("server/discover", HANDSHAKE),
            Map.entry("ping", "sent by the client itself, where it needs to know"),
            Map.entry("tools/list", "what McpClient.listTools() is for"),
            Map.entry("tools/call", "what McpClient.callTool(...) is for"),
            Map.entry("resources/list", "what McpClient.resources() is for"),
            Map.entry("resources/templates/list", "what McpClient.resourceTemplates() is for"),
            Map.entry("resources/read", "what McpClient.readResource(...) is for"),
            Map.entry("resources/subscribe", LISTEN),
            Map.entry("resources/unsubscribe", LISTEN),
            Map.entry("subscriptions/listen", LISTEN),
            Map.entry("prompts/list", "what McpClient.prompts() is for"),
            Map.entry("prompts/get", "what McpClient.getPrompt(...) is for"),
            Map.entry("completion/complete", "what McpClient.completePrompt(...) and completeTemplate(...) are for"),
            Map.entry("logging/setLevel", "what CallOptions.onLog(...) is for"),
            Map.entry("tasks/get", TASKS),
            Map.entry("tasks/result", TASKS),
            Map.entry("tasks/list", TASKS),
            Map.entry("tasks/update", TASKS),
            Map.entry("tasks/cancel", TASKS),
            Map.entry("elicitation/create", HANDLERS + "elicitation(...)"),
            Map.entry("sampling/createMessage", HANDLERS + "sampling(...)"),
            Map.entry("roots/list", HANDLERS + "roots(...)"));

    private CoreMethods() {}

    static Optional<String> instead(String method) {
        if (method.startsWith("notifications/")) {
            return Optional.of("a notification, which has no answer; the client sends those of the protocol itself");
        }
        return Optional.ofNullable(INSTEAD.get(method));
    }

    /** Whether carrying it out may change something on the server: a tool's call, and what is not of the protocol. */
    static boolean mayChangeSomething(String method) {
        return method.equals("tools/call") || instead(method).isEmpty();
    }
}
