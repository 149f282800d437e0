// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import example.app.Http2McpServer.Script;
import io.tokenfederation.mcp.CallOptions;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpException;
import io.tokenfederation.mcp.ToolResult;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Over HTTP/2, which Databricks speaks, all calls share a connection, and one that ends early must leave it to the others. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class McpOverHttp2Test {
    private static final int LIMIT = 10_000;
    private static final String EVENTS = "text/event-stream";
    private static final Duration CONNECT = Duration.ofSeconds(2);

    @TempDir
    private static Path files;

    private static SSLContext context;

    private Http2McpServer server;
    private McpClient mcp;

    @BeforeAll
    static void makeCertificate() throws Exception {
        context = SelfSigned.context(files);
        // The first connection of a JVM takes longer than the tests' clients wait for one.
        try (Http2McpServer first = new Http2McpServer(context)) {
            client(first, Duration.ofSeconds(20)).server();
        }
    }

    @BeforeEach
    void connect() throws IOException {
        server = new Http2McpServer(context);
        mcp = client(server, CONNECT);
        mcp.server();
    }

    @AfterEach
    void oneConnectionWasEnough() throws IOException {
        assertThat(server.connections).hasSize(1);
        server.close();
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                answer("JSON", (call, wire) -> wire.json(call.text("ä"))),
                answer("JSON of no known length", (call, wire) -> {
                    wire.begin("application/json");
                    wire.end(call.text("ä"));
                }),
                answer("JSON in two pieces", (call, wire) -> {
                    String answer = call.text("ä");
                    wire.begin("application/json");
                    wire.data(answer.substring(0, 9));
                    wire.end(answer.substring(9));
                }),
                answer("event", (call, wire) -> {
                    wire.begin(EVENTS);
                    wire.end("data: " + call.text("ä") + "\n\n");
                }),
                answer("event in two pieces", (call, wire) -> {
                    wire.begin(EVENTS);
                    wire.data(": hi\n\ndata: ");
                    wire.data(call.text("ä") + "\n\n");
                    wire.end("");
                }),
                answer("stream that stays open", (call, wire) -> {
                    wire.begin(EVENTS);
                    wire.data("data: " + call.text("ä") + "\n\n");
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void answerIsRead(String what, Script answer) {
        server.onToolCall(answer);

        assertThat(mcp.callTool("query", Map.of()).text()).as(what).isEqualTo("ä");
        assertThat(mcp.callTool("query", Map.of()).text()).as(what).isEqualTo("ä");
    }

    static Stream<Arguments> stalls() {
        return Stream.of(
                answer("before the headers", (call, wire) -> {}),
                answer("before the body", (call, wire) -> wire.beginJson(99)),
                answer("in the body", (call, wire) -> {
                    wire.beginJson(99);
                    wire.data("{\"");
                }),
                answer("in the stream", (call, wire) -> {
                    wire.begin(EVENTS);
                    wire.data("data: {\"");
                }));
    }

    /**
     * A call ends in another way where a connection may take longer than it, than where not. The stalls come all at once, so
     * that each call can have time enough to reach the server.
     */
    @ParameterizedTest
    @ValueSource(strings = {"PT2.5S", "PT1S"})
    void stalledReplyEndsAtTheDeadlineAndLeavesTheConnection(Duration time) throws Exception {
        Queue<Script> replies = new ConcurrentLinkedQueue<>(
                stalls().map(stall -> (Script) stall.get()[1]).toList());
        int all = replies.size();
        server.onToolCall((call, wire) -> replies.remove().answer(call, wire));
        McpClient hasty = mcp.with(CallOptions.defaults().timeout(time));
        Callable<McpException> call = () -> Failures.ofCall(hasty);
        ExecutorService threads = Executors.newFixedThreadPool(all);

        List<Future<McpException>> failures = threads.invokeAll(Collections.nCopies(all, call));
        threads.shutdown();

        for (Future<McpException> failure : failures) {
            assertThat(failure.get().code()).isEqualTo("MCP_TIMED_OUT");
        }
        server.resets.acquire(all);
        assertNextCallIsAnswered();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stalls")
    void cancelledCallEndsAndDisturbsNoOther(String where, Script reply) throws Exception {
        CountDownLatch begun = new CountDownLatch(2);
        CountDownLatch ended = new CountDownLatch(1);
        server.onToolCall((call, wire) -> {
            begun.countDown();
            if (call.param("name").asText().equals("slow")) {
                ScriptedMcpServer.awaitQuietly(ended);
                wire.json(call.text("slow but sure"));
            } else {
                reply.answer(call, wire);
            }
        });
        CompletableFuture<ToolResult> other = mcp.async().callTool("slow", Map.of());
        CompletableFuture<ToolResult> future = mcp.async().callTool("query", Map.of());
        begun.await();

        assertThat(future.cancel(true)).as(where).isTrue();
        server.resets.acquire();
        ended.countDown();

        assertThat(other.join().text()).isEqualTo("slow but sure");
        assertNextCallIsAnswered();
    }

    static Stream<Arguments> tooLarge() {
        return Stream.of(
                answer("announced", (call, wire) -> wire.json(call.text("x".repeat(LIMIT)))),
                answer("not announced", (call, wire) -> {
                    wire.begin("application/json");
                    wire.data("{\"jsonrpc\":\"" + "x".repeat(LIMIT));
                }),
                answer("event", (call, wire) -> {
                    wire.begin(EVENTS);
                    wire.data("data: " + "x".repeat(LIMIT));
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tooLarge")
    void replyAboveTheLimitIsRefused(String what, Script reply) {
        server.onToolCall(reply);

        assertThat(Failures.ofCall(mcp).code()).as(what).isEqualTo("MCP_REPLY_TOO_LARGE");
        assertNextCallIsAnswered();
    }

    private void assertNextCallIsAnswered() {
        server.onToolCall((call, wire) -> wire.json(call.text("fine")));
        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("fine");
    }

    private static McpClient client(Http2McpServer server, Duration connectTimeout) {
        HttpClient http = HttpClient.newBuilder()
                .sslContext(context)
                .connectTimeout(connectTimeout)
                .build();
        return McpClient.builder(server.uri())
                .tokens(new Tokens(Failures.TOKEN))
                .httpClient(http)
                .requestTimeout(Duration.ofHours(1))
                .maxMessageSize(LIMIT)
                .build();
    }

    private static Arguments answer(String what, Script script) {
        return arguments(what, script);
    }
}
