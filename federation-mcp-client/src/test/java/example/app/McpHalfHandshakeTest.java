// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import example.app.ScriptedMcpServer.Call;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.ToolResult;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A handshake that fails when the server has begun its session leaves no session behind. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class McpHalfHandshakeTest {
    private final BlockingQueue<Call> deleted = new LinkedBlockingQueue<>();
    private ScriptedMcpServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedMcpServer();
        server.on("DELETE", (call, wire) -> {
            wire.empty(200);
            deleted.add(call);
        });
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void sessionIsEndedWhoseBeginningTheServerRefuses() throws Exception {
        server.on("notifications/initialized", (call, wire) -> wire.empty(403));

        assertThat(Failures.ofCall(client(Duration.ofMinutes(1))).code()).isEqualTo("PERMISSION_DENIED");

        Call goodbye = deleted.take();
        assertThat(goodbye.header("Mcp-Session-Id")).isEqualTo("session-1");
        assertThat(goodbye.header("MCP-Protocol-Version")).isEqualTo("2025-11-25");
        assertThat(goodbye.header("Authorization")).isEqualTo("Bearer " + Failures.TOKEN);
    }

    @Test
    void sessionOfAVersionNobodySpeaksIsEndedWithoutNamingTheVersion() throws Exception {
        server.on(
                "initialize",
                (call, wire) -> wire.json(
                        200,
                        call.result(ScriptedMcpServer.initializeResult("1999-01-01")),
                        "Mcp-Session-Id: session-1"));

        assertThat(Failures.ofCall(client(Duration.ofMinutes(1))).code()).isEqualTo("MCP_VERSION_UNSUPPORTED");

        Call goodbye = deleted.take();
        assertThat(goodbye.header("Mcp-Session-Id")).isEqualTo("session-1");
        assertThat(goodbye.header("MCP-Protocol-Version")).isEmpty();
    }

    @Test
    void sessionIsEndedWhenThereIsNoTimeToBeginIt() throws Exception {
        server.on("notifications/initialized", (call, wire) -> server.stall());

        assertThat(Failures.ofCall(client(Duration.ofSeconds(2))).code()).isEqualTo("MCP_TIMED_OUT");

        assertThat(deleted.take().header("Mcp-Session-Id")).isEqualTo("session-1");
    }

    @Test
    void sessionIsEndedWhoseCallIsCancelled() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        server.on("notifications/initialized", (call, wire) -> {
            begun.countDown();
            server.stall();
        });
        CompletableFuture<ToolResult> answer =
                client(Duration.ofMinutes(1)).async().callTool("query", Map.of());
        begun.await();

        answer.cancel(true);

        assertThat(deleted.take().header("Mcp-Session-Id")).isEqualTo("session-1");
    }

    @Test
    void serverThatKeepsNoSessionIsToldNothing() throws Exception {
        server.on(
                "initialize",
                (call, wire) -> wire.json(200, call.result(ScriptedMcpServer.initializeResult("2025-11-25"))));
        server.on("notifications/initialized", (call, wire) -> wire.empty(403));
        Failures.ofCall(client(Duration.ofMinutes(1)));
        server.on(
                "initialize",
                (call, wire) -> wire.json(
                        200,
                        call.result(ScriptedMcpServer.initializeResult("2025-11-25")),
                        "Mcp-Session-Id: session-2"));

        Failures.ofCall(client(Duration.ofMinutes(1)));

        assertThat(deleted.take().header("Mcp-Session-Id")).isEqualTo("session-2");
        assertThat(server.calls("DELETE")).hasSize(1);
    }

    private McpClient client(Duration timeout) {
        return McpClient.builder(server.uri())
                .tokens(new Tokens(Failures.TOKEN))
                .requestTimeout(timeout)
                .build();
    }
}
