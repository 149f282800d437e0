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
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
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

/** Over HTTP/2, which Databricks speaks, all calls share a connection, and one that ends early must leave it to the others. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class McpOverHttp2Test {
    private static final int LIMIT = 10_000;
    private static final String EVENTS = "text/event-stream";
    private static final Duration CONNECT = Duration.ofMillis(500);

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

    /** A call ends in another way where a connection may take longer than it, than where not. */
    static Stream<Arguments> stallsAndTimes() {
        return stalls().flatMap(stall -> Stream.of(CONNECT.plusMillis(100), CONNECT.dividedBy(2))
                .map(time -> arguments(stall.get()[0], stall.get()[1], time)));
    }

    @ParameterizedTest(name = "{0}, {2}")
    @MethodSource("stallsAndTimes")
    void stalledReplyEndsAtTheDeadlineAndLeavesTheConnection(String where, Script reply, Duration time)
            throws Exception {
        server.onToolCall(reply);

        McpException failure = Failures.ofCall(mcp.with(CallOptions.defaults().timeout(time)));

        assertThat(failure.code()).as(where).isEqualTo("MCP_TIMED_OUT");
        server.resets.acquire();
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
