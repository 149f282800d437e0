// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.mcp.ElicitationAnswer;
import io.tokenfederation.mcp.McpClient;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers of the legacy era that ask on the stream of a GET, although a call goes on. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class McpServerStreamTest {
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
    void questionBesideTheCallIsAnswered() {
        McpClient mcp = asking.client(question -> ElicitationAnswer.accept(question.defaults()));

        String answer = AskingMcpServer.answerTo(mcp);

        assertThat(answer).contains("\"id\":\"q1\"").contains("{\"name\":\"ann\"}");
        assertThat(server.calls("GET"))
                .singleElement()
                .satisfies(get -> assertThat(get.header("Mcp-Session-Id")).isEqualTo("session-1"));
    }

    @Test
    void handlerThatThrowsIsAnErrorToTheServer() {
        McpClient mcp = asking.client(question -> {
            throw new IllegalStateException("the person has gone, and hunter2 with her");
        });

        String answer = AskingMcpServer.answerTo(mcp);

        assertThat(answer)
                .contains("\"id\":\"q1\"")
                .contains("\"code\":-32603")
                .contains("the handler failed")
                .doesNotContain("hunter2");
    }

    @Test
    void streamThatIsCutIsOpenedAgain() {
        AtomicInteger opened = new AtomicInteger();
        server.on("GET", (call, wire) -> {
            wire.beginStream();
            if (opened.incrementAndGet() == 1) {
                wire.cut();
            } else {
                asking.streams.add(wire);
            }
        });
        McpClient mcp = asking.client(question -> ElicitationAnswer.decline());

        assertThat(AskingMcpServer.answerTo(mcp)).contains("decline");
    }

    @Test
    void lostSessionTakesItsStreamAlong() {
        AtomicInteger sessions = new AtomicInteger();
        server.on(
                "initialize",
                (call, wire) -> wire.json(
                        200,
                        call.result(ScriptedMcpServer.initializeResult("2025-11-25")),
                        "Mcp-Session-Id: session-" + sessions.incrementAndGet()));
        server.on("tools/list", (call, wire) -> wire.json(404, call.error(-32001, "Session not found")));
        McpClient mcp = asking.client(question -> ElicitationAnswer.decline());
        assertThat(AskingMcpServer.answerTo(mcp)).contains("decline");
        server.on("tools/list", (call, wire) -> {
            if (call.header("Mcp-Session-Id").equals("session-1")) {
                wire.json(404, call.error(-32001, "Session not found"));
            } else {
                wire.json(200, call.result("{\"tools\":[]}"));
            }
        });

        mcp.listTools();

        assertThat(AskingMcpServer.answerTo(mcp)).contains("decline");
        assertThat(server.calls("GET"))
                .extracting(get -> get.header("Mcp-Session-Id"))
                .containsExactly("session-1", "session-2");
    }

    @Test
    void serverWithoutSuchAStreamIsAskedOnce() {
        server.on("GET", (call, wire) -> wire.empty(405));
        server.on("tools/call", (call, wire) -> wire.json(200, call.text("done")));
        McpClient mcp = asking.client(question -> ElicitationAnswer.decline());

        mcp.callTool("ask", Map.of());
        mcp.callTool("ask", Map.of());

        assertThat(server.calls("GET")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 501})
    void streamThatIsRefusedForAWhileIsOpenedAgain(int status) {
        AtomicInteger opened = new AtomicInteger();
        server.on("GET", (call, wire) -> {
            if (opened.incrementAndGet() == 1) {
                wire.empty(status);
            } else {
                wire.beginStream();
                asking.streams.add(wire);
            }
        });
        McpClient mcp = asking.client(question -> ElicitationAnswer.decline());

        assertThat(AskingMcpServer.answerTo(mcp)).contains("decline");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"result\":{}", "\"result\":{\"tools\":[]}", "\"error\":{\"code\":-32000,\"message\":\"\"}"})
    void answerToNobodyEndsNoStream(String answer) {
        server.on("GET", (call, wire) -> {
            wire.beginStream();
            wire.chunk("data: {\"jsonrpc\":\"2.0\",\"id\":4711," + answer + "}\n\n");
            asking.streams.add(wire);
        });
        McpClient mcp = asking.client(question -> ElicitationAnswer.decline());

        assertThat(AskingMcpServer.answerTo(mcp)).contains("decline");
        assertThat(server.calls("GET")).hasSize(1);
    }

    @Test
    void serverThatSendsNoHeaderBeforeTheFirstEventHoldsNothingUp() {
        server.on("GET", (call, wire) -> server.stall());
        server.on("tools/call", (call, wire) -> wire.json(200, call.text("done")));
        McpClient mcp = asking.client(question -> ElicitationAnswer.decline());

        assertThat(mcp.callTool("ask", Map.of()).text()).isEqualTo("done");
    }

    @Test
    void clientWithNothingToAnswerOpensNoStream() {
        server.on("tools/call", (call, wire) -> wire.json(200, call.text("done")));
        McpClient mcp = McpClient.builder(server.uri()).tokens(new Tokens("t1")).build();

        mcp.callTool("ask", Map.of());

        assertThat(server.calls("GET")).isEmpty();
    }

    @Test
    void closingEndsTheStream() throws Exception {
        McpClient mcp = asking.client(question -> ElicitationAnswer.decline());
        mcp.server();

        mcp.close();

        assertThat(server.clientHungUp.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void forgettingTheClientEndsTheStream() throws Exception {
        asking.client(question -> ElicitationAnswer.decline()).server();

        boolean ended = false;
        for (int attempt = 0; !ended && attempt < 200; attempt++) {
            System.gc();
            ended = server.clientHungUp.await(50, TimeUnit.MILLISECONDS);
        }

        assertThat(ended).isTrue();
    }
}
