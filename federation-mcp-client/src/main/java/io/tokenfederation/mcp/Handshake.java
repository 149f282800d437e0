// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenfederation.internal.SafeText;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The beginning of a session in the versions up to 2025-11-25: {@code initialize}, then {@code initialized}. */
final class Handshake {
    /** Newest first. Streamable HTTP began with the last. */
    private static final List<String> VERSIONS = List.of("2025-11-25", "2025-06-18", "2025-03-26");

    private static final Pattern VISIBLE_ASCII = Pattern.compile("[\\x21-\\x7E]{1,1024}");

    private final Rpc rpc;

    Handshake(Rpc rpc) {
        this.rpc = rpc;
    }

    Session begin(Call call) {
        Rpc.Answer answer = rpc.ask(new Rpc.Request("initialize", "", params()), Session.NONE, call);
        String version = answer.result().path("protocolVersion").asText();
        if (!VERSIONS.contains(version)) {
            throw answer.asked()
                    .failed(
                            McpErrorCode.MCP_VERSION_UNSUPPORTED,
                            "the server answered with protocol version '" + SafeText.of(version) + "'");
        }
        Session session = new Session(version, sessionId(answer));
        rpc.tell("notifications/initialized", session, call);
        return session;
    }

    private static @Nullable String sessionId(Rpc.Answer answer) {
        Optional<String> id = answer.headers().firstValue("Mcp-Session-Id");
        if (id.isPresent() && !VISIBLE_ASCII.matcher(id.get()).matches()) {
            throw answer.asked()
                    .failed(
                            McpErrorCode.MCP_REPLY_UNREADABLE,
                            "the session id is not made of visible ASCII characters");
        }
        return id.orElse(null);
    }

    private static ObjectNode params() {
        ObjectNode params = JsonRpc.object().put("protocolVersion", VERSIONS.get(0));
        // Nothing is offered, so a server has nothing to ask for.
        params.putObject("capabilities");
        String version = Handshake.class.getPackage().getImplementationVersion();
        params.putObject("clientInfo")
                .put("name", "federation-mcp-client")
                .put("version", version == null ? "0" : version);
        return params;
    }
}
