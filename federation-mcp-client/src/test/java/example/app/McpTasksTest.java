// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.Tool;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tools that can be called as tasks alone (2025-11-25), which this client does not do. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class McpTasksTest {
    private static final String TASKS = "{\"tasks\":{\"requests\":{\"tools\":{\"call\":{}}}}}";

    private ScriptedMcpServer server;
    private McpClient mcp;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedMcpServer();
        mcp = McpClient.builder(server.uri()).tokens(new Tokens("t1")).build();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void toolThatRunsAsATaskAloneIsATypedFailureAndNothingIsSent() {
        server(TASKS, "required");

        assertThat(mcp.listTools()).extracting(Tool::name).containsExactly("query");
        assertThat(Failures.ofCall(mcp).code()).isEqualTo("MCP_TASK_REQUIRED");
        assertThat(server.calls("tools/call")).isEmpty();
    }

    @Test
    void toolThatMayRunAsATaskIsCalledWithoutOne() {
        server(TASKS, "optional");
        mcp.listTools();

        mcp.callTool("query", Map.of());

        assertThat(server.calls("tools/call").get(0).param().has("task")).isFalse();
    }

    @Test
    void serverThatHasNoTasksIsNotBelievedThatAToolNeedsOne() {
        server("{\"tools\":{}}", "required");
        mcp.listTools();

        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("done");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void needOfATaskEndsWithTheSessionInWhichItWasTold(boolean modern) {
        server(TASKS, "required");
        mcp.listTools();
        assertThat(Failures.ofCall(mcp).code()).isEqualTo("MCP_TASK_REQUIRED");
        server.on("tools/call", (call, wire) -> {
            server.on("tools/call", (again, wireAgain) -> wireAgain.json(200, again.text("done")));
            wire.empty(404);
        });
        if (modern) {
            server.modern();
        }

        mcp.callTool("other", Map.of());

        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("done");
    }

    @Test
    void needOfATaskIsBelievedNoLongerThanUntilTheListHasChanged() throws Exception {
        server(TASKS, "required");
        mcp.listTools();
        CountDownLatch heard = new CountDownLatch(1);
        server.on("GET", (call, wire) -> {
            wire.beginStream();
            wire.chunk("data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}\n\n");
        });

        CompletableFuture<Void> listening = mcp.async().listen(Set.of(), change -> heard.countDown());
        heard.await();

        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("done");
        mcp.listTools();
        assertThat(Failures.ofCall(mcp).code()).isEqualTo("MCP_TASK_REQUIRED");
        listening.cancel(true);
    }

    private void server(String capabilities, String support) {
        server.on(
                "initialize",
                (call, wire) -> wire.json(
                        200,
                        call.result("{\"protocolVersion\":\"2025-11-25\",\"capabilities\":" + capabilities
                                + ",\"serverInfo\":{}}"),
                        "Mcp-Session-Id: session-1"));
        server.on(
                "tools/list",
                (call, wire) -> wire.json(
                        200,
                        call.result(
                                "{\"tools\":[{\"name\":\"query\",\"inputSchema\":{},\"execution\":{\"taskSupport\":\""
                                        + support + "\"}}]}")));
    }
}
