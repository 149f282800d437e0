// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import example.app.ScriptedMcpServer.Script;
import io.tokenfederation.mcp.CallOptions;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpException;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests for what an extension of the protocol defines. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class McpExtensionTest {
    enum Era {
        MODERN,
        LEGACY
    }

    record Page(String cursor, int most) {}

    record Skill(String uri, BigDecimal weight) {}

    record Skills(List<Skill> skills, long total) {}

    private static final String LIST = "skills/list";
    private static final String SKILLS =
            "{\"skills\": [{\"uri\":\"skill://a/SKILL.md\",\"weight\":0.1234567890123456789012345,\"new\":[1]}],"
                    + " \"total\":9007199254740993,\"resultType\":\"complete\", \"ttlMs\":0}";

    private final Tokens tokens = new Tokens(Failures.TOKEN, "new");
    private ScriptedMcpServer server;
    private McpClient mcp;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedMcpServer().on(LIST, (call, wire) -> wire.json(200, call.result(SKILLS)));
        mcp = McpClient.builder(server.uri()).tokens(tokens).build();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void recordsGoOutAndComeBackWithEveryDigit(Era era) {
        speak(era);

        Skills skills = mcp.request(LIST, new Page("c1", 7), Skills.class);

        assertThat(skills.skills())
                .containsExactly(new Skill("skill://a/SKILL.md", new BigDecimal("0.1234567890123456789012345")));
        assertThat(skills.total()).isEqualTo(9007199254740993L);
        assertThat(server.bodies(LIST).get(0)).contains("\"params\":{\"cursor\":\"c1\",\"most\":7");
    }

    @Test
    void modernRequestSaysInHeadersWhatItIs() {
        speak(Era.MODERN);

        mcp.request(LIST, Map.of(), Skills.class);

        assertThat(server.calls(LIST).get(0).headers())
                .containsEntry("mcp-method", LIST)
                .containsEntry("mcp-protocol-version", "2026-07-28")
                .doesNotContainKey("mcp-name");
        assertThat(server.calls(LIST)
                        .get(0)
                        .param("_meta", "io.modelcontextprotocol/protocolVersion")
                        .asText())
                .isEqualTo("2026-07-28");
    }

    @Test
    void legacyRequestIsOneOfTheSession() {
        mcp.request(LIST, Map.of(), Skills.class);

        assertThat(server.calls(LIST).get(0).headers())
                .containsEntry("mcp-session-id", "session-1")
                .containsEntry("mcp-protocol-version", "2025-11-25");
        assertThat(server.calls(LIST).get(0).message().path("params").toString())
                .isEqualTo("{}");
    }

    @ParameterizedTest
    @EnumSource
    void textIsTheResultAsTheServerWroteIt(Era era) {
        speak(era);
        assertThat(mcp.request(LIST, Map.of(), String.class)).isEqualTo(SKILLS);
        server.on(LIST, (call, wire) -> wire.reply(200, "text/event-stream", "data: " + call.result(SKILLS) + "\n\n"));

        assertThat(mcp.request(LIST, Map.of(), String.class)).isEqualTo(SKILLS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"skills\":\"canary\"}", "{\"skills\":[{\"weight\":\"canary\"}]}"})
    void whatDoesNotFitIsATypedFailureWithoutTheData(String result) {
        server.on(LIST, (call, wire) -> wire.json(200, call.result(result)));

        McpException failure = failure(mcp);

        assertThat(failure.code()).isEqualTo("MCP_RESULT_MISMATCH");
        assertThat(failure).hasNoCause().hasMessageContaining("does not fit Skills at .skills");
        assertThat(failure.getMessage()).doesNotContain("canary");
    }

    @ParameterizedTest
    @EnumSource
    void methodTheServerDoesNotKnowIsATypedFailure(Era era) {
        speak(era);
        int status = era == Era.MODERN ? 404 : 200;
        server.on(LIST, (call, wire) -> wire.json(status, call.error(-32601, "Method not found")));

        McpException failure = failure(mcp);

        assertThat(failure.code()).isEqualTo("MCP_PROTOCOL_ERROR");
        assertThat(failure.rpcCode()).hasValue(-32601);
        assertThat(server.calls(LIST)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void requestWhoseAnswerIsLostIsNotSentAgainUnlessItMayBe(Era era) {
        speak(era);
        server.on(LIST, (call, wire) -> wire.cut());

        assertThat(failure(mcp).code()).isEqualTo("MCP_ANSWER_LOST");
        assertThat(server.calls(LIST)).hasSize(1);
        assertThat(failure(mcp.with(CallOptions.defaults().idempotent())).code())
                .isEqualTo("MCP_ANSWER_LOST");
        assertThat(server.calls(LIST)).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource
    void requestIsSentOnceWhateverRefusesIt(Era era) {
        speak(era);
        List<Script> refusals = List.of(
                (call, wire) -> wire.json(401, call.error(-32001, "Unauthorized")),
                (call, wire) -> wire.json(503, "{}", "Retry-After: 0"),
                (call, wire) -> wire.json(400, call.error(-32000, "Session not found")));
        for (Script refusal : refusals) {
            int before = server.calls(LIST).size();
            server.on(LIST, refusal);

            assertThat(failure(mcp)).isNotNull();
            assertThat(server.calls(LIST)).hasSize(before + 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void tokenRefusedBeforeTheRequestWasReadIsReplaced(Era era) {
        speak(era);
        server.on(LIST, (call, wire) -> {
            server.on(LIST, (next, answer) -> answer.json(200, next.result(SKILLS)));
            wire.empty(401);
        });

        assertThat(mcp.request(LIST, Map.of(), Skills.class).skills()).hasSize(1);
        assertThat(server.calls(LIST))
                .extracting(call -> call.header("Authorization"))
                .containsExactly("Bearer " + Failures.TOKEN, "Bearer new");
    }

    @Test
    void questionInPlaceOfAResultIsNotUnderstood() {
        speak(Era.MODERN);
        server.on(LIST, (call, wire) -> wire.json(200, call.result("{\"resultType\":\"input_required\"}")));

        assertThat(failure(mcp).code()).isEqualTo("MCP_REPLY_UNREADABLE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "initialize",
                "server/discover",
                "tools/list",
                "tools/call",
                "resources/list",
                "resources/read",
                "resources/templates/list",
                "resources/subscribe",
                "resources/unsubscribe",
                "subscriptions/listen",
                "prompts/list",
                "prompts/get",
                "completion/complete",
                "logging/setLevel",
                "elicitation/create",
                "sampling/createMessage",
                "roots/list",
                "notifications/initialized",
                "notifications/x"
            })
    void methodOfTheProtocolItselfIsRefusedAndNothingSent(String method) {
        assertThatThrownBy(() -> mcp.request(method, Map.of(), String.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + method + "'")
                .hasMessageMatching(".*(McpClient|McpAsyncClient|CallOptions|notification).*");
        assertThat(server.calls).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "a b", "skills/list\r\nX-Evil: 1", "a\"b", "a\\b", "größe", "/list", "skills,list"})
    void whatIsNoMethodIsRefusedAndNothingSent(String method) {
        assertThatThrownBy(() -> mcp.request(method, Map.of(), String.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("such as skills/list");
        assertThat(server.calls).isEmpty();
    }

    @Test
    void parametersThatAreNoObjectOrHoldMetaAreMisuseAndNotSent() {
        assertThatThrownBy(() -> mcp.request(LIST, List.of(1), String.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("record or a map");
        assertThatThrownBy(() -> mcp.request(LIST, Map.of("_meta", Map.of()), String.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("CallOptions.meta");
        assertThat(server.calls).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void optionsOfTheCallCount(Era era) {
        speak(era);
        CallOptions options = CallOptions.defaults().meta(Map.of("tenant", "west"));

        mcp.with(options).request(LIST, Map.of(), Skills.class);

        assertThat(server.calls(LIST).get(0).param("_meta", "tenant").asText()).isEqualTo("west");
    }

    @Test
    void futureGivesTheSameResult() {
        assertThat(mcp.async().request(LIST, Map.of(), Skills.class).join().total())
                .isEqualTo(9007199254740993L);
    }

    @Test
    void closedClientAsksNothing() {
        mcp.close();

        assertThatThrownBy(() -> mcp.request(LIST, Map.of(), Skills.class)).isInstanceOf(IllegalStateException.class);
    }

    private static McpException failure(McpClient mcp) {
        McpException failure =
                catchThrowableOfType(McpException.class, () -> mcp.request(LIST, Map.of(), Skills.class));
        assertThat(failure).isNotNull();
        Failures.assertNothingLeaks(failure);
        return failure;
    }

    private void speak(Era era) {
        if (era == Era.MODERN) {
            server.modern();
        }
    }
}
