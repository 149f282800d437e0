// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Streamable HTTP in both eras at one address: a request is served in the era it is dressed for. */
final class McpProtocol {
    /** Answers requests that are properly dressed. */
    interface Methods {
        Map<String, Object> answer(HttpCall call, JsonNode request);

        /** What a server of the legacy era says that it can do. */
        Map<String, Object> capabilities();
    }

    private final McpLegacyEra legacy;
    private final McpModernEra modern;
    private volatile Set<McpEra> eras = EnumSet.allOf(McpEra.class);
    private volatile boolean events;
    private volatile @Nullable String version;

    McpProtocol(McpSessions sessions, Methods methods) {
        legacy = new McpLegacyEra(sessions, methods);
        modern = new McpModernEra(methods);
    }

    void speak(Set<McpEra> spoken) {
        eras = EnumSet.copyOf(spoken);
    }

    void keep(Duration time, boolean forEverybody) {
        modern.keep(time, forEverybody);
    }

    void answerWithEvents(boolean asEvents) {
        events = asEvents;
    }

    long initializations() {
        return legacy.initializations();
    }

    Optional<String> lastVersion() {
        return Optional.ofNullable(version);
    }

    Reply post(HttpCall call) {
        requireMediaTypes(call);
        JsonNode message = message(call);
        version = call.header("MCP-Protocol-Version").orElse(null);
        boolean served =
                McpModernEra.dressedFor(call, message) ? eras.contains(McpEra.MODERN) : !eras.contains(McpEra.LEGACY);
        return served ? modern.post(call, message, events) : legacy.post(call, message, events);
    }

    Reply delete(HttpCall call) {
        return eras.contains(McpEra.LEGACY) ? legacy.delete(call) : Reply.empty(405);
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
