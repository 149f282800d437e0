// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.mcp.ElicitationAnswer;
import io.tokenfederation.mcp.McpClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The stream of a GET on which a server asks, and those who listen to the same server. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class McpServerStreamListenTest {
    private AskingMcpServer asking;
    private ScriptedMcpServer server;

    @BeforeEach
    void start() throws IOException {
        asking = new AskingMcpServer();
        server = asking.scripted;
    }

    @AfterEach
    void stop() throws IOException {
        asking.close();
    }

    @Test
    void listeningOfALostSessionLeavesTheStreamOfTheNextOneAlone() throws Exception {
        AtomicInteger sessions = new AtomicInteger();
        server.on(
                "initialize",
                (call, wire) -> wire.json(
                        200,
                        call.result(ScriptedMcpServer.initializeResult("2025-11-25")),
                        "Mcp-Session-Id: session-" + sessions.incrementAndGet()));
        server.on("tools/list", (call, wire) -> {
            if (call.header("Mcp-Session-Id").equals("session-1")) {
                wire.json(404, call.error(-32001, "Session not found"));
            } else {
                wire.json(200, call.result("{\"tools\":[]}"));
            }
        });
        CountDownLatch heard = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        AtomicInteger opened = new AtomicInteger();
        server.on("GET", (call, wire) -> {
            wire.beginStream();
            if (opened.incrementAndGet() != 2) {
                asking.streams.add(wire);
                return;
            }
            heard.countDown();
            try {
                while (true) {
                    wire.chunk(": beat\n\n");
                    server.waitFor(Duration.ofMillis(20));
                }
            } finally {
                ended.countDown();
            }
        });
        McpClient mcp = asking.client(question -> ElicitationAnswer.decline());
        mcp.server();
        AskingMcpServer.take(asking.streams);
        CompletableFuture<Void> listening = mcp.async().listen(Set.of(), change -> {});
        heard.await();
        mcp.listTools();

        listening.cancel(true);
        ended.await();

        assertThat(AskingMcpServer.answerTo(mcp)).contains("decline");
        assertThat(server.calls("GET"))
                .extracting(get -> get.header("Mcp-Session-Id"))
                .containsExactly("session-1", "session-1", "session-2");
    }

    @Test
    void listenerTakesTheStreamOverFromAServerThatAllowsOne() throws Exception {
        CountDownLatch refused = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        server.on("GET", (call, wire) -> {
            if (asked.incrementAndGet() == 2) {
                wire.json(409, call.error(-32000, "Conflict: Only one SSE stream is allowed per session"));
                refused.countDown();
            } else {
                wire.beginStream();
                asking.streams.add(wire);
            }
        });
        McpClient mcp = asking.client(question -> ElicitationAnswer.decline());
        mcp.server();
        AskingMcpServer.take(asking.streams);

        CompletableFuture<Void> listening = mcp.async().listen(Set.of(), change -> {});
        refused.await();

        assertThat(AskingMcpServer.answerTo(mcp)).contains("decline");
        assertThat(listening).isNotDone();
        listening.cancel(true);
    }
}
