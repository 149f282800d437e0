// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import example.app.ScriptedMcpServer.Call;
import io.tokenfederation.mcp.Change;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What real servers have been seen to do: each is survived, and none waits for the hour that a call may take here. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class McpFieldCasesTest {
    private ScriptedMcpServer server;
    private McpClient mcp;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedMcpServer();
        mcp = McpClient.builder(server.uri())
                .tokens(new Tokens(Failures.TOKEN, "second"))
                .requestTimeout(Duration.ofHours(1))
                .build();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void resumedStreamMaySendNoHeadersBeforeItsFirstEvent() {
        CountDownLatch later = new CountDownLatch(1);
        server.on("tools/call", (call, wire) -> {
            server.on("GET", (get, wireAgain) -> {
                server.waitFor(Duration.ofMillis(50));
                later.countDown();
                wireAgain.stream("data: " + call.text("late") + "\n\n");
            });
            wire.stream("id: session-1\nretry: 0\ndata:\n\n");
        });

        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("late");
        assertThat(later.getCount()).isZero();
    }

    @Test
    void streamOfNewsMaySendNoHeadersBeforeItsFirstEventAndNeverEnd() throws Exception {
        BlockingQueue<Change> changes = new LinkedBlockingQueue<>();
        server.on("GET", (call, wire) -> {
            server.waitFor(Duration.ofMillis(50));
            wire.beginStream();
            wire.chunk(
                    "id: session-1\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}\n\n");
        });

        CompletableFuture<Void> listening = mcp.async().listen(Set.of(), changes::add);

        assertThat(changes.take().kind()).isEqualTo(Change.Kind.TOOLS);
        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("done");
        assertThat(listening).isNotDone();
    }

    @Test
    void everyEventMayHaveTheSessionForItsId() {
        server.on(
                "tools/call",
                (call, wire) -> wire.stream("id: session-1\ndata:\n\nid: session-1\ndata: " + call.text("a") + "\n\n"));

        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("a");
        assertThat(server.calls("GET")).isEmpty();
    }

    @Test
    void statelessServerThatAnswersTheQuestionOfItsEraByAnErrorWorks() {
        server.on("server/discover", (call, wire) -> wire.json(200, call.error(-32601, "Method not found")));
        server.on(
                "initialize",
                (call, wire) -> wire.json(200, call.result(ScriptedMcpServer.initializeResult("2025-06-18"))));
        server.on("DELETE", (call, wire) -> wire.empty(405));

        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("done");
        mcp.close();

        Call call = server.calls("tools/call").get(0);
        assertThat(call.header("MCP-Protocol-Version")).isEqualTo("2025-06-18");
        assertThat(call.headers()).doesNotContainKey("mcp-session-id");
        assertThat(server.calls("DELETE")).isEmpty();
    }

    @Test
    void modernServerMayAnswerWithoutSayingThatTheResultIsComplete() {
        server.modern();

        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("done");
    }

    @ParameterizedTest
    @ValueSource(strings = {"task", "later", "?"})
    void kindOfResultThatNobodyKnowsIsATypedFailure(String kind) {
        server.modern();
        server.on(
                "tools/call",
                (call, wire) -> wire.json(200, call.result("{\"resultType\":\"" + kind + "\",\"content\":[]}")));

        assertThat(Failures.ofCall(mcp).code()).isEqualTo("MCP_REPLY_UNREADABLE");
    }

    @Test
    void exceptionOfAServerIsNotRepeated() {
        server.modern();
        server.on(
                "tools/call",
                (call, wire) -> wire.json(
                        400,
                        "{\"jsonRpcError\":{\"code\":-32602,\"message\":\"secret\"},\"stackTrace\":[{\"className\":\"x.Y\"}],"
                                + "\"localizedMessage\":\"boom\"}"));

        McpException failure = Failures.ofCall(mcp);

        assertThat(failure.code()).isEqualTo("MCP_REQUEST_REFUSED");
        assertThat(failure).hasMessageNotContaining("stackTrace").hasMessageNotContaining("x.Y");
        assertThat(server.calls("tools/call")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404})
    void refusalOfOneCallDisturbsNoNeighbour(int status) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch refused = new CountDownLatch(1);
        server.on("tools/call", (call, wire) -> {
            if (call.param("name").asText().equals("slow")) {
                begun.countDown();
                ScriptedMcpServer.awaitQuietly(refused);
                wire.stream("data: " + call.text("in time") + "\n\n");
            } else {
                wire.empty(status);
            }
        });
        CompletableFuture<String> neighbour =
                mcp.async().callTool("slow", Map.of()).thenApply(result -> result.text());
        begun.await();

        Failures.ofCall(mcp);
        refused.countDown();

        assertThat(neighbour.get()).isEqualTo("in time");
    }

    @Test
    void schemaThatPointsElsewhereIsNeverFollowed() throws IOException {
        try (ScriptedMcpServer elsewhere = new ScriptedMcpServer()) {
            String there = elsewhere.uri() + "/schema.json";
            server.on(
                    "tools/list",
                    (call, wire) -> wire.json(
                            200,
                            call.result("{\"tools\":[{\"name\":\"query\",\"inputSchema\":{\"$ref\":\"" + there
                                    + "\"},\"outputSchema\":{\"$ref\":\"" + there + "#/$defs/a\"}}]}")));
            server.on("tools/call", (call, wire) -> wire.json(200, call.result("{\"structuredContent\":{\"a\":1}}")));
            mcp.listTools();

            Map<?, ?> result = mcp.callTool("query", Map.of(), Map.class);
            assertThat(result.get("a")).isEqualTo(1);
            assertThat(elsewhere.connections()).isZero();
        }
    }
}
