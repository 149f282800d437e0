// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpException;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that are worse than any seen: nothing of theirs outlasts the deadline or escapes as an untyped failure. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class McpHarshServerTest {
    private ScriptedMcpServer server;
    private McpClient mcp;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedMcpServer();
        mcp = client(Duration.ofHours(1));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ": busy\n\n",
                "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{}}\n\n"
            })
    void serverThatNeverStopsTalkingIsLeftAtTheDeadline(String noise) {
        server.on("tools/call", (call, wire) -> {
            wire.beginStream();
            String flood = noise.repeat(2_000);
            while (true) {
                wire.chunk(flood);
            }
        });

        assertThat(Failures.ofCall(client(Duration.ofMillis(300))).code()).isEqualTo("MCP_TIMED_OUT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"日本", "a\u0001b", "ü"})
    void placeInAStreamThatNoHeaderCanCarryIsALostAnswer(String eventId) {
        server.on("tools/call", (call, wire) -> wire.stream("id: " + eventId + "\nretry: 0\ndata:\n\n"));

        assertThat(Failures.ofCall(mcp).code()).isEqualTo("MCP_ANSWER_LOST");
        assertThat(server.calls("GET")).isEmpty();
    }

    @Test
    void handshakeWhoseAnswerIsLostIsBegunOnceMoreForATool() {
        server.on("initialize", (call, wire) -> {
            server.on(
                    "initialize",
                    (again, wireAgain) ->
                            wireAgain.json(200, again.result(ScriptedMcpServer.initializeResult("2025-11-25"))));
            wire.cut();
        });

        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("done");
        assertThat(server.calls("initialize")).hasSize(2);
        assertThat(server.calls("tools/call")).hasSize(1);
    }

    @Test
    void handshakeIsWaitedForAsLongAsTheServerAsks() {
        server.on("initialize", (call, wire) -> {
            server.on(
                    "initialize",
                    (again, wireAgain) ->
                            wireAgain.json(200, again.result(ScriptedMcpServer.initializeResult("2025-11-25"))));
            wire.empty(503, "Retry-After: 0");
        });

        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("done");
    }

    @Test
    void handshakeThatIsNeverAnsweredEndsTheCall() {
        server.on("initialize", (call, wire) -> wire.cut());

        assertThat(Failures.ofCall(mcp).code()).isEqualTo("MCP_ANSWER_LOST");
        assertThat(server.calls("initialize")).hasSize(2);
    }

    @Test
    void serverThatHasMovedToTheModernEraWithoutASessionToLoseIsFollowed() {
        server.on(
                "initialize",
                (call, wire) -> wire.json(200, call.result(ScriptedMcpServer.initializeResult("2025-11-25"))));
        mcp.callTool("query", Map.of());
        server.modern();
        server.on("tools/call", wantingItsHeader((call, wire) -> wire.json(200, call.text("modern"))));
        server.on("tools/list", wantingItsHeader((call, wire) -> wire.json(200, call.result("{\"tools\":[]}"))));

        // The number may be the tool's own, so the call is not sent again; a list may be.
        assertThat(Failures.ofCall(mcp).rpcCode()).hasValue(-32020);
        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("modern");
        assertThat(mcp.listTools()).isEmpty();
    }

    @Test
    void callThatTheMovedServerHasNotReadIsSentAgainAtOnce() {
        mcp.callTool("query", Map.of());
        server.modern();
        server.on("tools/call", (call, wire) -> {
            if (call.header("Mcp-Method").isEmpty()) {
                wire.json(
                        400,
                        "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32020,\"message\":\"Header mismatch\"}}");
            } else {
                wire.json(200, call.text("modern"));
            }
        });

        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("modern");
    }

    @Test
    void listIsAskedForAgainAtOnceThoughTheMovedServerHasReadIt() {
        mcp.callTool("query", Map.of());
        server.modern();
        server.on("tools/list", wantingItsHeader((call, wire) -> wire.json(200, call.result("{\"tools\":[]}"))));

        assertThat(mcp.listTools()).isEmpty();
        assertThat(mcp.server().protocolVersion()).isEqualTo("2026-07-28");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "-32021; {\"requiredCapabilities\":{\"elicitation\":{\"form\":{}},\"sampling\":{}}}; elicitation, sampling",
                "-32042; {\"elicitations\":[{\"mode\":\"url\",\"url\":\"https://example.com\"}]}; page",
            })
    void whatTheServerNeedsOfTheClientIsSaid(int code, String data, String said) {
        server.modern();
        server.on("tools/call", (call, wire) -> wire.json(400, call.error(code, "needs more", data)));

        McpException failure = Failures.ofCall(mcp);

        assertThat(failure.code()).isEqualTo("MCP_INPUT_REQUIRED");
        assertThat(failure.rpcCode()).hasValue(code);
        assertThat(failure).hasMessageContaining(said);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void errorOfTheProtocolKeepsItsNumberWhateverTheStatus(int status) {
        server.on("tools/call", (call, wire) -> wire.json(status, call.error(-32603, "disk full")));

        McpException failure = Failures.ofCall(mcp);

        assertThat(failure.rpcCode()).hasValue(-32603);
        assertThat(failure.rpcMessage()).contains("disk full");
        assertThat(failure.httpStatus()).hasValue(status);
    }

    @Test
    void listThatGoesOnForEverEnds() {
        AtomicInteger page = new AtomicInteger();
        server.on(
                "tools/list",
                (call, wire) -> wire.json(
                        200, call.result("{\"tools\":[],\"nextCursor\":\"" + page.incrementAndGet() + "\"}")));

        McpException failure = catchThrowableOfType(McpException.class, mcp::listTools);

        assertThat(failure.code()).isEqualTo("MCP_REPLY_UNREADABLE");
        assertThat(page).hasValue(2_000);
    }

    @Test
    void textLongerThanJacksonsOwnLimitIsRead() {
        String text = "x".repeat(21_000_000);
        server.on("tools/call", (call, wire) -> wire.json(200, call.text(text)));
        McpClient roomy = McpClient.builder(server.uri())
                .tokens(new Tokens("t1"))
                .maxMessageSize(32 << 20)
                .build();

        assertThat(roomy.callTool("query", Map.of()).text()).hasSize(text.length());
    }

    @Test
    void numberThatNoJavaNumberCanBeIsATypedFailure() {
        record Sum(BigDecimal n) {}
        String huge = "1e99999999999";
        server.on(
                "tools/call",
                (call, wire) -> wire.json(200, call.result("{\"structuredContent\":{\"n\":" + huge + "}}")));

        assertThatMismatch(() -> mcp.callTool("query", Map.of()).structuredContent());
        assertThatMismatch(() -> mcp.callTool("query", Map.of()).structuredContent(Sum.class));
        assertThatMismatch(() -> mcp.callTool("query", Map.of(), Sum.class));
        server.on("tools/list", (call, wire) -> wire.json(200, call.result("{\"tools\":[{\"name\":" + huge + "}]}")));
        assertThat(catchThrowableOfType(McpException.class, mcp::listTools).code())
                .isEqualTo("MCP_REPLY_UNREADABLE");
        server.on("tools/call", (call, wire) -> wire.json(400, call.error(-32602, "too much", huge)));
        assertThat(Failures.ofCall(mcp).code()).isEqualTo("MCP_REQUEST_REFUSED");
    }

    private static void assertThatMismatch(ThrowingCallable call) {
        McpException failure = catchThrowableOfType(McpException.class, call);
        assertThat(failure.code()).isEqualTo("MCP_RESULT_MISMATCH");
        assertThat(failure).hasMessageNotContaining("1e999");
    }

    private McpClient client(Duration timeout) {
        return McpClient.builder(server.uri())
                .tokens(new Tokens(Failures.TOKEN))
                .requestTimeout(timeout)
                .build();
    }

    private static ScriptedMcpServer.Script wantingItsHeader(ScriptedMcpServer.Script answer) {
        return (call, wire) -> {
            if (call.header("Mcp-Method").isEmpty()) {
                wire.json(400, call.error(-32020, "Header mismatch: Mcp-Method is missing"));
            } else {
                answer.answer(call, wire);
            }
        };
    }
}
