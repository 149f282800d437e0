// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** Streamable HTTP as of 2025-11-25 with sessions, by the letter: whatever a client leaves out is refused. */
final class McpProtocol {
    /** Answers a request within a session. */
    @FunctionalInterface
    interface Methods {
        Map<String, Object> answer(HttpCall call, JsonNode request);
    }

    private static final List<String> VERSIONS = List.of("2025-11-25", "2025-06-18", "2025-03-26");

    /** What the specification tells a server to assume of a client that names no version. */
    private static final String UNNAMED = "2025-03-26";

    private final McpSessions sessions;
    private final Methods methods;
    private final LongAdder initializations = new LongAdder();
    private volatile boolean events;

    McpProtocol(McpSessions sessions, Methods methods) {
        this.sessions = sessions;
        this.methods = methods;
    }

    void answerWithEvents(boolean events) {
        this.events = events;
    }

    long initializations() {
        return initializations.sum();
    }

    Reply post(HttpCall call) {
        requireMediaTypes(call);
        JsonNode message = message(call);
        boolean request = message.path("method").isTextual() && message.has("id");
        if (request && message.path("method").asText().equals("initialize")) {
            return initialize(message);
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
        return framed(methods.answer(call, message));
    }

    Reply delete(HttpCall call) {
        sessions.end(session(call));
        return Reply.empty(204);
    }

    private Reply initialize(JsonNode request) {
        JsonNode params = request.path("params");
        boolean complete = params.path("protocolVersion").isTextual()
                && params.path("capabilities").isObject()
                && params.path("clientInfo").path("name").isTextual()
                && params.path("clientInfo").path("version").isTextual();
        if (!complete) {
            return framed(McpReplies.error(
                    request.path("id"),
                    McpReplies.INVALID_PARAMS,
                    "initialize needs protocolVersion, capabilities and clientInfo"));
        }
        String asked = params.path("protocolVersion").asText();
        McpSessions.Session session = sessions.begin(VERSIONS.contains(asked) ? asked : VERSIONS.get(0));
        initializations.increment();
        Map<String, Object> result = Map.of(
                "protocolVersion", session.version(),
                "capabilities", Map.of("tools", Map.of()),
                "serverInfo", Map.of("name", "loopback-mcp", "version", "1"));
        return framed(McpReplies.result(request.path("id"), result)).header("Mcp-Session-Id", session.id());
    }

    private Reply framed(Map<String, Object> message) {
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

    private static void requireMediaTypes(HttpCall call) {
        if (!call.hasJson()) {
            throw McpReplies.refusal(
                    415, McpReplies.BAD_REQUEST, "Unsupported Media Type: Content-Type must be application/json");
        }
        List<String> accepted = Arrays.stream(call.header("Accept").orElse("").split(",", -1))
                .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .toList();
        if (!accepted.contains("application/json") || !accepted.contains("text/event-stream")) {
            throw McpReplies.refusal(
                    406,
                    McpReplies.BAD_REQUEST,
                    "Not Acceptable: Client must accept both application/json and text/event-stream");
        }
    }

    /** One JSON-RPC message; a batch is none since 2025-06-18. */
    private static JsonNode message(HttpCall call) {
        JsonNode message = call.json().orElse(NullNode.getInstance());
        if (message.isNull()) {
            throw McpReplies.refusal(400, McpReplies.PARSE_ERROR, "Parse error: one JSON object is expected");
        }
        JsonNode id = message.path("id");
        boolean idFits = id.isMissingNode() || id.isTextual() || id.isIntegralNumber();
        boolean answer = message.has("result") || message.has("error");
        if (!message.path("jsonrpc").asText().equals("2.0")
                || !idFits
                || !(answer || message.path("method").isTextual())) {
            throw McpReplies.refusal(400, McpReplies.INVALID_REQUEST, "Invalid Request: no JSON-RPC 2.0 message");
        }
        return message;
    }
}
