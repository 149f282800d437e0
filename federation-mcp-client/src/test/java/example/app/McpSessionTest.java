// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import example.app.ScriptedMcpServer.Script;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class McpSessionTest {
    private static final int THREADS = 16;

    private final List<Thread> workers = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
        Thread worker = new Thread(task);
        workers.add(worker);
        return worker;
    });
    private final AtomicInteger sessions = new AtomicInteger();
    private ScriptedMcpServer server;
    private McpClient mcp;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedMcpServer();
        server.on("initialize", newSession());
        mcp = McpClient.builder(server.uri()).tokens(new Tokens("t1")).build();
    }

    @AfterEach
    void stop() throws IOException {
        threads.shutdownNow();
        server.close();
    }

    @Test
    void manyThreadsShareOneHandshake() throws Exception {
        List<String> answers =
                inManyThreads(() -> mcp.callTool("query", Map.of()).text());

        assertThat(answers).hasSize(THREADS).containsOnly("done");
        assertThat(server.calls("initialize")).hasSize(1);
    }

    @Test
    void failedHandshakeIsNotRemembered() {
        server.on("initialize", (call, wire) -> wire.empty(503));
        assertThat(Failures.ofCall(mcp).code()).isEqualTo("MCP_UNAVAILABLE");
        server.on("initialize", newSession());

        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("done");
    }

    @Test
    void threadsThatWaitFailWithTheHandshakeTheyWaitFor() throws Exception {
        server.on("initialize", (call, wire) -> {
            while (workers.stream()
                            .filter(worker -> worker.getState() == Thread.State.TIMED_WAITING
                                    || worker.getState() == Thread.State.WAITING)
                            .count()
                    < THREADS) {
                Thread.onSpinWait();
            }
            wire.empty(503);
        });

        Set<McpException> failures = Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
        List<String> codes = inManyThreads(() -> {
            McpException failure = Failures.ofCall(mcp);
            failures.add(failure);
            return failure.code();
        });

        assertThat(codes).hasSize(THREADS).containsOnly("MCP_UNAVAILABLE");
        assertThat(failures).as("each thread has an exception of its own").hasSize(THREADS);
        assertThat(server.calls("initialize")).hasSize(1);
    }

    @Test
    void threadThatGivesUpTheHandshakeTakesNobodyWithIt() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        server.on("initialize", (call, wire) -> {
            server.on("initialize", newSession());
            begun.countDown();
            server.stall();
        });
        Thread leader = new Thread(() -> Failures.ofCall(mcp));
        leader.start();
        begun.await();
        Future<String> follower =
                threads.submit(() -> mcp.callTool("query", Map.of()).text());

        leader.interrupt();

        assertThat(follower.get()).isEqualTo("done");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "404; ",
                "404; Session terminated",
                "404; {\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32001,\"message\":\"Session not found\"}}",
                "404; {\"jsonrpc\":\"2.0\",\"id\":\"server-error\",\"error\":{\"code\":-32600,\"message\":\"Session not found\"}}",
                "404; {\"jsonrpc\":\"2.0\",\"id\":2,\"error\":{\"code\":-32001,\"message\":\"Session not found\"}}",
                "400; {\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32000,\"message\":\"No valid session ID\"}}",
                "400; {\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32000,\"message\":\"Bad Request: No valid session ID provided\"}}",
                "400; {\"jsonrpc\":\"2.0\",\"id\":\"server-error\",\"error\":{\"code\":-32600,\"message\":\"Bad Request: Missing session ID\"}}",
                "400; {\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32000,\"message\":\"Bad Request: Server not initialized\"}}",
                "400; Session ID required in mcp-session-id header",
                "400; Bad Request: Mcp-Session-Id header is required",
                "400; Session not found: session-1",
                "400; Invalid or missing session ID",
                "400; Invalid session",
                "400; {\"error\":\"Invalid session\"}",
                "400; {\"detail\":\"Session not found\"}",
                "400; {\"message\":\"Session expired\"}",
                "400; {\"error\":{\"message\":\"Session not found\"}}"
            })
    void lostSessionIsBegunAnewAndTheRequestRepeatedOnce(int status, String body) {
        server.on("tools/call", (call, wire) -> {
            if (call.header("Mcp-Session-Id").equals("session-1")) {
                wire.json(status, body == null ? "" : body);
            } else {
                wire.json(200, call.text("in " + call.header("Mcp-Session-Id")));
            }
        });

        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("in session-2");
        assertThat(server.calls("initialize"))
                .hasSize(2)
                .allSatisfy(call -> assertThat(call.headers()).doesNotContainKey("mcp-session-id"));
        assertThat(server.calls("tools/call")).hasSize(2);
    }

    @Test
    void sessionLostTwiceEndsTheCall() {
        server.on("tools/call", (call, wire) -> wire.empty(404));

        McpException failure = Failures.ofCall(mcp);

        assertThat(failure.code()).isEqualTo("MCP_SESSION_LOST");
        assertThat(server.calls("tools/call")).hasSize(2);
    }

    @Test
    void manyThreadsThatLoseTheSessionBeginOneAnew() throws Exception {
        mcp.listTools();
        CountDownLatch allAsked = new CountDownLatch(THREADS);
        server.on("tools/call", (call, wire) -> {
            if (call.header("Mcp-Session-Id").equals("session-1")) {
                allAsked.countDown();
                ScriptedMcpServer.awaitQuietly(allAsked);
                wire.empty(404);
            } else {
                wire.json(200, call.text("done"));
            }
        });

        List<String> answers =
                inManyThreads(() -> mcp.callTool("query", Map.of()).text());

        assertThat(answers).hasSize(THREADS).containsOnly("done");
        assertThat(server.calls("initialize")).hasSize(2);
    }

    @Test
    void notFoundOfARequestTheServerHasReadIsNoLostSession() {
        server.on("tools/call", (call, wire) -> wire.json(404, call.error(-32601, "Method not found")));

        assertThat(Failures.ofCall(mcp).rpcCode()).hasValue(-32601);
        assertThat(server.calls("initialize")).hasSize(1);
    }

    @Test
    void notFoundOfAServerWithoutSessionsIsNoLostSession() {
        server.on(
                "initialize",
                (call, wire) -> wire.json(200, call.result(ScriptedMcpServer.initializeResult("2025-11-25"))));
        server.on("tools/call", (call, wire) -> wire.empty(404));

        assertThat(Failures.ofCall(mcp).code()).isEqualTo("MCP_NOT_FOUND");
        assertThat(server.calls("initialize")).hasSize(1);
    }

    @Test
    void failureOfOneCallLeavesItsNeighbourAlone() throws Exception {
        CountDownLatch failed = new CountDownLatch(1);
        server.on("tools/call", (call, wire) -> {
            if (call.message().path("params").path("name").asText().equals("query")) {
                wire.json(400, call.error(-32602, "bad"));
            } else {
                ScriptedMcpServer.awaitQuietly(failed);
                wire.json(200, call.text("slow"));
            }
        });
        Future<String> neighbour =
                threads.submit(() -> mcp.callTool("slow", Map.of()).text());

        assertThat(Failures.ofCall(mcp).code()).isEqualTo("MCP_PROTOCOL_ERROR");
        failed.countDown();

        assertThat(neighbour.get()).isEqualTo("slow");
        assertThat(server.calls("initialize")).hasSize(1);
    }

    @Test
    void refusedEndOfTheHandshakeIsNotRemembered() {
        server.on("notifications/initialized", (call, wire) -> wire.empty(500));
        assertThat(Failures.ofCall(mcp).code()).isEqualTo("MCP_UNAVAILABLE");
        server.on("notifications/initialized", (call, wire) -> wire.empty(202));

        mcp.callTool("query", Map.of());

        assertThat(server.calls("tools/call"))
                .singleElement()
                .satisfies(call -> assertThat(call.header("Mcp-Session-Id")).isEqualTo("session-2"));
    }

    @Test
    void manyCallsAtOnceGetTheirOwnAnswers() throws Exception {
        server.on("tools/call", (call, wire) -> {
            String sql =
                    call.message().path("params").path("arguments").path("sql").asText();
            if (sql.hashCode() % 2 == 0) {
                wire.json(200, call.text(sql));
            } else {
                wire.stream("data: " + call.text(sql) + "\n\n");
            }
        });
        AtomicInteger next = new AtomicInteger();

        List<String> mixedUp = inManyThreads(() -> {
            for (int i = 0; i < 30; i++) {
                String sql = "SELECT " + next.incrementAndGet();
                String answer = mcp.callTool("query", Map.of("sql", sql)).text();
                if (!answer.equals(sql)) {
                    return answer;
                }
            }
            return "none";
        });

        assertThat(mixedUp).containsOnly("none");
        assertThat(server.calls("initialize")).hasSize(1);
    }

    private Script newSession() {
        return (call, wire) -> wire.json(
                200,
                call.result(ScriptedMcpServer.initializeResult("2025-11-25")),
                "Mcp-Session-Id: session-" + sessions.incrementAndGet());
    }

    private List<String> inManyThreads(Callable<String> work) throws Exception {
        List<String> answers = new ArrayList<>();
        for (Future<String> answer : threads.invokeAll(Collections.nCopies(THREADS, work))) {
            answers.add(answer.get());
        }
        return answers;
    }
}
