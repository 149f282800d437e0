// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenfederation.mcp.Change;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpException;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The output schema that a list has told is held against data for as long as the tool can be thought to be the same. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class McpPromiseTest {
    record Sales(long count, long total) {}

    private static final String OLD = "{\"count\":1}";
    private static final String NEW = "{\"total\":2}";

    private CompletableFuture<Void> listening = CompletableFuture.completedFuture(null);
    private ScriptedMcpServer server;
    private McpClient mcp;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedMcpServer();
        mcp = McpClient.builder(server.uri()).tokens(new Tokens("t1")).build();
        listed("count");
        answered(OLD);
    }

    @AfterEach
    void stop() throws IOException {
        listening.cancel(true);
        server.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void serverWithAnotherSchemaFailsOneCallAndIsThenCheckedByItsNewOne(boolean modern) {
        era(modern);
        mcp.listTools();
        listed("total");
        answered(NEW);

        McpException failure = failure();

        assertThat(failure.code()).isEqualTo("MCP_RESULT_MISMATCH");
        assertThat(failure).hasMessageContaining("output schema");
        assertThat(failure.fix()).contains("The tool has run", "new list");
        assertThat(server.calls("tools/list")).hasSize(2);
        assertThat(call().total()).isEqualTo(2);
        answered(OLD);
        assertThat(failure()).hasMessageContaining(".total is missing");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void serverThatBreaksItsSchemaIsFoundOutEachTime(boolean modern) {
        era(modern);
        answered(NEW);
        mcp.listTools();

        for (int calls = 1; calls <= 3; calls++) {
            assertThat(failure()).hasMessageContaining(".count is missing");
            assertThat(server.calls("tools/list")).hasSize(1 + calls);
        }
    }

    @Test
    void whereNoListCanBeHadTheSchemaThatWasBrokenIsHeldAgainstNothing() {
        era(true);
        mcp.listTools();
        answered(NEW);
        server.on("tools/list", (call, wire) -> wire.json(200, call.error(-32603, "not now")));

        McpException failure = failure();

        assertThat(failure).hasMessageContaining(".count is missing");
        assertThat(failure.getSuppressed()).hasSize(1);
        assertThat(call().total()).isEqualTo(2);
        listed("count");
        mcp.listTools();
        assertThat(failure()).hasMessageContaining(".count is missing");
    }

    @Test
    void failureOfTheToolBreaksNoPromise() {
        era(true);
        mcp.listTools();
        result("{\"isError\":true,\"content\":[],\"structuredContent\":" + NEW + "}");
        assertThat(failure().code()).isEqualTo("MCP_TOOL_FAILED");

        mcp.listTools();
        answered(NEW);

        assertThat(failure()).hasMessageContaining("output schema");
        assertThat(server.calls("tools/list")).hasSize(2);
    }

    @Test
    void dataThatKeepsThePromiseAndNotTheTypeLeavesTheListAsItIs() {
        era(true);
        mcp.listTools();
        answered("{\"count\":\"many\"}");

        McpException failure = failure();
        mcp.listTools();

        assertThat(failure).hasMessageContaining("does not fit Sales");
        assertThat(failure.fix()).doesNotContain("new list");
        assertThat(server.calls("tools/list")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void listThatHasChangedPromisesNothingUntilItIsListedAnew(boolean modern) throws Exception {
        era(modern);
        mcp.listTools();
        answered(NEW);

        hearOfAChange(modern);

        assertThat(call().total()).isEqualTo(2);
        mcp.listTools();
        assertThat(failure()).hasMessageContaining(".count is missing");
    }

    @Test
    void promiseEndsWithTheSessionInWhichItWasMade() {
        mcp.listTools();
        server.on("tools/call", (call, wire) -> {
            answered(NEW);
            wire.empty(404);
        });

        assertThat(call().total()).isEqualTo(2);
        mcp.listTools();
        assertThat(failure()).hasMessageContaining(".count is missing");
    }

    private Sales call() {
        return mcp.callTool("sales_of", Map.of(), Sales.class);
    }

    private McpException failure() {
        McpException failure = catchThrowableOfType(McpException.class, this::call);
        assertThat(failure).as("the call should fail").isNotNull();
        return failure;
    }

    private void era(boolean modern) {
        if (modern) {
            server.modern();
        }
    }

    private void answered(String data) {
        result("{\"content\":[],\"structuredContent\":" + data + "}");
    }

    private void result(String result) {
        server.on("tools/call", (call, wire) -> wire.json(200, call.result(result)));
    }

    /** For an hour, by servers that can say so. */
    private void listed(String required) {
        server.on(
                "tools/list",
                (call, wire) -> wire.json(
                        200,
                        call.result("{\"ttlMs\":3600000,\"cacheScope\":\"public\",\"tools\":[{\"name\":\"sales_of\","
                                + "\"inputSchema\":{},\"outputSchema\":{\"required\":[\"" + required + "\"]}}]}")));
    }

    private void hearOfAChange(boolean modern) throws InterruptedException {
        BlockingQueue<Change> changes = new LinkedBlockingQueue<>();
        server.on(modern ? "subscriptions/listen" : "GET", (call, wire) -> {
            wire.beginStream();
            wire.chunk(modern ? notice("subscriptions/acknowledged") : ": open\n\n");
            wire.chunk(notice("tools/list_changed"));
        });
        listening = mcp.async().listen(Set.of(), changes::add);
        assertThat(changes.take().kind()).isEqualTo(Change.Kind.TOOLS);
    }

    private static String notice(String name) {
        return "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/" + name + "\",\"params\":{}}\n\n";
    }
}
