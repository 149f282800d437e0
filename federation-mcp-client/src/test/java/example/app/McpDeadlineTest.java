// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import example.app.ScriptedMcpServer.Script;
import io.tokenfederation.DatabricksToken;
import io.tokenfederation.DatabricksTokenSource;
import io.tokenfederation.mcp.CallOptions;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class McpDeadlineTest {
    private ScriptedMcpServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedMcpServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    static Stream<Arguments> stalls() {
        return Stream.of(
                stall("before the status", (call, wire) -> {}),
                stall("in the headers", (call, wire) -> wire.raw("HTTP/1.1 200 OK\r\n")),
                stall(
                        "before the body",
                        (call, wire) -> wire.raw(
                                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n")),
                stall(
                        "in the body",
                        (call, wire) -> wire.raw(
                                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{\"")),
                stall(
                        "in a long body",
                        (call, wire) -> wire.raw(
                                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 20000\r\n\r\n{\"")),
                stall("in the stream", (call, wire) -> {
                    wire.beginStream();
                    wire.chunk("data: {\"jsonrpc\"");
                }),
                stall("between events", (call, wire) -> {
                    wire.beginStream();
                    wire.chunk(": ping\n\n");
                }));
    }

    /**
     * A call ends in another way where a connection may take longer than it, than where not, as by default. The stalls come
     * all at once, so that each call can have time enough to reach its server.
     */
    @ParameterizedTest(name = "{0} to connect, {1} for the call")
    @CsvSource({"PT1.5S, PT2S", "PT10S, PT1S"})
    void stalledReplyEndsAtTheDeadlineAndClosesTheConnection(Duration connectTimeout, Duration time) throws Exception {
        List<Callable<Void>> calls = stalls().<Callable<Void>>map(stall -> () -> {
                    assertEndsAtTheDeadline(stall.get(), connectTimeout, time);
                    return null;
                })
                .toList();
        ExecutorService threads = Executors.newCachedThreadPool();

        List<Future<Void>> ended = threads.invokeAll(calls);
        threads.shutdown();

        for (Future<Void> one : ended) {
            one.get();
        }
    }

    private static void assertEndsAtTheDeadline(Object[] stall, Duration connectTimeout, Duration time)
            throws Exception {
        String where = "stalled " + stall[0];
        try (ScriptedMcpServer own = new ScriptedMcpServer().on("tools/call", (Script) stall[1]);
                McpClient mcp = McpClient.builder(own.uri())
                        .tokens(new Tokens(Failures.TOKEN))
                        .connectTimeout(connectTimeout)
                        .build()) {
            mcp.server();

            McpException failure =
                    Failures.ofCall(mcp.with(CallOptions.defaults().timeout(time)));

            assertThat(failure.code()).as(where).isEqualTo("MCP_TIMED_OUT");
            assertThat(failure.retryable()).isTrue();
            assertThat(own.calls("tools/call")).as(where).hasSize(1);
            assertThat(own.clientHungUp.await(10, TimeUnit.SECONDS)).as(where).isTrue();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stalls")
    void interruptEndsTheCallAndIsKept(String where, Script reply) throws Exception {
        CountDownLatch stalled = new CountDownLatch(1);
        server.on("tools/call", (call, wire) -> {
            reply.answer(call, wire);
            stalled.countDown();
        });
        McpClient mcp = client(Duration.ofHours(1));
        CompletableFuture<String> outcome = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            McpException failure = Failures.ofCall(mcp);
            outcome.complete(failure.code() + " " + (failure.getCause() instanceof InterruptedException) + " "
                    + Thread.currentThread().isInterrupted());
        });
        caller.start();
        stalled.await();

        caller.interrupt();

        assertThat(outcome.get(10, TimeUnit.SECONDS)).as(where).isEqualTo("MCP_INTERRUPTED true true");
        assertThat(server.clientHungUp.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void refusalWhoseWordsStallIsReportedByItsStatus() {
        server.on(
                "tools/call",
                (call, wire) ->
                        wire.raw("HTTP/1.1 503 Down\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{"));

        assertThat(Failures.ofCall(client(Duration.ofHours(1))).code()).isEqualTo("MCP_UNAVAILABLE");
    }

    @Test
    void handshakeCountsIntoTheDeadlineOfTheCall() {
        server.on("notifications/initialized", (call, wire) -> server.stall());

        assertThat(Failures.ofCall(client(Duration.ofMillis(400))).code()).isEqualTo("MCP_TIMED_OUT");
        assertThat(server.calls("tools/call")).isEmpty();
    }

    @Test
    void timeOfTheTokenSourceDoesNotCount() {
        Duration requestTimeout = Duration.ofMillis(400);
        McpClient mcp = client(slowTokens(requestTimeout.multipliedBy(2)), requestTimeout);

        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("done");
    }

    @Test
    void timeOfTheSecondTokenDoesNotCountEither() {
        AtomicInteger asked = new AtomicInteger();
        Duration requestTimeout = Duration.ofMillis(400);
        server.on("tools/call", (call, wire) -> {
            if (call.header("Authorization").equals("Bearer t5")) {
                wire.json(200, call.text("done"));
            } else {
                wire.empty(401);
            }
        });
        McpClient mcp = client(
                () -> {
                    int number = asked.incrementAndGet();
                    pause(number == 5 ? requestTimeout.multipliedBy(2) : Duration.ZERO);
                    return DatabricksToken.of("t" + number, Instant.parse("2099-01-01T00:00:00Z"));
                },
                requestTimeout);

        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("done");
    }

    @Test
    void timeOfTheTokenSourceDoesNotCountForThoseWhoWaitForTheHandshake() {
        Duration requestTimeout = Duration.ofMillis(400);
        McpClient mcp = client(slowTokens(requestTimeout.multipliedBy(2)), requestTimeout);

        CompletableFuture<String> other = CompletableFuture.supplyAsync(
                () -> mcp.callTool("query", Map.of()).text());

        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("done");
        assertThat(other.join()).isEqualTo("done");
        assertThat(server.calls("initialize")).hasSize(1);
    }

    @Test
    void closeDoesNotWaitForAServerThatStalls() {
        server.on("DELETE", (call, wire) -> server.stall());
        McpClient mcp = client(Duration.ofHours(1));
        mcp.listTools();

        mcp.close();

        assertThat(server.calls("DELETE")).hasSize(1);
    }

    private McpClient client(Duration requestTimeout) {
        return client(new Tokens(Failures.TOKEN), requestTimeout);
    }

    private McpClient client(DatabricksTokenSource tokens, Duration requestTimeout) {
        return McpClient.builder(server.uri())
                .tokens(tokens)
                .requestTimeout(requestTimeout)
                .build();
    }

    /** Like an exchange that all wait for: whoever asks before it is done waits until it is. */
    private static DatabricksTokenSource slowTokens(Duration time) {
        long ready = System.nanoTime() + time.toNanos();
        return () -> {
            pause(Duration.ofNanos(ready - System.nanoTime()));
            return DatabricksToken.of(Failures.TOKEN, Instant.parse("2099-01-01T00:00:00Z"));
        };
    }

    private static void pause(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() - end < 0) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    private static Arguments stall(String where, Script reply) {
        return Arguments.arguments(where, reply);
    }
}
