// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * An MCP server on this machine that behaves as one on Databricks Apps: a proxy that checks the token, and code behind it
 * that calls the workspace with the token the client forwards.
 *
 * <pre>{@code
 * try (LoopbackMcpServer server = LoopbackMcpServer.start(databricks)) {
 *     McpClient mcp = McpClient.builder(server.uri()).tokens(tokens).forwardToken(true).build();
 *     mcp.callTool("query", Map.of("sql", "SELECT 1"));
 * }
 * }</pre>
 *
 * <p>Speaks Streamable HTTP in both eras, 2026-07-28 without sessions and up to 2025-11-25 with them, or in the one it is
 * {@linkplain #speak told} to, and forgives nothing. Tools: {@code query} (argument
 * {@code sql}; answers {@code columns}, {@code rows} and {@code current_user}) and {@code whoami}. Both need
 * {@code X-Databricks-Token} and answer with an error of their own without it. The proxy asks the workspace's SCIM
 * {@code Me} about each token, so its requests are counted there and meet the faults of that REST API. A token that is
 * missing or refused is answered as Databricks Apps does, by a redirect to a login page.
 *
 * <p>A server {@linkplain #start(LoopbackMcpAuthorization) with an authorization server of its own} takes that one's tokens
 * instead, as {@link McpResourceRules} says, and has one tool, {@code whoami}, which answers {@code subject},
 * {@code client_id} and {@code scopes}.
 *
 * <p>Listens on 127.0.0.1 only. Thread-safe. For tests and samples only.
 */
public final class LoopbackMcpServer implements AutoCloseable {
    private static final String PATH = "/mcp";

    private final LoopbackHttp http = LoopbackHttp.start("loopback-mcp");
    private final Faults faults = new Faults(McpReplies::rateLimited);
    private final McpSessions sessions = new McpSessions();
    private final McpGate gate;
    private final McpTools tools;
    private final McpProtocol protocol;
    private final LongAdder posts;
    private final LongAdder deletes;
    private volatile @Nullable String callerRole;
    private volatile @Nullable String callerEmail;

    private LoopbackMcpServer(WorkspaceCalls workspace) {
        gate = new McpAppsProxy(workspace);
        tools = new McpTools(new McpWorkspaceTools(workspace).tools());
        protocol = new McpProtocol(sessions, tools);
        posts = http.on("POST", PATH, faults, this::post);
        deletes = http.on("DELETE", PATH, faults, this::delete);
    }

    private LoopbackMcpServer(LoopbackMcpAuthorization authorization) {
        McpProtectedResource resource = new McpProtectedResource(authorization, http, uri());
        gate = resource;
        tools = new McpTools(new McpAuthorizedTools(resource).tools());
        protocol = new McpProtocol(sessions, tools);
        posts = http.on("POST", PATH, faults, this::post);
        deletes = http.on("DELETE", PATH, faults, this::delete);
    }

    /**
     * Starts a server with an authorization server of its own, whose tokens it takes and no others.
     *
     * @param authorization the authorization server, which must stay open as long as this server
     * @return the server, to be closed
     */
    public static LoopbackMcpServer start(LoopbackMcpAuthorization authorization) {
        return new LoopbackMcpServer(requireNonNull(authorization, "authorization"));
    }

    /**
     * Starts a server in front of a stand-in workspace.
     *
     * @param databricks the workspace, which must stay open as long as this server
     * @return the server, to be closed
     */
    public static LoopbackMcpServer start(LoopbackDatabricks databricks) {
        return start(databricks.workspaceUrl(), "loopback-warehouse");
    }

    /**
     * Starts a server in front of a workspace.
     *
     * @param workspace the workspace's URL
     * @param warehouseId the SQL warehouse its queries run on
     * @return the server, to be closed
     */
    public static LoopbackMcpServer start(URI workspace, String warehouseId) {
        return new LoopbackMcpServer(
                new WorkspaceCalls(requireNonNull(workspace, "workspace"), requireNonNull(warehouseId, "warehouseId")));
    }

    /** {@return where it is called} */
    public URI uri() {
        return http.base().resolve(PATH);
    }

    /**
     * Frames answers as event streams; otherwise as JSON, which is the default.
     *
     * @param events whether to
     * @return this
     */
    public LoopbackMcpServer answerWithEvents(boolean events) {
        protocol.answerWithEvents(events);
        return this;
    }

    /**
     * Speaks in these eras of the protocol; both are the default. Clients remember for ten minutes, in the whole process,
     * that an address is that of a server of {@link McpEra#LEGACY}: a test that needs both eras starts another server.
     *
     * @param era one of them
     * @param others more of them
     * @return this
     */
    public LoopbackMcpServer speak(McpEra era, McpEra... others) {
        protocol.speak(EnumSet.of(era, others));
        return this;
    }

    /**
     * Refuses tokens as Databricks Apps does, with a redirect to a login page, which is the default; otherwise with status
     * 401, as managed servers and proxies of other makes do.
     *
     * @param redirect whether to
     * @return this
     * @throws IllegalStateException if the server has an authorization server of its own
     */
    public LoopbackMcpServer redirectToLogin(boolean redirect) {
        if (!(gate instanceof McpAppsProxy proxy)) {
            throw new IllegalStateException("a server with an authorization server of its own says 401, always");
        }
        proxy.redirectToLogin(redirect);
        return this;
    }

    /**
     * Lets clients keep lists and what the server says of itself, as {@code ttlMs} and {@code cacheScope} tell them from
     * 2026-07-28 on. Default: not at all.
     *
     * @param time how long, in whole milliseconds
     * @param forEverybody whether what one token got may serve another
     * @return this
     */
    public LoopbackMcpServer listsMayBeKept(Duration time, boolean forEverybody) {
        protocol.keep(time, forEverybody);
        return this;
    }

    /**
     * Has a tool run as a task alone ({@code execution.taskSupport} is {@code required}); a call without is refused. Tasks of
     * this kind are those of 2025-11-25, so the server must {@link #speak} {@link McpEra#LEGACY} alone. It runs none: this is
     * for clients that must notice. Default: no tool is so.
     *
     * @param tool the name of one of its tools
     * @return this
     * @throws IllegalArgumentException if there is no such tool
     */
    public LoopbackMcpServer runsAsTaskOnly(String tool) {
        tools.taskOnly(tool);
        return this;
    }

    /** Forgets all sessions, as a restart does. */
    public void dropSessions() {
        sessions.dropAll();
    }

    /**
     * Lets the next requests fail.
     *
     * @param times how many
     * @param fault what to do instead of answering
     */
    public void failNext(int times, Fault fault) {
        faults.failNext(times, fault);
    }

    /**
     * Lets all requests fail.
     *
     * @param fault what to do instead of answering
     */
    public void failAlways(Fault fault) {
        faults.failAlways(fault);
    }

    /** Forgets all faults. */
    public void recover() {
        faults.recover();
    }

    /** {@return how many requests came in, failed ones included} */
    public long requests() {
        return posts.sum() + deletes.sum();
    }

    /** {@return how many sessions were begun; in the modern era there are none} */
    public long initializations() {
        return protocol.initializations();
    }

    /** {@return the {@code MCP-Protocol-Version} of the last request that passed the proxy} */
    public Optional<String> lastProtocolVersion() {
        return protocol.lastVersion();
    }

    /** {@return how often a tool ran, its own failures included} */
    public long toolCalls() {
        return tools.calls();
    }

    /** {@return how many sessions are open} */
    public int openSessions() {
        return sessions.open();
    }

    /** {@return the {@code X-Caller-Role} of the last request that passed the proxy} */
    public Optional<String> lastCallerRole() {
        return Optional.ofNullable(callerRole);
    }

    /** {@return the {@code X-Caller-Email} of the last request that passed the proxy} */
    public Optional<String> lastCallerEmail() {
        return Optional.ofNullable(callerEmail);
    }

    /** Stops listening, at once. */
    @Override
    public void close() {
        http.close();
    }

    /** {@return where it is called} */
    @Override
    public String toString() {
        return "LoopbackMcpServer[" + uri() + "]";
    }

    private Reply post(HttpCall call) {
        passProxy(call);
        return protocol.post(call);
    }

    private Reply delete(HttpCall call) {
        passProxy(call);
        return protocol.delete(call);
    }

    private void passProxy(HttpCall call) {
        gate.pass(call);
        callerRole = call.header("X-Caller-Role").orElse(null);
        callerEmail = call.header("X-Caller-Email").orElse(null);
    }

    McpProtectedResource protectedResource() {
        if (gate instanceof McpProtectedResource resource) {
            return resource;
        }
        throw new IllegalArgumentException(
                "this server takes Databricks tokens; start it with a LoopbackMcpAuthorization");
    }
}
