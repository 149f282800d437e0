// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import io.tokenfederation.DatabricksToken;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** No session at all: each request says what it needs to (versions from 2026-07-28 on). */
final class ModernSession implements Session {
    /** Newest first. */
    static final List<String> VERSIONS = List.of("2026-07-28");

    private static final String VERSION = "MCP-Protocol-Version";
    private static final String METHOD = "Mcp-Method";
    private static final String NAME = "Mcp-Name";

    private final String version;
    private final String meta;
    private final Slice usualMeta;
    private volatile Said said;

    /** What the server says of itself, and how long that holds. */
    private record Said(ServerInfo server, Freshness fresh) {}

    ModernSession(String version, Introduction introduction, ServerInfo server, Freshness fresh) {
        this.version = version;
        this.meta = "{\"io.modelcontextprotocol/protocolVersion\":\"" + version
                + "\",\"io.modelcontextprotocol/clientInfo\":" + introduction.clientInfo()
                + ",\"io.modelcontextprotocol/clientCapabilities\":" + introduction.capabilities();
        this.usualMeta = Slice.of(meta + '}');
        this.said = new Said(server, fresh);
    }

    /** The server has said something else of itself. */
    void said(ServerInfo server, Freshness fresh) {
        said = new Said(server, fresh);
    }

    boolean saysSoStill(DatabricksToken token, CallHeaders headers) {
        return said.fresh().holdsFor(token, headers);
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public @Nullable String id() {
        return null;
    }

    @Override
    public ServerInfo server() {
        return said.server();
    }

    @Override
    public Outgoing outgoing(Request<?> request, long number, Call call) {
        Slice json = JsonRpc.request(number, request.method(), request.params(), meta(number, call.options()));
        return Outgoing.post(request::what, headers(request), json).once(!Repetition.harmless(request, this, call));
    }

    private Map<String, String> headers(Request<?> request) {
        String method = request.method();
        String name = HeaderValue.of(request.name());
        if (request.headers().isEmpty() && !name.isEmpty()) {
            return Map.of(VERSION, version, METHOD, method, NAME, name);
        }
        Map<String, String> headers = new LinkedHashMap<>(request.headers());
        headers.put(VERSION, version);
        headers.put(METHOD, method);
        if (!name.isEmpty()) {
            headers.put(NAME, name);
        }
        return headers;
    }

    private Slice meta(long number, CallOptions options) {
        String more = options.meta(number);
        LogLevel level = options.logLevel().orElse(null);
        if (level != null) {
            more += ",\"io.modelcontextprotocol/logLevel\":\"" + level.word() + '"';
        }
        return more.isEmpty() ? usualMeta : Slice.of(meta + more + '}');
    }

    /** {@return the version} */
    @Override
    public String toString() {
        return "ModernSession[" + version + "]";
    }
}
