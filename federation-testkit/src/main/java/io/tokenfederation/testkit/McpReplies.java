// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** How an MCP server on Databricks Apps words its answers, and the proxy before it its refusals. */
final class McpReplies {
    static final int PARSE_ERROR = -32700;
    static final int INVALID_REQUEST = -32600;
    static final int METHOD_NOT_FOUND = -32601;
    static final int INVALID_PARAMS = -32602;
    static final int SESSION_NOT_FOUND = -32001;
    static final int BAD_REQUEST = -32000;
    static final int HEADER_MISMATCH = -32020;
    static final int UNSUPPORTED_VERSION = -32022;

    private McpReplies() {}

    static Map<String, Object> result(JsonNode id, Object result) {
        Map<String, Object> message = message(id);
        message.put("result", result);
        return message;
    }

    static Map<String, Object> error(JsonNode id, int code, String text) {
        Map<String, Object> message = message(id);
        message.put("error", Map.of("code", code, "message", text));
        return message;
    }

    /** A refusal that comes before the request has been read. */
    static Refusal refusal(int status, int code, String text) {
        return new Refusal(Reply.json(status, error(NullNode.getInstance(), code, text)));
    }

    /** One message as an event stream: a primer first (2025-11-25), then the message. */
    static Reply events(Map<String, Object> message) {
        return Reply.stream(200, "text/event-stream", body -> {
            body.write("id: 0\ndata:\n\n".getBytes(StandardCharsets.UTF_8));
            body.flush();
            body.write("event: message\nid: 1\ndata: ".getBytes(StandardCharsets.UTF_8));
            body.write(Json.write(message));
            body.write("\n\n".getBytes(StandardCharsets.UTF_8));
        });
    }

    /** One message as an event stream of the modern era, in which nothing is resumed: no id. */
    static Reply event(Map<String, Object> message) {
        return Reply.stream(200, "text/event-stream", body -> {
            body.write(": on it\n\nevent: message\ndata: ".getBytes(StandardCharsets.UTF_8));
            body.write(Json.write(message));
            body.write("\n\n".getBytes(StandardCharsets.UTF_8));
        });
    }

    /** A refusal of a request that has been read (2026-07-28). */
    static Refusal refusal(JsonNode id, int code, String text, Map<String, Object> data) {
        Map<String, Object> message = message(id);
        message.put(
                "error",
                data.isEmpty()
                        ? Map.of("code", code, "message", text)
                        : Map.of("code", code, "message", text, "data", data));
        return new Refusal(Reply.json(400, message));
    }

    /** The proxy's refusal, in the words of the workspace's REST API. */
    static Refusal unauthorized(String text) {
        return new Refusal(Reply.json(401, Map.of("error_code", 401, "message", text))
                .header("WWW-Authenticate", "Bearer realm=\"DatabricksRealm\""));
    }

    static Reply rateLimited(Duration wait) {
        return Reply.json(429, Map.of("error_code", "REQUEST_LIMIT_EXCEEDED", "message", "Too many requests"))
                .header("Retry-After", Long.toString(wait.toSeconds()));
    }

    private static Map<String, Object> message(JsonNode id) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("jsonrpc", "2.0");
        message.put("id", id);
        return message;
    }
}
