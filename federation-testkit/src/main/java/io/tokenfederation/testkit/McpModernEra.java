// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Streamable HTTP as of 2026-07-28, by the letter: each request says in headers and in its body what it is, and both must
 * say the same. Nothing is kept between requests, so whatever belongs to a session is refused.
 */
final class McpModernEra {
    private static final String PREFIX = "io.modelcontextprotocol/";
    private static final List<String> VERSIONS = List.of("2026-07-28");

    /** Where the body holds what {@code Mcp-Name} repeats. */
    private static final Map<String, String> NAMED =
            Map.of("tools/call", "name", "prompts/get", "name", "resources/read", "uri");

    private final McpProtocol.Methods methods;
    private volatile Map<String, Object> keepHint = Map.of("ttlMs", 0, "cacheScope", "private");

    McpModernEra(McpProtocol.Methods methods) {
        this.methods = methods;
    }

    /** How long all results but those of tools may be kept from now on, and whether for everybody. */
    void keep(Duration time, boolean forEverybody) {
        keepHint = Map.of("ttlMs", time.toMillis(), "cacheScope", forEverybody ? "public" : "private");
    }

    /** Whether a request says, in whatever place, that it is of this era. */
    static boolean dressedFor(HttpCall call, JsonNode message) {
        boolean newer = call.header("MCP-Protocol-Version")
                .filter(version -> !McpLegacyEra.VERSIONS.contains(version))
                .isPresent();
        return newer || meta(message).has(PREFIX + "protocolVersion");
    }

    Reply post(HttpCall call, JsonNode message, boolean events) {
        JsonNode id = message.path("id");
        if (!message.path("method").isTextual() || id.isMissingNode()) {
            throw McpReplies.refusal(400, McpReplies.INVALID_REQUEST, "Invalid Request: only requests are taken");
        }
        requireVersion(call, message);
        requireNames(call, message);
        Map<String, Object> answer = message.path("method").asText().equals("server/discover")
                ? McpReplies.result(id, discovered())
                : methods.answer(call, message);
        if (answer.get("error") instanceof Map<?, ?> error
                && Integer.valueOf(McpReplies.METHOD_NOT_FOUND).equals(error.get("code"))) {
            return Reply.json(404, answer);
        }
        Map<String, Object> complete = complete(answer);
        return events ? McpReplies.event(complete) : Reply.json(200, complete);
    }

    private static void requireVersion(HttpCall call, JsonNode message) {
        JsonNode id = message.path("id");
        JsonNode meta = meta(message);
        Optional<String> header = call.header("MCP-Protocol-Version");
        if (header.isEmpty()) {
            throw mismatch(id, "MCP-Protocol-Version is missing");
        }
        if (!VERSIONS.contains(header.get()) && !meta.has(PREFIX + "protocolVersion")) {
            throw unsupported(id, header.get());
        }
        if (!meta.path(PREFIX + "protocolVersion").isTextual()
                || !meta.path(PREFIX + "clientCapabilities").isObject()) {
            throw McpReplies.refusal(
                    id, McpReplies.INVALID_PARAMS, "_meta lacks protocolVersion or clientCapabilities", Map.of());
        }
        String version = meta.path(PREFIX + "protocolVersion").asText();
        if (!header.get().equals(version)) {
            throw mismatch(id, "MCP-Protocol-Version is not that of the body");
        }
        if (!VERSIONS.contains(version)) {
            throw unsupported(id, version);
        }
        if (call.header("Mcp-Session-Id").isPresent()) {
            throw McpReplies.refusal(
                    id, McpReplies.INVALID_REQUEST, "this version has no sessions; Mcp-Session-Id is none", Map.of());
        }
    }

    private static void requireNames(HttpCall call, JsonNode message) {
        JsonNode id = message.path("id");
        String method = message.path("method").asText();
        if (!call.header("Mcp-Method").filter(method::equals).isPresent()) {
            throw mismatch(id, "Mcp-Method is missing, or not that of the body");
        }
        String field = NAMED.get(method);
        if (field != null) {
            String name = message.path("params").path(field).asText();
            if (!call.header("Mcp-Name")
                    .map(McpModernEra::decoded)
                    .filter(name::equals)
                    .isPresent()) {
                throw mismatch(id, "Mcp-Name is missing, or not that of the body");
            }
        }
    }

    private static String decoded(String header) {
        boolean encoded = header.startsWith("=?base64?") && header.endsWith("?=");
        if (!encoded) {
            return header;
        }
        String base64 = header.substring("=?base64?".length(), header.length() - "?=".length());
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static Map<String, Object> discovered() {
        return Map.of("supportedVersions", VERSIONS, "capabilities", Map.of("tools", Map.of()));
    }

    /** Every result of this era says that it is one, and how long it may be kept. */
    private Map<String, Object> complete(Map<String, Object> answer) {
        if (!(answer.get("result") instanceof Map<?, ?> result)) {
            return answer;
        }
        Map<Object, Object> whole = new LinkedHashMap<>(result);
        whole.put("resultType", "complete");
        whole.put("_meta", Map.of(PREFIX + "serverInfo", Map.of("name", "loopback-mcp", "version", "1")));
        if (!result.containsKey("content")) {
            whole.putAll(keepHint);
        }
        Map<String, Object> message = new LinkedHashMap<>(answer);
        message.put("result", whole);
        return message;
    }

    private static JsonNode meta(JsonNode message) {
        return message.path("params").path("_meta");
    }

    private static Refusal unsupported(JsonNode id, String version) {
        return McpReplies.refusal(
                id,
                McpReplies.UNSUPPORTED_VERSION,
                "Unsupported protocol version",
                Map.of("supported", VERSIONS, "requested", version));
    }

    private static Refusal mismatch(JsonNode id, String what) {
        return McpReplies.refusal(id, McpReplies.HEADER_MISMATCH, "Header mismatch: " + what, Map.of());
    }
}
