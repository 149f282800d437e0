// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import example.app.ScriptedMcpServer.Script;
import io.tokenfederation.mcp.CallOptions;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpException;
import io.tokenfederation.mcp.ToolResult;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls as futures, and what the end of one means to the server and to the others. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class McpAsyncTest {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private ScriptedMcpServer server;
    private McpClient mcp;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedMcpServer();
        server.on("notifications/cancelled", (call, wire) -> {
            wire.empty(202);
            cancelled.countDown();
        });
        mcp = McpClient.builder(server.uri()).tokens(new Tokens(Failures.TOKEN)).build();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void futureBringsWhatTheCallBrings() {
        server.modern();

        assertThat(mcp.async().callTool("query", Map.of()).join().text()).isEqualTo("done");
        assertThat(mcp.async().listTools().join()).isEmpty();
    }

    @Test
    void futureFailsWithWhatTheCallThrows() {
        server.on("tools/call", (call, wire) -> wire.empty(503));
        CompletableFuture<ToolResult> future = mcp.async().callTool("query", Map.of());

        assertThatThrownBy(future::join).isInstanceOf(CompletionException.class).hasCauseInstanceOf(McpException.class);
    }

    @Test
    void cancelledCallFreesItsConnectionAndIsTheEndOfItInTheModernEra() throws Exception {
        server.modern();
        server.on("tools/call", stall());
        CompletableFuture<ToolResult> future = mcp.async().callTool("query", Map.of());
        begun.await();

        assertThat(future.cancel(true)).isTrue();

        assertThat(server.clientHungUp.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(server.calls("notifications/cancelled")).isEmpty();
    }

    @Test
    void cancelledCallIsTakenBackInTheLegacyEra() throws Exception {
        server.on("tools/call", stall());
        CompletableFuture<ToolResult> future = mcp.async().callTool("query", Map.of());
        begun.await();

        future.cancel(true);

        assertThat(cancelled.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(server.clientHungUp.await(10, TimeUnit.SECONDS)).isTrue();
        ScriptedMcpServer.Call notice = server.calls("notifications/cancelled").get(0);
        assertThat(notice.param("requestId"))
                .isEqualTo(server.calls("tools/call").get(0).message().path("id"));
        assertThat(notice.header("Mcp-Session-Id")).isEqualTo("session-1");
        assertThat(notice.message().has("id")).isFalse();
    }

    @Test
    void futureThatTimesOutEndsItsCallToo() throws Exception {
        server.on("tools/call", stall());

        CompletableFuture<ToolResult> future = mcp.async().callTool("query", Map.of());
        begun.await();
        future.orTimeout(1, TimeUnit.MILLISECONDS);

        assertThat(cancelled.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void callThatTimesOutIsTakenBack() throws Exception {
        server.on("tools/call", stall());

        McpClient hasty = mcp.with(CallOptions.defaults().timeout(Duration.ofMillis(300)));
        McpException failure = Failures.ofCall(hasty);

        assertThat(failure.code()).isEqualTo("MCP_TIMED_OUT");
        assertThat(cancelled.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void handshakeIsNeverTakenBack() {
        server.on("initialize", (call, wire) -> server.stall());

        McpClient hasty = mcp.with(CallOptions.defaults().timeout(Duration.ofMillis(300)));

        assertThat(Failures.ofCall(hasty).code()).isEqualTo("MCP_TIMED_OUT");
        assertThat(server.calls("notifications/cancelled")).isEmpty();
    }

    @Test
    void cancelledCallDisturbsNoOther() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        server.on("tools/call", (call, wire) -> {
            both.countDown();
            if (call.param("name").asText().equals("slow")) {
                ScriptedMcpServer.awaitQuietly(cancelled);
                wire.json(200, call.text("slow but sure"));
            } else {
                server.stall();
            }
        });
        CompletableFuture<ToolResult> other = mcp.async().callTool("slow", Map.of());
        CompletableFuture<ToolResult> future = mcp.async().callTool("query", Map.of());
        both.await();

        future.cancel(true);

        assertThat(other.join().text()).isEqualTo("slow but sure");
        assertThat(server.calls("initialize")).hasSize(1);
    }

    @Test
    void listenerThatThrowsEndsTheCallAndTakesItBack() throws Exception {
        server.on("tools/call", (call, wire) -> {
            wire.beginStream();
            wire.chunk("data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":"
                    + call.param("_meta", "progressToken").asInt() + ",\"progress\":1}}\n\n");
        });
        IllegalStateException thrown = new IllegalStateException("enough");
        McpClient listening = mcp.with(CallOptions.defaults().onProgress(progress -> {
            throw thrown;
        }));

        assertThatThrownBy(() -> listening.callTool("query", Map.of())).isSameAs(thrown);
        assertThat(cancelled.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void executorThatIsFullFailsTheFuture() {
        RejectedExecutionException full = new RejectedExecutionException("full");
        McpClient busy = McpClient.builder(server.uri())
                .tokens(new Tokens(Failures.TOKEN))
                .executor(task -> {
                    throw full;
                })
                .build();

        assertThat(busy.async().callTool("query", Map.of())).isCompletedExceptionally();
        assertThatThrownBy(busy.async().listTools()::join).hasCause(full);
        assertThatThrownBy(busy.async().listen(Set.of(), change -> {})::join).hasCause(full);
    }

    @Test
    void traceThatCannotBeToldFailsTheFuture() {
        IllegalStateException none = new IllegalStateException("no trace");
        McpClient traced = McpClient.builder(server.uri())
                .tokens(new Tokens(Failures.TOKEN))
                .traceContext(() -> {
                    throw none;
                })
                .build();

        assertThatThrownBy(traced.async().callTool("query", Map.of())::join).hasCause(none);
    }

    private Script stall() {
        return (call, wire) -> {
            wire.beginStream();
            wire.chunk(": working\n\n");
            begun.countDown();
        };
    }
}
