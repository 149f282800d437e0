// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenfederation.mcp.McpClient;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class McpCloseTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private ScriptedMcpServer server;
    private McpClient mcp;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedMcpServer();
        mcp = McpClient.builder(server.uri()).tokens(new Tokens("t1")).build();
    }

    @AfterEach
    void stop() throws IOException {
        threads.shutdownNow();
        server.close();
    }

    @Test
    void closeLetsACallThatIsUnderWayEnd() throws Exception {
        server.on("tools/call", (call, wire) -> {
            begun.countDown();
            ScriptedMcpServer.awaitQuietly(closed);
            wire.json(200, call.text("in time"));
        });
        Future<String> underWay = call();
        begun.await();

        mcp.close();
        closed.countDown();

        assertThat(underWay.get()).isEqualTo("in time");
    }

    @Test
    void handshakeThatOutlivesTheClientEndsItsSession() throws Exception {
        server.on("initialize", (call, wire) -> {
            begun.countDown();
            ScriptedMcpServer.awaitQuietly(closed);
            wire.json(
                    200, call.result(ScriptedMcpServer.initializeResult("2025-11-25")), "Mcp-Session-Id: session-late");
        });
        Future<String> underWay = call();
        begun.await();

        mcp.close();
        closed.countDown();

        assertClosed(underWay);
        assertThat(server.calls("DELETE"))
                .singleElement()
                .satisfies(call -> assertThat(call.header("Mcp-Session-Id")).isEqualTo("session-late"));
        assertThat(server.calls("tools/call")).isEmpty();
    }

    @Test
    void callThatWaitsForAHandshakeEndsWithTheClient() throws Exception {
        server.on("initialize", (call, wire) -> {
            begun.countDown();
            server.stall();
        });
        Future<String> first = call();
        begun.await();
        CountDownLatch asked = new CountDownLatch(1);
        Future<String> waiting = threads.submit(() -> {
            asked.countDown();
            return mcp.callTool("query", Map.of()).text();
        });
        asked.await();

        mcp.close();

        assertClosed(waiting);
        assertThat(first).isNotDone();
        assertThat(server.calls("initialize")).hasSize(1);
    }

    @Test
    void sessionThatIsLostToTheCloseIsNotBegunAnew() throws Exception {
        server.on("tools/call", (call, wire) -> {
            begun.countDown();
            ScriptedMcpServer.awaitQuietly(closed);
            wire.empty(404);
        });
        Future<String> underWay = call();
        begun.await();

        mcp.close();
        closed.countDown();

        assertClosed(underWay);
        assertThat(server.calls("initialize")).hasSize(1);
    }

    private Future<String> call() {
        return threads.submit(() -> mcp.callTool("query", Map.of()).text());
    }

    private static void assertClosed(Future<String> call) {
        assertThatThrownBy(call::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }
}
