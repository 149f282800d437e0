// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** Streamable HTTP as of 2025-11-25 with sessions, by the letter: whatever a client leaves out is refused. */
final class McpLegacyEra {
    static final List<String> VERSIONS = List.of("2025-11-25", "2025-06-18", "2025-03-26");

    /** What the specification tells a server to assume of a client that names no version. */
    private static final String UNNAMED = "2025-03-26";

    private final McpSessions sessions;
    private final McpProtocol.Methods methods;
    private final LongAdder initializations = new LongAdder();

    McpLegacyEra(McpSessions sessions, McpProtocol.Methods methods) {
        this.sessions = sessions;
        this.methods = methods;
    }

    long initializations() {
        return initializations.sum();
    }

    Reply post(HttpCall call, JsonNode message, boolean events) {
        boolean request = message.path("method").isTextual() && message.has("id");
        if (request && message.path("method").asText().equals("initialize")) {
            return initialize(message, events);
        }
        McpSessions.Session session = session(call);
        if (!request) {
            if (message.path("method").asText().equals("notifications/initialized")) {
                session.initialized();
            }
            return Reply.empty(202);
        }
        if (!session.ready() && !message.path("method").asText().equals("ping")) {
            throw McpReplies.refusal(400, McpReplies.INVALID_REQUEST, "Bad Request: notifications/initialized first");
        }
        return framed(methods.answer(call, message), events);
    }

    Reply delete(HttpCall call) {
        sessions.end(session(call));
        return Reply.empty(204);
    }

    private Reply initialize(JsonNode request, boolean events) {
        JsonNode params = request.path("params");
        boolean complete = params.path("protocolVersion").isTextual()
                && params.path("capabilities").isObject()
                && params.path("clientInfo").path("name").isTextual()
                && params.path("clientInfo").path("version").isTextual();
        if (!complete) {
            return framed(
                    McpReplies.error(
                            request.path("id"),
                            McpReplies.INVALID_PARAMS,
                            "initialize needs protocolVersion, capabilities and clientInfo"),
                    events);
        }
        String asked = params.path("protocolVersion").asText();
        McpSessions.Session session = sessions.begin(VERSIONS.contains(asked) ? asked : VERSIONS.get(0));
        initializations.increment();
        Map<String, Object> result = Map.of(
                "protocolVersion", session.version(),
                "capabilities", methods.capabilities(),
                "serverInfo", Map.of("name", "loopback-mcp", "version", "1"));
        return framed(McpReplies.result(request.path("id"), result), events).header("Mcp-Session-Id", session.id());
    }

    private static Reply framed(Map<String, Object> message, boolean events) {
        return events ? McpReplies.events(message) : Reply.json(200, message);
    }

    private McpSessions.Session session(HttpCall call) {
        Optional<String> id = call.header("Mcp-Session-Id");
        if (id.isEmpty()) {
            throw McpReplies.refusal(400, McpReplies.BAD_REQUEST, "Bad Request: Mcp-Session-Id header is required");
        }
        McpSessions.Session session = sessions.find(id.get())
                .orElseThrow(() -> McpReplies.refusal(404, McpReplies.SESSION_NOT_FOUND, "Session not found"));
        if (!call.header("MCP-Protocol-Version").orElse(UNNAMED).equals(session.version())) {
            throw McpReplies.refusal(
                    400, McpReplies.BAD_REQUEST, "Bad Request: MCP-Protocol-Version must be " + session.version());
        }
        return session;
    }
}
