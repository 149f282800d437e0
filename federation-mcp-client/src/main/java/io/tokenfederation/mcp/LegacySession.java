// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What an {@code initialize} has agreed on (versions up to 2025-11-25). */
final class LegacySession implements Session {
    /** Newest first. Streamable HTTP began with the last. */
    static final List<String> VERSIONS = List.of("2025-11-25", "2025-06-18", "2025-03-26");

    /** The modern era's request for notifications; in this one a GET asks for them. */
    static final String LISTEN = "subscriptions/listen";

    /** Before the handshake: no header of a session is sent. */
    static final LegacySession NONE = new LegacySession(null, null, ServerInfo.UNKNOWN);

    private final @Nullable String version;
    private final @Nullable String id;
    private final ServerInfo server;
    private final Map<String, String> headers;

    /** The least the server has been told to log; null if nothing. Never raised again: another call may want to hear it. */
    private final AtomicReference<@Nullable LogLevel> logLevel = new AtomicReference<>();

    LegacySession(@Nullable String version, @Nullable String id, ServerInfo server) {
        this.version = version;
        this.id = id;
        this.server = server;
        this.headers = headers(version, id);
    }

    @Override
    public @Nullable String version() {
        return version;
    }

    @Override
    public @Nullable String id() {
        return id;
    }

    @Override
    public ServerInfo server() {
        return server;
    }

    @Override
    public Outgoing outgoing(Request<?> request, long number, Call call) {
        if (request.method().equals(LISTEN)) {
            return Outgoing.listen(request::what, headers());
        }
        Slice params = request.params();
        String meta = call.options().meta(number);
        if (!meta.isEmpty()) {
            params = JsonRpc.with(params, "_meta", Slice.of("{" + meta.substring(1) + "}"));
        }
        return Outgoing.post(request::what, headers(), JsonRpc.request(number, request.method(), params))
                .once(!Repetition.harmless(request, this, call));
    }

    /** Whether the server has to be told, because nobody before wanted to hear as much. */
    boolean lowers(LogLevel wanted) {
        LogLevel told = logLevel.getAndAccumulate(
                wanted, (one, other) -> one != null && one.compareTo(other) < 0 ? one : other);
        return told == null || wanted.compareTo(told) < 0;
    }

    /** It was not told after all. */
    void forgetLogLevel() {
        logLevel.set(null);
    }

    /** What goes with everything that is sent in the session. */
    Map<String, String> headers() {
        return headers;
    }

    private static Map<String, String> headers(@Nullable String version, @Nullable String id) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (version != null) {
            headers.put("MCP-Protocol-Version", version);
        }
        if (id != null) {
            headers.put("Mcp-Session-Id", id);
        }
        return Collections.unmodifiableMap(headers);
    }

    /** Without the id: who knows it can act in the session. */
    @Override
    public String toString() {
        return "LegacySession[" + version + "]";
    }
}
