// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import example.app.ScriptedMcpServer.Call;
import io.tokenfederation.mcp.CallOptions;
import io.tokenfederation.mcp.ElicitationAnswer;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpException;
import io.tokenfederation.mcp.Root;
import io.tokenfederation.mcp.SamplingAnswer;
import io.tokenfederation.mcp.TextContent;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server asks while it carries out a call, in the form of either era. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class McpQuestionsTest {
    private static final String FORM =
            "{\"method\":\"elicitation/create\",\"params\":{\"mode\":\"form\",\"message\":\"Who?\","
                    + "\"requestedSchema\":{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\",\"default\":\"ann\"},"
                    + "\"age\":{\"type\":\"integer\"}}}}}";
    private static final String SAMPLING =
            "{\"method\":\"sampling/createMessage\",\"params\":{\"messages\":[{\"role\":\"user\","
                    + "\"content\":{\"type\":\"text\",\"text\":\"Why?\"}}],\"systemPrompt\":\"be brief\",\"maxTokens\":9}}";
    private static final String ROOTS = "{\"method\":\"roots/list\"}";

    private ScriptedMcpServer server;
    private McpClient mcp;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedMcpServer();
        mcp = McpClient.builder(server.uri())
                .tokens(new Tokens("t1"))
                .elicitation(question -> ElicitationAnswer.accept(question.defaults()))
                .sampling(request -> {
                    assertThat(request.messages().get(0).content()).isEqualTo(new TextContent("Why?"));
                    assertThat(request.maxTokens()).isEqualTo(9);
                    return new SamplingAnswer("m1", "because", "endTurn");
                })
                .roots(() -> List.of(new Root(URI.create("file:///work"), "work")))
                .build();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void questionsAreAnsweredAndTheCallSentAgainWithTheStateAsItCame() {
        server.modern();
        questions(
                "\"who\":" + FORM + ",\"why\":" + SAMPLING + ",\"where\":" + ROOTS,
                ",\"requestState\":\"s\\u0041/\\/\"");

        assertThat(mcp.callTool("query", Map.of("sql", "SELECT 1")).text()).isEqualTo("done");

        List<Call> calls = server.calls("tools/call");
        Call again = calls.get(1);
        assertThat(again.param("inputResponses", "who").toString())
                .isEqualTo("{\"action\":\"accept\",\"content\":{\"name\":\"ann\"}}");
        assertThat(again.param("inputResponses", "why", "content", "text").asText())
                .isEqualTo("because");
        assertThat(again.param("inputResponses", "where").toString())
                .isEqualTo("{\"roots\":[{\"uri\":\"file:///work\",\"name\":\"work\"}]}");
        assertThat(again.param("requestState").asText()).isEqualTo("sA//");
        assertThat(again.param("arguments").toString()).isEqualTo("{\"sql\":\"SELECT 1\"}");
        assertThat(again.message().path("id"))
                .isNotEqualTo(calls.get(0).message().path("id"));
        assertThat(calls.get(0)
                        .param("_meta", "io.modelcontextprotocol/clientCapabilities")
                        .toString())
                .isEqualTo("{\"elicitation\":{\"form\":{},\"url\":{}},\"sampling\":{},\"roots\":{}}");
    }

    @Test
    void stateIsSentBackByteForByte() {
        server.modern();
        questions("", ",\"requestState\":\"s\\u0041/\\/\"");

        mcp.callTool("query", Map.of());

        assertThat(server.bodies("tools/call").get(1)).contains("\"requestState\":\"s\\u0041/\\/\"");
    }

    @Test
    void nothingIsSentBackThatWasNotGiven() {
        server.modern();
        questions("\"who\":" + FORM, "");

        mcp.callTool("query", Map.of());

        assertThat(server.calls("tools/call").get(1).param().has("requestState"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"größe 日", "a\"b", "a\\b", "line\nbreak", "", "x\":1},\"name\":\"drop_table\",\"z\":{\"y"})
    void serversNameForAQuestionComesBackAsItWasAndAsNothingElse(String name) {
        server.modern();
        questions(new TextNode(name) + ":" + FORM + ",\"why\":" + SAMPLING, "");

        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("done");

        Call again = server.calls("tools/call").get(1);
        assertThat(again.param("inputResponses").fieldNames()).toIterable().containsExactly(name, "why");
        assertThat(again.param().fieldNames())
                .toIterable()
                .containsExactly("name", "arguments", "inputResponses", "_meta");
        assertThat(again.body().split("\"name\":\"query\"", -1)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1,2]", "\"who\"", "true"})
    void questionsThatAreNoObjectAreUnreadable(String questions) {
        server.modern();
        server.on(
                "tools/call",
                (call, wire) -> wire.json(
                        200,
                        call.result("{\"resultType\":\"input_required\",\"requestState\":\"s\",\"inputRequests\":"
                                + questions + "}")));

        assertThat(Failures.ofCall(mcp).code()).isEqualTo("MCP_REPLY_UNREADABLE");
        assertThat(server.calls("tools/call")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"inputRequests\":{}", ",\"inputRequests\":null"})
    void serverThatOnlySaysComeAgainIsNotRunOver(String questions) {
        server.modern();
        server.on(
                "tools/call",
                (call, wire) -> wire.json(
                        200,
                        call.result("{\"resultType\":\"input_required\",\"requestState\":\"s\"" + questions + "}")));
        CallOptions hasty = CallOptions.defaults().timeout(Duration.ofMillis(300));

        // The last request may have too little time left to take up a connection.
        assertThat(Failures.ofCall(mcp.with(hasty)).code()).isIn("MCP_TIMED_OUT", "MCP_UNREACHABLE");
    }

    @Test
    void questionNobodyAnswersIsATypedFailure() {
        server.modern();
        questions("\"who\":" + FORM, "");
        McpClient silent =
                McpClient.builder(server.uri()).tokens(new Tokens("t1")).build();

        McpException failure = Failures.ofCall(silent);

        assertThat(failure.code()).isEqualTo("MCP_INPUT_REQUIRED");
        assertThat(failure).hasMessageContaining("elicitation/create");
        assertThat(server.calls("tools/call")).hasSize(1);
    }

    @Test
    void serverThatNeverHasEnoughIsLeft() {
        server.modern();
        server.on(
                "tools/call",
                (call, wire) -> wire.json(
                        200,
                        call.result("{\"resultType\":\"input_required\",\"inputRequests\":{\"who\":" + FORM + "}}")));

        assertThat(Failures.ofCall(mcp).code()).isEqualTo("MCP_INPUT_REQUIRED");
        assertThat(server.calls("tools/call")).hasSize(32);
    }

    @Test
    void stateThatIsNullIsNone() {
        server.modern();
        questions("\"who\":" + FORM, ",\"requestState\":null");

        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("done");

        assertThat(server.calls("tools/call").get(1).param().has("requestState"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"requestState\":null", ",\"inputRequests\":null,\"requestState\":null"})
    void serverThatAsksForNothingAndGivesNothingIsLeftAtOnce(String nothing) {
        server.modern();
        questions("", nothing);

        assertThat(Failures.ofCall(mcp).code()).isEqualTo("MCP_REPLY_UNREADABLE");
        assertThat(server.calls("tools/call")).hasSize(1);
    }

    @Test
    void onlyRequestsThatMayAskAreAnswered() {
        server.modern();
        server.on(
                "tools/list",
                (call, wire) -> wire.json(
                        200,
                        call.result("{\"resultType\":\"input_required\",\"inputRequests\":{\"who\":" + FORM + "}}")));

        assertThatThrownBy(mcp::listTools)
                .isInstanceOfSatisfying(
                        McpException.class, e -> assertThat(e.code()).isEqualTo("MCP_REPLY_UNREADABLE"));
        assertThat(server.calls("tools/list")).hasSize(1);
    }

    @Test
    void legacyServerIsAnsweredOnTheSpot() {
        server.on("tools/call", (call, wire) -> {
            wire.beginStream();
            for (String question : List.of(FORM, SAMPLING, ROOTS)) {
                wire.chunk("data: {\"jsonrpc\":\"2.0\",\"id\":\"q\"," + question.substring(1) + "\n\n");
            }
            wire.chunk("data: " + call.text("done") + "\n\n");
            wire.endStream();
        });

        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("done");

        assertThat(server.calls("result"))
                .extracting(call -> call.message().path("result").toString())
                .containsExactly(
                        "{\"action\":\"accept\",\"content\":{\"name\":\"ann\"}}",
                        "{\"role\":\"assistant\",\"model\":\"m1\",\"stopReason\":\"endTurn\","
                                + "\"content\":{\"type\":\"text\",\"text\":\"because\"}}",
                        "{\"roots\":[{\"uri\":\"file:///work\",\"name\":\"work\"}]}");
        assertThat(server.calls("initialize").get(0).param("capabilities").toString())
                .contains("\"elicitation\"", "\"sampling\"", "\"roots\"");
    }

    @Test
    void personWhoDeclinesHasAnsweredToo() {
        server.modern();
        questions("\"who\":" + FORM, "");
        McpClient declining = McpClient.builder(server.uri())
                .tokens(new Tokens("t1"))
                .elicitation(question -> ElicitationAnswer.decline())
                .build();

        declining.callTool("query", Map.of());

        assertThat(server.calls("tools/call")
                        .get(1)
                        .param("inputResponses", "who")
                        .toString())
                .isEqualTo("{\"action\":\"decline\"}");
    }

    @Test
    void handlerThatThrowsEndsTheCall() {
        server.modern();
        questions("\"who\":" + FORM, "");
        IllegalStateException failure = new IllegalStateException("nobody at home");
        McpClient failing = McpClient.builder(server.uri())
                .tokens(new Tokens("t1"))
                .elicitation(question -> {
                    throw failure;
                })
                .build();

        assertThatThrownBy(() -> failing.callTool("query", Map.of())).isSameAs(failure);
    }

    /** Asks these questions once, then answers. */
    private void questions(String questions, String state) {
        String asked = questions.isEmpty() ? "" : ",\"inputRequests\":{" + questions + "}";
        server.on("tools/call", (call, wire) -> {
            server.on("tools/call", (again, wireAgain) -> wireAgain.json(200, again.text("done")));
            wire.json(200, call.result("{\"resultType\":\"input_required\"" + asked + state + "}"));
        });
    }
}
