// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import example.app.ScriptedMcpServer.Script;
import io.tokenfederation.mcp.CallOptions;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent again and what never is; and streams that are resumed instead. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class McpRepetitionTest {
    private ScriptedMcpServer server;
    private McpClient mcp;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedMcpServer();
        mcp = McpClient.builder(server.uri())
                .tokens(new Tokens(Failures.TOKEN))
                .requestTimeout(Duration.ofHours(1))
                .build();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void tooManyRequestsAreSentAgainWhenTheServerSaysSo() {
        once("tools/call", (call, wire) -> wire.empty(429, "Retry-After: 0"));

        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("done");
        assertThat(server.calls("tools/call")).hasSize(2);
    }

    @Test
    void patienceEndsAfterThreeTimes() {
        server.on("tools/call", (call, wire) -> wire.empty(429, "Retry-After: 0"));

        assertThat(Failures.ofCall(mcp).code()).isEqualTo("MCP_RATE_LIMITED");
        assertThat(server.calls("tools/call")).hasSize(3);
    }

    @Test
    void longWaitIsTheApplicationsToDecide() {
        server.on("tools/list", (call, wire) -> wire.empty(429, "Retry-After: 6"));

        assertThatThrownBy(mcp::listTools)
                .isInstanceOfSatisfying(
                        McpException.class, e -> assertThat(e.retryAfter()).contains(Duration.ofSeconds(6)));
        assertThat(server.calls("tools/list")).hasSize(1);
    }

    @Test
    void waitThatDoesNotFitTheTimeoutIsNotBegun() {
        mcp.listTools();
        server.on("tools/list", (call, wire) -> wire.empty(429, "Retry-After: 4"));

        McpClient hasty = mcp.with(CallOptions.defaults().timeout(Duration.ofSeconds(3)));

        assertThatThrownBy(hasty::listTools)
                .isInstanceOfSatisfying(
                        McpException.class, e -> assertThat(e.code()).isEqualTo("MCP_RATE_LIMITED"));
    }

    @Test
    void refusalOfARequestThatWasReadIsNotSentAgain() {
        server.on("tools/call", (call, wire) -> wire.json(429, call.error(-32000, "busy"), "Retry-After: 0"));

        Failures.ofCall(mcp);

        assertThat(server.calls("tools/call")).hasSize(1);
    }

    @Test
    void toolThatMayHaveRunIsNotRunAgain() {
        server.on("tools/call", (call, wire) -> wire.empty(503, "Retry-After: 0"));
        assertThat(Failures.ofCall(mcp).code()).isEqualTo("MCP_UNAVAILABLE");
        server.on("tools/call", (call, wire) -> wire.cut());
        assertThat(Failures.ofCall(mcp).code()).isEqualTo("MCP_ANSWER_LOST");

        assertThat(server.calls("tools/call")).hasSize(2);
    }

    @Test
    void toolThatMayRunTwiceIsRunAgain() {
        McpClient careless = mcp.with(CallOptions.defaults().idempotent());

        once("tools/call", (call, wire) -> wire.empty(503, "Retry-After: 0"));
        assertThat(careless.callTool("query", Map.of()).text()).isEqualTo("done");
        once("tools/call", (call, wire) -> wire.cut());
        assertThat(careless.callTool("query", Map.of()).text()).isEqualTo("done");
    }

    @ParameterizedTest
    @ValueSource(strings = {"readOnlyHint", "idempotentHint"})
    void serverMaySayThatAToolMayRunTwice(String hint) {
        server.on(
                "tools/list",
                (call, wire) -> wire.json(
                        200,
                        call.result("{\"tools\":[{\"name\":\"query\",\"annotations\":{\"" + hint + "\":true}}]}")));
        mcp.listTools();
        once("tools/call", (call, wire) -> wire.cut());

        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("done");
    }

    @Test
    void listWhoseAnswerWasLostIsAskedForOnceMore() {
        once("tools/list", (call, wire) -> wire.cut());
        assertThat(mcp.listTools()).isEmpty();

        server.on("tools/list", (call, wire) -> wire.cut());
        assertThatThrownBy(mcp::listTools).isInstanceOf(McpException.class);
        assertThat(server.calls("tools/list")).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void streamThatEndsBeforeTheAnswerIsResumedAfterTheTimeTheServerAsks(boolean properly) {
        server.on("tools/call", (call, wire) -> {
            server.on("GET", (get, wireAgain) -> wireAgain.stream("id: 9\ndata: " + call.text("late") + "\n\n"));
            wire.beginStream();
            wire.chunk("id: 7\nretry: 1\ndata:\n\n");
            if (properly) {
                wire.endStream();
            } else {
                wire.cut();
            }
        });

        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("late");

        assertThat(server.calls("tools/call")).hasSize(1);
        assertThat(server.calls("GET")).singleElement().satisfies(get -> {
            assertThat(get.header("Last-Event-ID")).isEqualTo("7");
            assertThat(get.header("Accept")).isEqualTo("text/event-stream");
            assertThat(get.header("Mcp-Session-Id")).isEqualTo("session-1");
            assertThat(get.header("Authorization")).isEqualTo("Bearer " + Failures.TOKEN);
        });
    }

    @Test
    void resumedStreamMayEndEarlyToo() {
        server.on("tools/call", (call, wire) -> {
            server.on("GET", (get, wireAgain) -> {
                server.on("GET", (next, wireNext) -> wireNext.stream("data: " + call.text("late") + "\n\n"));
                wireAgain.stream("id: 8\nretry: 0\ndata:\n\n");
            });
            wire.stream("id: 7\nretry: 0\ndata:\n\n");
        });

        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("late");
        assertThat(server.calls("GET"))
                .extracting(get -> get.header("Last-Event-ID"))
                .containsExactly("7", "8");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 405, 500})
    void streamThatCannotBeResumedIsALostAnswerAtOnce(int status) {
        server.on("tools/call", (call, wire) -> wire.stream("id: 7\nretry: 0\ndata:\n\n"));
        server.on("GET", (get, wire) -> wire.empty(status));

        McpException failure = Failures.ofCall(mcp);

        assertThat(failure.code()).isEqualTo("MCP_ANSWER_LOST");
        assertThat(server.calls("tools/call")).hasSize(1);
    }

    @Test
    void serverThatAsksForMoreTimeThanThereIsDoesNotGetIt() {
        server.on("tools/call", (call, wire) -> wire.stream("id: 7\nretry: 99999999\ndata:\n\n"));

        assertThat(Failures.ofCall(mcp).code()).isEqualTo("MCP_TIMED_OUT");
    }

    private void once(String method, Script script) {
        server.on(method, (call, wire) -> {
            server.on(
                    method,
                    (again, wireAgain) -> wireAgain.json(
                            200, method.equals("tools/list") ? again.result("{\"tools\":[]}") : again.text("done")));
            script.answer(call, wire);
        });
    }
}
