// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpException;
import io.tokenfederation.mcp.ToolResult;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arguments and answers as records of the application's own. */
class McpTypedTest {
    record Quarter(int year, int number) {}

    record Row(String region, BigDecimal amount) {}

    record Sales(List<Row> rows, long count) {}

    private static final String SALES =
            "{\"rows\":[{\"region\":\"west\",\"amount\":0.1234567890123456789012345,\"new\":[1]},"
                    + "{\"region\":null,\"amount\":1.10}],\"more\":{},\"count\":9007199254740993}";

    private ScriptedMcpServer server;
    private McpClient mcp;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedMcpServer().modern();
        mcp = McpClient.builder(server.uri()).tokens(new Tokens("t1")).build();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void recordsGoOutAndComeBackWithEveryDigit() {
        result("{\"content\":[{\"type\":\"text\",\"text\":\"...\"}],\"structuredContent\":" + SALES
                + ",\"isError\":false}");

        Sales sales = mcp.callTool("sales_of", new Quarter(2026, 3), Sales.class);

        assertThat(sales.count()).isEqualTo(9007199254740993L);
        assertThat(sales.rows().get(0)).isEqualTo(new Row("west", new BigDecimal("0.1234567890123456789012345")));
        assertThat(sales.rows().get(1).amount()).isEqualTo(new BigDecimal("1.10"));
        assertThat(server.calls("tools/call").get(0).param("arguments").toString())
                .isEqualTo("{\"year\":2026,\"number\":3}");
    }

    @Test
    void answerIsTheSameWhereverItsIdStands() {
        server.on(
                "tools/call",
                (call, wire) -> wire.json(
                        200,
                        "{\"result\":{\"isError\":false,\"structuredContent\":" + SALES + ",\"content\":[]},\"id\":"
                                + call.message().path("id") + ",\"jsonrpc\":\"2.0\"}"));

        assertThat(mcp.callTool("sales_of", Map.of(), Sales.class).rows()).hasSize(2);
    }

    @Test
    void wrongIdIsNoticedThoughTheResultCameFirst() {
        server.on(
                "tools/call",
                (call, wire) -> wire.json(
                        200, "{\"result\":{\"structuredContent\":" + SALES + "},\"id\":4711,\"jsonrpc\":\"2.0\"}"));

        assertThat(failure().code()).isEqualTo("MCP_REPLY_UNREADABLE");
    }

    @Test
    void toolThatKnowsNoStructuredContentIsReadFromItsText() {
        result("{\"content\":[{\"type\":\"text\",\"text\":\"{\\\"rows\\\":[],\\\"count\\\":7}\"}]}");

        assertThat(mcp.callTool("sales_of", Map.of(), Sales.class)).isEqualTo(new Sales(List.of(), 7));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"content\":[{\"type\":\"text\",\"text\":\"no such canary\"}],\"isError\":true}",
                "{\"isError\":true,\"content\":[{\"type\":\"text\",\"text\":\"no such canary\"}],\"structuredContent\":{}}",
                "{\"structuredContent\":{\"rows\":7,\"x\":[{}]},\"content\":[{\"type\":\"text\",\"text\":\"no such canary\"}],\"isError\":true}"
            })
    void toolThatFailedIsAFailureThatKeepsWhatItSaid(String result) {
        result(result);

        McpException failure = failure();

        assertThat(failure.code()).isEqualTo("MCP_TOOL_FAILED");
        assertThat(failure).hasMessageContaining("no such canary");
        assertThat(failure.toolResult()).map(ToolResult::text).contains("no such canary");
        assertThat(failure.retryable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"structuredContent\":{\"rows\":\"canary\"},\"content\":[]}",
                "{\"structuredContent\":{\"rows\":[{\"amount\":\"canary\"}],\"count\":1},\"content\":[]}",
                "{\"structuredContent\":[\"canary\"],\"content\":[]}",
                "{\"structuredContent\":\"canary\",\"content\":[]}",
                "{\"structuredContent\":null,\"content\":[]}",
                "{\"content\":[{\"type\":\"text\",\"text\":\"canary\"}]}",
                "{\"content\":[{\"type\":\"text\",\"text\":\"{\\\"rows\\\":\\\"canary\\\"}\"}]}",
                "{\"content\":[{\"type\":\"text\",\"text\":\"{}\"},{\"type\":\"text\",\"text\":\"{}\"}]}",
                "{}"
            })
    void whatDoesNotFitIsATypedFailureWithoutTheData(String result) {
        result(result);

        McpException failure = failure();

        assertThat(failure.code()).isEqualTo("MCP_RESULT_MISMATCH");
        assertThat(failure).hasNoCause();
        assertThat(failure.getMessage()).doesNotContain("canary");
    }

    @Test
    void placeOfTheMisfitIsNamed() {
        result("{\"structuredContent\":{\"rows\":[{\"amount\":1},{\"amount\":\"x\"}]},\"content\":[]}");

        assertThat(failure()).hasMessageContaining("does not fit Sales at .rows[1].amount");
    }

    @Test
    void resultIsReadAsARecordLaterToo() {
        result("{\"content\":[],\"structuredContent\":" + SALES + "}");

        ToolResult result = mcp.callTool("sales_of", Map.of());

        assertThat(result.structuredContent(Sales.class)).map(Sales::count).contains(9007199254740993L);
        assertThat(result.structuredJson()).contains(SALES);
        assertThatThrownBy(() -> result.structuredContent(Integer.class))
                .isInstanceOfSatisfying(
                        McpException.class, e -> assertThat(e.code()).isEqualTo("MCP_RESULT_MISMATCH"));
    }

    @Test
    void resultWithoutDataIsEmpty() {
        result("{\"content\":[],\"structuredContent\":null}");

        assertThat(mcp.callTool("sales_of", Map.of()).structuredContent(Sales.class))
                .isEmpty();
    }

    @Test
    void argumentsThatAreNoObjectAreMisuseAndNotSent() {
        assertThatThrownBy(() -> mcp.callTool("sales_of", List.of(1), Sales.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("record or a map");
        assertThat(server.calls).isEmpty();
    }

    @Test
    void promiseAListHasToldIsHeldAgainstTheData() {
        server.on(
                "tools/list",
                (call, wire) -> wire.json(
                        200,
                        call.result(
                                "{\"tools\":[{\"name\":\"sales_of\",\"outputSchema\":"
                                        + "{\"type\":\"object\",\"required\":[\"count\"],\"properties\":{\"rows\":{\"type\":\"array\"}}}}]}")));
        result("{\"content\":[],\"structuredContent\":{\"rows\":[]}}");
        assertThat(mcp.callTool("sales_of", Map.of(), Sales.class).rows()).isEmpty();
        mcp.listTools();

        assertThat(failure())
                .hasMessageContaining("output schema")
                .hasMessageContaining(".count is missing")
                .extracting(McpException::code)
                .isEqualTo("MCP_RESULT_MISMATCH");
        result("{\"content\":[],\"structuredContent\":{\"rows\":[],\"count\":1}}");
        assertThat(mcp.callTool("sales_of", Map.of(), Sales.class).count()).isEqualTo(1);
    }

    @Test
    void textInPlaceOfDataIsHeldAgainstThePromiseToo() {
        server.on(
                "tools/list",
                (call, wire) -> wire.json(
                        200,
                        call.result("{\"tools\":[{\"name\":\"sales_of\",\"outputSchema\":"
                                + "{\"properties\":{\"count\":{\"minimum\":8}}}}]}")));
        mcp.listTools();

        result("{\"content\":[{\"type\":\"text\",\"text\":\"{\\\"rows\\\":[],\\\"count\\\":7}\"}]}");
        assertThat(failure()).hasMessageContaining("output schema").hasMessageContaining(".count is too small");
        result("{\"content\":[{\"type\":\"text\",\"text\":\"{\\\"rows\\\":[],\\\"count\\\":8}\"}]}");
        assertThat(mcp.callTool("sales_of", Map.of(), Sales.class).count()).isEqualTo(8);
        result("{\"content\":[{\"type\":\"text\",\"text\":\"none\"}]}");
        assertThat(failure()).hasMessageContaining("its text is no JSON");
    }

    private McpException failure() {
        McpException failure =
                catchThrowableOfType(McpException.class, () -> mcp.callTool("sales_of", Map.of(), Sales.class));
        assertThat(failure).isNotNull();
        return failure;
    }

    private void result(String result) {
        server.on("tools/call", (call, wire) -> wire.json(200, call.result(result)));
    }
}
