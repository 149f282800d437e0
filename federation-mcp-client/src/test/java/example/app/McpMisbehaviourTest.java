// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import example.app.ScriptedMcpServer.Call;
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
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a server does, a call ends at once with an answer or a typed failure: the deadline here is an hour away. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class McpMisbehaviourTest {
    private ScriptedMcpServer server;
    private McpClient mcp;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedMcpServer();
        mcp = McpClient.builder(server.uri())
                .tokens(new Tokens(Failures.TOKEN))
                .requestTimeout(Duration.ofHours(1))
                .maxMessageSize(BadReply.TOO_MANY_BYTES)
                .build();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("example.app.BadReply#inBothEras")
    void callEndsAtOnceWithATypedFailure(Era era, BadReply reply) {
        era.of(server);
        server.on("tools/call", reply.script());

        McpException failure = Failures.ofCall(mcp);

        assertThat(failure.code()).isEqualTo(reply.code());
        assertThat(failure).hasMessageContaining("tools/call 'query' at http://127.0.0.1:");
        assertThat(server.calls("tools/call")).hasSize(1);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("example.app.BadReply#inBothEras")
    void handshakeEndsAtOnceToo(Era era, BadReply reply) {
        era.of(server);
        server.on(era.handshake, reply.script());

        assertThat(Failures.ofCall(mcp).code()).isEqualTo(reply.code());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("example.app.BadReply#inBothEras")
    void nextCallIsNotDisturbed(Era era, BadReply reply) {
        era.of(server);
        server.on("tools/call", reply.script());
        assertThat(Failures.ofCall(mcp).code()).isEqualTo(reply.code());
        server.on("tools/call", (call, wire) -> wire.json(200, call.text("fine")));

        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("fine");
        assertThat(server.calls(era.handshake)).hasSize(1);
    }

    static Stream<Arguments> goodStreams() {
        return inBothEras(
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

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("goodStreams")
    void oddButProperStreamIsRead(Era era, String what, List<String> chunks) {
        era.of(server);
        server.on("tools/call", (call, wire) -> {
            wire.beginStream();
            for (String chunk : chunks) {
                wire.chunk(chunk.replace("%s", call.text("ä")));
            }
            wire.endStream();
        });

        assertThat(mcp.callTool("query", Map.of()).text()).as(what).isEqualTo("ä");
    }

    static Stream<Arguments> contentTypes() {
        String event = "data: %s\n\n";
        return inBothEras(
                arguments("Text/Event-Stream; charset=utf-8", event),
                arguments("TEXT/EVENT-STREAM", event),
                arguments("text/event-stream;charset=UTF-8", event),
                arguments("APPLICATION/JSON", "%s"),
                arguments("Application/Json; Charset=UTF-8", "%s"),
                arguments("application/json ;charset=utf-8", "%s"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("contentTypes")
    void contentTypeIsReadInAnyCaseAndWithItsParameters(Era era, String type, String framed) {
        era.of(server);
        server.on("tools/call", (call, wire) -> wire.reply(200, type, framed.replace("%s", call.text("ä"))));

        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("ä");
    }

    @ParameterizedTest
    @EnumSource
    void messageOverSeveralLinesOfDataIsRead(Era era) {
        era.of(server);
        server.on(
                "tools/call",
                (call, wire) ->
                        wire.stream("data: " + call.text("a").replace(",\"result\"", "\ndata: ,\"result\"") + "\n\n"));

        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("a");
    }

    @ParameterizedTest
    @EnumSource
    void streamThatNeverEndsIsClosedWhenTheAnswerHasCome(Era era) throws Exception {
        era.of(server);
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

    private static Stream<Arguments> inBothEras(Arguments... rows) {
        return Stream.of(rows)
                .flatMap(row -> Stream.of(Era.values()).map(era -> arguments(era, row.get()[0], row.get()[1])));
    }
}
