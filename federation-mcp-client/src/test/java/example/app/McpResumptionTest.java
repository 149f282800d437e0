// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import example.app.ScriptedMcpServer.Call;
import example.app.ScriptedMcpServer.Script;
import io.tokenfederation.mcp.CallOptions;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream of the legacy era may break off at any place and any number of times: what the server still holds is fetched. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class McpResumptionTest {
    private static final String PRIMER = "id: 7\nretry: 0\ndata:\n\n";

    private final AtomicInteger sessions = new AtomicInteger();
    private final AtomicInteger resumed = new AtomicInteger();
    private ScriptedMcpServer server;
    private McpClient mcp;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedMcpServer();
        server.on(
                "initialize",
                (call, wire) -> wire.json(
                        200,
                        call.result(ScriptedMcpServer.initializeResult("2025-11-25")),
                        "Mcp-Session-Id: session-" + sessions.incrementAndGet()));
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
    void resumptionThatIsCutIsTriedAgain() {
        interrupted((get, wire) -> wire.cut(), 2);

        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("late");
        assertThat(server.calls("GET"))
                .extracting(get -> get.header("Last-Event-ID"))
                .containsExactly("7", "7", "7");
        assertThat(server.calls("tools/call")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503, 504})
    void resumptionThatIsPutOffIsTriedAgain(int status) {
        interrupted((get, wire) -> wire.empty(status, "Retry-After: 0"), 2);

        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("late");
    }

    @Test
    void resumptionWaitsAsLongAsTheServerAsks() {
        interrupted((get, wire) -> wire.empty(503, "Retry-After: 1"), 1);
        long begun = System.nanoTime();

        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("late");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void resumptionThatIsPutOffBeyondTheDeadlineIsNotWaitedFor() {
        interrupted((get, wire) -> wire.empty(503, "Retry-After: 9999"), 1);

        assertThat(Failures.ofCall(mcp).code()).isEqualTo("MCP_TIMED_OUT");
        assertThat(resumed).hasValue(1);
    }

    @Test
    void resumptionIsGivenUpAfterFiveTries() {
        interrupted((get, wire) -> wire.empty(503), 1_000);

        assertThat(Failures.ofCall(mcp).code()).isEqualTo("MCP_ANSWER_LOST");
        assertThat(server.calls("GET")).hasSize(5);
        assertThat(server.calls("tools/call")).hasSize(1);
    }

    @Test
    void sessionThatIsGoneWhenTheStreamIsResumedIsNotUsedAgain() {
        interrupted((get, wire) -> wire.empty(404), 1_000);

        McpException failure = Failures.ofCall(mcp);

        assertThat(failure.code()).isEqualTo("MCP_SESSION_LOST");
        assertThat(failure.fix()).contains("not known");
        assertThat(server.calls("GET")).hasSize(1);
        assertThat(server.calls("tools/call")).hasSize(1);
        server.on("tools/call", (call, wire) -> wire.json(200, call.text("anew")));
        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("anew");
        assertThat(server.calls("tools/call"))
                .extracting(call -> call.header("Mcp-Session-Id"))
                .containsExactly("session-1", "session-2");
    }

    @Test
    void toolThatMayRunTwiceIsCalledInAnotherSessionWhenItsOwnIsGone() {
        interrupted((get, wire) -> wire.empty(404), 1_000);
        server.on("tools/call", (call, wire) -> {
            server.on("tools/call", (again, wireAgain) -> wireAgain.json(200, again.text("anew")));
            wire.stream(PRIMER);
        });

        assertThat(mcp.with(CallOptions.defaults().idempotent())
                        .callTool("query", Map.of())
                        .text())
                .isEqualTo("anew");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\",\"params\":{}}\n\n"
            })
    void toolThatIsReadOnlyByTheWordOfASessionThatIsGoneIsNotRunAgain(String told) {
        server.on(
                "tools/list",
                (call, wire) -> wire.json(
                        200,
                        call.result("{\"tools\":[{\"name\":\"query\",\"inputSchema\":{\"type\":\"object\"},"
                                + "\"annotations\":{\"readOnlyHint\":true}}]}")));
        mcp.listTools();
        server.on("GET", (get, wire) -> wire.empty(404));
        server.on("tools/call", (call, wire) -> wire.stream(PRIMER + told));

        McpException failure = Failures.ofCall(mcp);

        assertThat(failure.code()).isEqualTo("MCP_SESSION_LOST");
        assertThat(server.calls("tools/call")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id: 8\ndata: {\"jsonrpc\":\"2.0\",\"id\":",
                "id: 8\ndata: {\"jsonrpc\":\"2.0\",\n",
                "id: 8\nda",
                "id: 8\n",
                "id: 8",
                "retry: 99999999",
                "id: 8\ndata:"
            })
    void streamThatEndsInTheMiddleOfAnEventIsResumedBeforeIt(String half) {
        server.on("tools/call", (call, wire) -> {
            server.on("GET", (get, wireAgain) -> wireAgain.stream("id: 8\ndata: " + call.text("late") + "\n\n"));
            wire.stream(PRIMER + half);
        });

        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("late");
        assertThat(server.calls("GET"))
                .extracting(get -> get.header("Last-Event-ID"))
                .containsExactly("7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id: 8\ndata:\n", "id: 8\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/later\"}"})
    void eventThatLacksItsBlankLineAloneHasBeenHad(String event) {
        server.on("tools/call", (call, wire) -> {
            server.on("GET", (get, wireAgain) -> wireAgain.stream("data: " + call.text("late") + "\n\n"));
            wire.stream(PRIMER + event);
        });

        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("late");
        assertThat(server.calls("GET"))
                .extracting(get -> get.header("Last-Event-ID"))
                .containsExactly("8");
    }

    @Test
    void halfAnAnswerThatCannotBeResumedIsALostOne() {
        server.on("tools/call", (call, wire) -> wire.stream("data: {\"jsonrpc\":\"2.0\",\"id\":"));

        assertThat(Failures.ofCall(mcp).code()).isEqualTo("MCP_ANSWER_LOST");
        assertThat(server.calls("GET")).isEmpty();
    }

    /** A call whose stream ends before the answer, which is there once so many resumptions have failed. */
    private void interrupted(Script failure, int times) {
        server.on("tools/call", (call, wire) -> {
            server.on("GET", (get, wireAgain) -> {
                if (resumed.incrementAndGet() <= times) {
                    failure.answer(get, wireAgain);
                } else {
                    answer(call, wireAgain);
                }
            });
            wire.stream(PRIMER);
        });
    }

    private static void answer(Call call, ScriptedMcpServer.Wire wire) throws IOException {
        wire.stream("id: 9\ndata: " + call.text("late") + "\n\n");
    }
}
