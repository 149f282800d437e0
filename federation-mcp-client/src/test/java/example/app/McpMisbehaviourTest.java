// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import example.app.ScriptedMcpServer.Call;
import example.app.ScriptedMcpServer.Script;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a server does, a call ends at once with an answer or a typed failure: the deadline here is an hour away. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class McpMisbehaviourTest {
    private static final String HTML = "<html><body>Sign in " + Failures.TOKEN + "</body></html>";

    private ScriptedMcpServer server;
    private McpClient mcp;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedMcpServer();
        mcp = McpClient.builder(server.uri())
                .tokens(new Tokens(Failures.TOKEN))
                .requestTimeout(Duration.ofHours(1))
                .maxMessageSize(10_000)
                .build();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    static Stream<Arguments> badReplies() {
        return Stream.of(
                bad("empty body", "MCP_REPLY_UNREADABLE", (call, wire) -> wire.json(200, "")),
                bad("202 to a request", "MCP_REPLY_UNREADABLE", (call, wire) -> wire.empty(202)),
                bad("204 to a request", "MCP_REPLY_UNREADABLE", (call, wire) -> wire.raw("HTTP/1.1 204 No\r\n\r\n")),
                bad("web page", "MCP_REPLY_UNREADABLE", (call, wire) -> wire.reply(200, "text/html", HTML)),
                bad("web page as JSON", "MCP_REPLY_UNREADABLE", (call, wire) -> wire.json(200, HTML)),
                bad("cut-off JSON", "MCP_REPLY_UNREADABLE", (call, wire) -> {
                    String whole = call.text(Failures.TOKEN);
                    wire.json(200, whole.substring(0, whole.length() - 4));
                }),
                bad("JSON and more", "MCP_REPLY_UNREADABLE", (call, wire) -> wire.json(200, call.text("a") + "x")),
                bad("no message", "MCP_REPLY_UNREADABLE", (call, wire) -> wire.json(200, "{\"ok\":true}")),
                bad("no object", "MCP_REPLY_UNREADABLE", (call, wire) -> wire.json(200, "null")),
                bad(
                        "wrong id",
                        "MCP_REPLY_UNREADABLE",
                        (call, wire) -> wire.json(200, "{\"jsonrpc\":\"2.0\",\"id\":4711,\"result\":{}}")),
                bad(
                        "id as text",
                        "MCP_REPLY_UNREADABLE",
                        (call, wire) -> wire.json(
                                200,
                                "{\"jsonrpc\":\"2.0\",\"id\":\""
                                        + call.message().path("id") + "\",\"result\":{}}")),
                bad(
                        "no id",
                        "MCP_REPLY_UNREADABLE",
                        (call, wire) -> wire.json(200, "{\"jsonrpc\":\"2.0\",\"result\":{}}")),
                bad("wrong id in a stream that stays open", "MCP_REPLY_UNREADABLE", (call, wire) -> {
                    wire.beginStream();
                    wire.chunk("data: {\"jsonrpc\":\"2.0\",\"id\":4711,\"result\":{}}\n\n");
                }),
                bad("batch", "MCP_REPLY_UNREADABLE", (call, wire) -> wire.json(200, "[" + call.text("a") + "]")),
                bad(
                        "result that is no object",
                        "MCP_REPLY_UNREADABLE",
                        (call, wire) -> wire.json(200, call.result("7"))),
                bad("event that is no JSON", "MCP_REPLY_UNREADABLE", (call, wire) -> wire.stream("data: oops\n\n")),
                bad("stream that ends first", "MCP_ANSWER_LOST", (call, wire) -> wire.stream(": nothing\n\n")),
                bad(
                        "stream that primes and ends",
                        "MCP_ANSWER_LOST",
                        (call, wire) -> wire.stream("id: 1\nretry: 500\ndata:\n\n")),
                bad(
                        "notification as JSON",
                        "MCP_ANSWER_LOST",
                        (call, wire) -> wire.json(200, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\"}")),
                bad(
                        "too large, announced",
                        "MCP_REPLY_TOO_LARGE",
                        (call, wire) -> wire.json(200, call.text("x".repeat(10_000)))),
                bad(
                        "too large and long, announced",
                        "MCP_REPLY_TOO_LARGE",
                        (call, wire) -> wire.json(200, call.text("x".repeat(20_000)))),
                bad("too large, in chunks", "MCP_REPLY_TOO_LARGE", (call, wire) -> {
                    wire.raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
                    wire.chunk("{\"jsonrpc\": \"" + "x".repeat(10_000));
                }),
                bad("too large event", "MCP_REPLY_TOO_LARGE", (call, wire) -> {
                    wire.beginStream();
                    wire.chunk("data: " + "x".repeat(10_000));
                }),
                bad("hang-up before the status", "MCP_ANSWER_LOST", (call, wire) -> wire.cut()),
                bad("hang-up in the headers", "MCP_ANSWER_LOST", (call, wire) -> {
                    wire.raw("HTTP/1.1 200 OK\r\nContent-Ty");
                    wire.cut();
                }),
                bad("hang-up in the body", "MCP_ANSWER_LOST", (call, wire) -> {
                    wire.raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{\"jso");
                    wire.cut();
                }),
                bad("hang-up in a long body", "MCP_ANSWER_LOST", (call, wire) -> {
                    wire.raw(
                            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 20000\r\n\r\n{\"jso");
                    wire.cut();
                }),
                bad("hang-up in the chunks", "MCP_ANSWER_LOST", (call, wire) -> {
                    wire.raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
                    wire.chunk("{\"jsonrpc\"");
                    wire.cut();
                }),
                bad("hang-up in the stream", "MCP_ANSWER_LOST", (call, wire) -> {
                    wire.beginStream();
                    wire.chunk("data: {\"jsonrpc\"");
                    wire.cut();
                }),
                bad("no HTTP", "MCP_ANSWER_LOST", (call, wire) -> {
                    wire.raw("SSH-2.0-OpenSSH_9.2\r\n\r\n");
                    wire.cut();
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badReplies")
    void callEndsAtOnceWithATypedFailure(String what, String code, Script reply) {
        server.on("tools/call", reply);

        McpException failure = Failures.ofCall(mcp);

        assertThat(failure.code()).as(what).isEqualTo(code);
        assertThat(failure).hasMessageContaining("tools/call 'query' at http://127.0.0.1:");
        assertThat(server.calls("tools/call")).hasSize(1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badReplies")
    void handshakeEndsAtOnceToo(String what, String code, Script reply) {
        server.on("initialize", reply);

        assertThat(Failures.ofCall(mcp).code()).as(what).isEqualTo(code);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badReplies")
    void nextCallIsNotDisturbed(String what, String code, Script reply) {
        server.on("tools/call", reply);
        assertThat(Failures.ofCall(mcp).code()).as(what).isEqualTo(code);
        server.on("tools/call", (call, wire) -> wire.json(200, call.text("fine")));

        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("fine");
        assertThat(server.calls("initialize")).hasSize(1);
    }

    static Stream<Arguments> goodStreams() {
        return Stream.of(
                arguments("plain", List.of("data: %s\n\n")),
                arguments("CRLF", List.of("event: message\r\nid: 1\r\ndata: %s\r\n\r\n")),
                arguments("no space", List.of("data:%s\n\n")),
                arguments("byte order mark", List.of("\uFEFFdata: %s\n\n")),
                arguments(
                        "comments, primer and retry", List.of(": hi\n\nid: 1\ndata:\n\nretry: 9\n\n", "data: %s\n\n")),
                arguments("other events", List.of("event: endpoint\ndata: /messages\n\ndata: %s\n\n")),
                arguments(
                        "notifications",
                        List.of(
                                "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{}}\n\n",
                                "data: %s\n\n")),
                arguments("missing blank line", List.of("data: %s")),
                arguments("cut anywhere", List.of("da", "ta: %s", "\n", "\n")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("goodStreams")
    void oddButProperStreamIsRead(String what, List<String> chunks) {
        server.on("tools/call", (call, wire) -> {
            wire.beginStream();
            for (String chunk : chunks) {
                wire.chunk(chunk.replace("%s", call.text("ä")));
            }
            wire.endStream();
        });

        assertThat(mcp.callTool("query", Map.of()).text()).as(what).isEqualTo("ä");
    }

    @Test
    void messageOverSeveralLinesOfDataIsRead() {
        server.on(
                "tools/call",
                (call, wire) ->
                        wire.stream("data: " + call.text("a").replace(",\"result\"", "\ndata: ,\"result\"") + "\n\n"));

        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("a");
    }

    @Test
    void streamThatNeverEndsIsClosedWhenTheAnswerHasCome() throws Exception {
        server.on("tools/call", (call, wire) -> {
            wire.beginStream();
            wire.chunk("data: " + call.text("a") + "\n\n");
        });

        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("a");
        assertThat(server.clientHungUp.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void pingInsideTheStreamIsAnsweredBeforeTheAnswerComes() throws Exception {
        CountDownLatch pong = new CountDownLatch(1);
        server.on("result", (call, wire) -> {
            wire.empty(202);
            pong.countDown();
        });
        server.on("tools/call", (call, wire) -> {
            wire.beginStream();
            wire.chunk("data: {\"jsonrpc\":\"2.0\",\"id\":\"p-1\",\"method\":\"ping\"}\n\n");
            ScriptedMcpServer.awaitQuietly(pong);
            wire.chunk("data: " + call.text("after the ping") + "\n\n");
            wire.endStream();
        });

        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("after the ping");
        Call answer = server.calls("result").get(0);
        assertThat(answer.message().toString()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"p-1\",\"result\":{}}");
        assertThat(answer.header("Mcp-Session-Id")).isEqualTo("session-1");
    }

    @Test
    void serverAskingForWhatWasNotOfferedIsToldSo() {
        server.on(
                "tools/call",
                (call, wire) -> wire.stream(
                        "data: {\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"sampling/createMessage\",\"params\":{}}\n\n"
                                + "data: " + call.text("a") + "\n\n"));

        mcp.callTool("query", Map.of());

        assertThat(server.calls("error")).singleElement().satisfies(answer -> {
            assertThat(answer.message().path("id").asInt()).isEqualTo(3);
            assertThat(answer.message().path("error").path("code").asInt()).isEqualTo(-32601);
        });
    }

    @Test
    void answerToTheServerThatIsRefusedDoesNotEndTheCall() {
        server.on("result", (call, wire) -> wire.empty(500));
        server.on(
                "tools/call",
                (call, wire) -> wire.stream("data: {\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"ping\"}\n\ndata: "
                        + call.text("a") + "\n\n"));

        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("a");
    }

    @Test
    void connectionsAreUsedAgain() {
        server.on("tools/call", (call, wire) -> wire.stream("data: " + call.text("a") + "\n\n"));

        for (int i = 0; i < 10; i++) {
            mcp.callTool("query", Map.of());
        }

        assertThat(server.connections()).isLessThanOrEqualTo(3);
    }

    private static Arguments bad(String what, String code, Script reply) {
        return arguments(what, code, reply);
    }
}
