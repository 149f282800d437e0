// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import example.app.ScriptedMcpServer.Call;
import io.tokenfederation.mcp.CallOptions;
import io.tokenfederation.mcp.LogLevel;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpException;
import io.tokenfederation.mcp.ServerInfo;
import io.tokenfederation.mcp.Tool;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The modern era (2026-07-28): no session, and everything said with each request. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class McpModernTest {
    private static final String META = "io.modelcontextprotocol/";

    private ScriptedMcpServer server;
    private McpClient mcp;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedMcpServer().modern();
        mcp = McpClient.builder(server.uri()).tokens(new Tokens(Failures.TOKEN)).build();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void firstUseAsksWhoIsThereAndNothingIsInitialized() {
        mcp.callTool("query", Map.of());
        mcp.callTool("query", Map.of());

        assertThat(server.calls)
                .extracting(Call::method)
                .containsExactly("server/discover", "tools/call", "tools/call");
    }

    @Test
    void everyRequestSaysWhatItIsInHeadersAndBody() {
        mcp.callTool("query", Map.of("sql", "SELECT 1"));
        mcp.listTools();

        assertThat(server.calls).hasSize(3).allSatisfy(call -> {
            JsonNode meta = call.param("_meta");
            assertThat(call.header("MCP-Protocol-Version")).isEqualTo("2026-07-28");
            assertThat(call.header("Mcp-Method")).isEqualTo(call.method());
            assertThat(call.headers()).doesNotContainKey("mcp-session-id");
            assertThat(meta.path(META + "protocolVersion").asText()).isEqualTo("2026-07-28");
            assertThat(meta.path(META + "clientCapabilities").toString()).isEqualTo("{}");
            assertThat(meta.path(META + "clientInfo").path("name").asText()).isEqualTo("federation-mcp-client");
        });
        assertThat(server.calls).extracting(call -> call.header("Mcp-Name")).containsExactly("", "query", "");
        assertThat(server.calls.get(1).param("arguments", "sql").asText()).isEqualTo("SELECT 1");
    }

    @ParameterizedTest
    @CsvSource({
        "get_weather, get_weather",
        "'a b', 'a b'",
        "'Hello, 世界', =?base64?SGVsbG8sIOS4lueVjA==?=",
        "' padded ', =?base64?IHBhZGRlZCA=?=",
        "=?base64?literal?=, =?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?="
    })
    void nameThatAHeaderCannotCarryIsEncoded(String name, String sent) {
        mcp.callTool(name, Map.of());

        assertThat(server.calls("tools/call").get(0).header("Mcp-Name")).isEqualTo(sent);
    }

    @Test
    void lineBreaksInANameMakeNoHeader() {
        mcp.callTool("a\r\nX-Evil: 1", Map.of());

        assertThat(server.calls("tools/call").get(0).headers()).doesNotContainKey("x-evil");
    }

    @Test
    void serverTellsWhatItIs() {
        assertThat(mcp.server())
                .isEqualTo(new ServerInfo("scripted", "9", "2026-07-28", "be gentle", "{\"tools\":{}}"));
        assertThat(server.calls).hasSize(1);
    }

    @Test
    void refusedVersionIsReplacedByOneTheServerNames() {
        server.on("server/discover", (call, wire) -> {
            server.modern();
            wire.json(400, call.error(-32022, "Unsupported", "{\"supported\":[\"2026-07-28\",\"2025-11-25\"]}"));
        });

        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("done");
        assertThat(server.calls)
                .extracting(Call::method)
                .containsExactly("server/discover", "server/discover", "tools/call");
    }

    @Test
    void serverThatNamesOnlyVersionsNobodyHereSpeaksIsATypedFailure() {
        server.on(
                "server/discover",
                (call, wire) -> wire.json(400, call.error(-32022, "Unsupported", "{\"supported\":[\"2031-01-01\"]}")));
        assertThat(Failures.ofCall(mcp).code()).isEqualTo("MCP_VERSION_UNSUPPORTED");

        server.on(
                "server/discover",
                (call, wire) -> wire.json(200, call.result(ScriptedMcpServer.discoverResult("2031-01-01"))));
        assertThat(Failures.ofCall(mcp)).hasMessageContaining("2031-01-01");
        assertThat(server.calls("initialize")).isEmpty();
    }

    @Test
    void versionRefusedLaterIsFoundOutAnewAndTheCallSentAgain() {
        mcp.callTool("query", Map.of());
        server.on("tools/call", (call, wire) -> {
            server.on("tools/call", (again, wireAgain) -> wireAgain.json(200, again.text("again")));
            wire.json(400, call.error(-32022, "Unsupported", "{\"supported\":[\"2026-07-28\"]}"));
        });

        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("again");
        assertThat(server.calls("server/discover")).hasSize(2);
    }

    @Test
    void closedClientSaysNothingToAServerWithoutSessions() {
        mcp.callTool("query", Map.of());

        mcp.close();

        assertThat(server.calls("DELETE")).isEmpty();
    }

    @Test
    void requestOfTheServersOwnEndsTheCallAtOnce() {
        server.on("tools/call", (call, wire) -> {
            wire.beginStream();
            wire.chunk("data: {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"roots/list\"}\n\n");
            server.stall();
        });

        assertThat(Failures.ofCall(mcp).code()).isEqualTo("MCP_REPLY_UNREADABLE");
        assertThat(server.calls("error")).isEmpty();
    }

    @Test
    void brokenStreamIsNotResumed() {
        server.on("tools/call", (call, wire) -> wire.stream("id: 7\nretry: 0\ndata:\n\n"));

        assertThat(Failures.ofCall(mcp).code()).isEqualTo("MCP_ANSWER_LOST");
        assertThat(server.calls("GET")).isEmpty();
    }

    @Test
    void unknownMethodIsNoReasonToGoBackAnEra() {
        server.on("tools/list", (call, wire) -> wire.json(404, call.error(-32601, "Method not found")));

        assertThatThrownBy(mcp::listTools)
                .isInstanceOfSatisfying(
                        McpException.class, e -> assertThat(e.rpcCode()).hasValue(-32601));
        mcp.callTool("query", Map.of());

        assertThat(server.calls("server/discover")).hasSize(1);
    }

    @Test
    void progressAndLogsAreAskedForAndHandedOn() {
        server.on("tools/call", (call, wire) -> {
            wire.beginStream();
            wire.chunk("data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":"
                    + call.param("_meta", "progressToken").asInt()
                    + ",\"progress\":1,\"total\":4,\"message\":\"m\"}}\n\n");
            wire.chunk("data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":"
                    + "{\"level\":\"warning\",\"logger\":\"l\",\"data\":{\"a\":1}}}\n\n");
            wire.chunk("data: " + call.text("done") + "\n\n");
            wire.endStream();
        });
        List<String> heard = new CopyOnWriteArrayList<>();
        CallOptions options = CallOptions.defaults()
                .onProgress(progress -> heard.add(progress.fraction() + " " + progress.message()))
                .onLog(LogLevel.WARNING, log -> heard.add(log.level() + " " + log.logger() + " " + log.data()));

        mcp.with(options).callTool("query", Map.of());
        mcp.callTool("query", Map.of());

        assertThat(heard).containsExactly("0.25 m", "warning l {\"a\":1}");
        List<Call> calls = server.calls("tools/call");
        assertThat(calls.get(0).param("_meta", META + "logLevel").asText()).isEqualTo("warning");
        assertThat(calls.get(1).param("_meta").has("progressToken")).isFalse();
        assertThat(calls.get(1).param("_meta").has(META + "logLevel")).isFalse();
    }

    @Test
    void argumentsTheToolWantsInHeadersAreSentThere() {
        list("{\"type\":\"object\",\"properties\":{\"region\":{\"type\":\"string\",\"x-mcp-header\":\"Region\"},"
                + "\"where\":{\"properties\":{\"zone\":{\"type\":\"integer\",\"x-mcp-header\":\"Zone\"}}},"
                + "\"dry\":{\"type\":\"boolean\",\"x-mcp-header\":\"Dry\"}}}");
        mcp.listTools();

        mcp.callTool("query", Map.of("region", "ü", "where", Map.of("zone", 7.0)));

        Call call = server.calls("tools/call").get(0);
        assertThat(call.header("Mcp-Param-Region")).isEqualTo("=?base64?w7w=?=");
        assertThat(call.header("Mcp-Param-Zone")).isEqualTo("7");
        assertThat(call.headers()).doesNotContainKey("mcp-param-dry");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"properties\":{\"a\":{\"type\":\"number\",\"x-mcp-header\":\"A\"}}}",
                "{\"properties\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":\"\"}}}",
                "{\"properties\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":\"A b\"}}}",
                "{\"properties\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":7}}}",
                "{\"properties\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":\"X\"},"
                        + "\"b\":{\"type\":\"string\",\"x-mcp-header\":\"x\"}}}",
                "{\"properties\":{\"a\":{\"type\":\"array\",\"items\":{\"type\":\"string\",\"x-mcp-header\":\"A\"}}}}",
                "{\"anyOf\":[{\"properties\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":\"A\"}}}]}",
                "{\"$defs\":{\"d\":{\"type\":\"string\",\"x-mcp-header\":\"A\"}}}",
                "{\"x-mcp-header\":\"A\"}"
            })
    void toolWhoseWishForHeadersIsInvalidIsLeftOutAndTheOthersStay(String schema) {
        list(schema);

        assertThat(mcp.listTools()).extracting(Tool::name).containsExactly("other");
    }

    @Test
    void callWithoutTheHeadersAToolWantsIsSentAgainWithThem() {
        list("{\"properties\":{\"region\":{\"type\":\"string\",\"x-mcp-header\":\"Region\"}}}");
        server.on("tools/call", (call, wire) -> {
            if (call.header("Mcp-Param-Region").isEmpty()) {
                wire.json(400, call.error(-32020, "Header mismatch"));
            } else {
                wire.json(200, call.text("ran in " + call.header("Mcp-Param-Region")));
            }
        });

        assertThat(mcp.callTool("query", Map.of("region", "eu")).text()).isEqualTo("ran in eu");
        assertThat(server.calls("tools/call")).hasSize(2);
        assertThatThrownBy(() -> mcp.callTool("query", Map.of()))
                .isInstanceOfSatisfying(
                        McpException.class, e -> assertThat(e.rpcCode()).hasValue(-32020));
    }

    private void list(String schema) {
        server.on(
                "tools/list",
                (call, wire) -> wire.json(
                        200,
                        call.result("{\"tools\":[{\"name\":\"query\",\"inputSchema\":" + schema
                                + "},{\"name\":\"other\",\"inputSchema\":{\"properties\":{\"x-mcp-header\":{\"type\":"
                                + "\"string\"}}}}]}")));
    }
}
