// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import example.app.ScriptedMcpServer.Call;
import example.app.ScriptedMcpServer.Script;
import example.app.ScriptedMcpServer.Wire;
import io.tokenfederation.mcp.CallOptions;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that was started anew, and says 400 in words nobody can know to whatever it gets in the old session. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class McpLostSessionTest {
    private final AtomicInteger sessions = new AtomicInteger();
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
        mcp = McpClient.builder(server.uri()).tokens(new Tokens(Failures.TOKEN)).build();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Sitzung unbekannt",
                "{\"error\":\"no such thing\"}",
                "{\"error\":",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32000,\"message\":\"who are you\"}}"
            })
    void nextCallBeginsAnewWhateverTheWords(String words) {
        restarted(refusing(400, words));

        McpException failure = Failures.ofCall(mcp);

        assertThat(failure.code()).isEqualTo("MCP_SESSION_LOST");
        assertThat(failure.retryable()).isTrue();
        assertThat(failure.fix()).contains("has run is not known");
        assertThat(server.calls("tools/call")).hasSize(1);
        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("done");
        assertThat(server.calls("initialize")).hasSize(1);
    }

    @Test
    void whatMayRunTwiceIsSentOnceMore() {
        restarted(refusing(400, ""));

        assertThat(mcp.listTools()).isEmpty();

        assertThat(server.calls("tools/list")).hasSize(2);
        assertThat(server.calls("ping")).hasSize(1);
    }

    @Test
    void serverThatKnowsNoSessionAtAllEndsTheCall() {
        Script refusal = (call, wire) -> wire.empty(400);
        server.on("tools/list", refusal).on("ping", refusal);

        assertThatThrownBy(mcp::listTools)
                .isInstanceOfSatisfying(
                        McpException.class, e -> assertThat(e.code()).isEqualTo("MCP_SESSION_LOST"));
        assertThat(server.calls("tools/list")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410, 422})
    void pingMayBeRefusedByAnotherStatus(int status) {
        restarted((call, wire) -> wire.empty(call.method().equals("ping") ? status : 400));

        Failures.ofCall(mcp);

        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("done");
    }

    @Test
    void refusalOfTheArgumentsLeavesSessionAndNeighboursAlone() throws Exception {
        CountDownLatch refused = new CountDownLatch(1);
        server.on("tools/call", (call, wire) -> {
            if (call.param("name").asText().equals("query")) {
                wire.json(400, "{\"error\":\"sql is missing\"}");
            } else {
                ScriptedMcpServer.awaitQuietly(refused);
                wire.json(200, call.text("slow"));
            }
        });
        CompletableFuture<String> neighbour =
                mcp.async().callTool("slow", Map.of()).thenApply(result -> result.text());

        McpException failure = Failures.ofCall(mcp);
        refused.countDown();

        assertThat(failure.code()).isEqualTo("MCP_REQUEST_REFUSED");
        assertThat(failure).hasMessageContaining("sql is missing");
        assertThat(neighbour.get()).isEqualTo("slow");
        assertThat(server.calls("initialize")).hasSize(1);
        assertThat(server.calls("ping")).singleElement().satisfies(ping -> {
            assertThat(ping.header("Mcp-Session-Id")).isEqualTo("session-1");
            assertThat(ping.header("Authorization")).isEqualTo("Bearer " + Failures.TOKEN);
        });
    }

    @Test
    void serverThatDoesNotKnowPingKnowsTheSession() {
        server.on("tools/call", (call, wire) -> wire.empty(400));
        server.on("ping", (call, wire) -> wire.json(400, call.error(-32601, "Method not found")));

        assertThat(Failures.ofCall(mcp).code()).isEqualTo("MCP_REQUEST_REFUSED");
        assertThat(server.calls("initialize")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 429, 500})
    void refusalOfPingForAnotherReasonSaysNothingOfTheSession(int status) {
        server.on("tools/call", (call, wire) -> wire.json(400, "{\"error\":\"sql is missing\"}"));
        server.on("ping", (call, wire) -> wire.empty(status));

        assertThat(Failures.ofCall(mcp).code()).isEqualTo("MCP_REQUEST_REFUSED");
        server.on("tools/call", (call, wire) -> wire.json(200, call.text("done")));

        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("done");
        assertThat(server.calls("initialize")).hasSize(1);
    }

    @Test
    void pingThatIsNotAnsweredTakesNoLongerThanTheCallMay() {
        server.on("tools/call", (call, wire) -> wire.empty(400));
        server.on("ping", (call, wire) -> server.stall());
        mcp.server();
        McpClient hasty = mcp.with(CallOptions.defaults().timeout(Duration.ofSeconds(1)));

        assertThat(Failures.ofCall(hasty).code()).isEqualTo("MCP_REQUEST_REFUSED");
    }

    @Test
    void answerToTheRequestIsNoReasonToAsk() {
        server.on("tools/call", (call, wire) -> wire.json(400, call.error(-32602, "sql is missing")));

        assertThat(Failures.ofCall(mcp).code()).isEqualTo("MCP_PROTOCOL_ERROR");
        assertThat(server.calls("ping")).isEmpty();
    }

    @Test
    void listeningThatIsRefusedForTheSessionEndsIt() {
        restarted(refusing(400, ""));
        CompletableFuture<Void> listening = mcp.async().listen(Set.of(), change -> {});
        assertThatThrownBy(listening::get).hasCauseInstanceOf(McpException.class);

        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("done");
        assertThat(server.calls("initialize")).hasSize(1);
    }

    /** After a first call, which nobody counts, whatever comes in the first session is refused so. */
    private void restarted(Script refusal) {
        mcp.callTool("query", Map.of());
        server.calls.clear();
        old("tools/call", refusal, (call, wire) -> wire.json(200, call.text("done")));
        old("tools/list", refusal, (call, wire) -> wire.json(200, call.result("{\"tools\":[]}")));
        old("ping", refusal, (call, wire) -> wire.json(200, call.result("{}")));
        old("GET", refusal, (call, wire) -> wire.empty(405));
    }

    private void old(String method, Script refusal, Script otherwise) {
        server.on(method, (call, wire) -> (first(call) ? refusal : otherwise).answer(call, wire));
    }

    private static boolean first(Call call) {
        return call.header("Mcp-Session-Id").equals("session-1");
    }

    private static Script refusing(int status, String words) {
        return (call, wire) -> answer(wire, status, words);
    }

    private static void answer(Wire wire, int status, String words) throws IOException {
        if (words.isEmpty()) {
            wire.empty(status);
        } else {
            wire.json(status, words);
        }
    }
}
