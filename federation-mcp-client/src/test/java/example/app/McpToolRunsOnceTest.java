// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import example.app.ScriptedMcpServer.Script;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpException;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Refusals that may come after the tool has run: whatever they speak of, the call is not sent again. */
class McpToolRunsOnceTest {
    private static final String EXCEPTION = "{\"jsonRpcError\":{\"code\":-32603,\"message\":\"boom\"},"
            + "\"stackTrace\":[{\"className\":\"io.modelcontextprotocol.spec.McpStreamableServerSession\"}]}";

    private final Tokens tokens = new Tokens(Failures.TOKEN, "new");
    private ScriptedMcpServer server;
    private McpClient mcp;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedMcpServer();
        mcp = McpClient.builder(server.uri()).tokens(tokens).build();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                arguments("MCP_REQUEST_REFUSED", json(400, EXCEPTION)),
                arguments("MCP_REQUEST_REFUSED", text(400, "SQL error: ALTER SESSION failed, no such parameter")),
                arguments("MCP_REQUEST_REFUSED", text(400, "SQL error: session not found")),
                arguments("MCP_REQUEST_REFUSED", text(400, "Session not found. " + "x".repeat(300))),
                arguments("MCP_REQUEST_REFUSED", json(400, "{\"error\":\"the Spark session not found\"}")),
                arguments("MCP_PROTOCOL_ERROR", error(400, "null", -32000, "SQL error: invalid session")),
                arguments("MCP_PROTOCOL_ERROR", own(400, -32000, "Session not found")),
                arguments("MCP_PROTOCOL_ERROR", own(404, -32002, "Resource not found")),
                arguments("MCP_PROTOCOL_ERROR", own(404, -32000, "SQL error: session not found")),
                arguments("TOKEN_REJECTED", own(401, -32001, "Unauthorized")),
                arguments("TOKEN_REJECTED", (Script) (call, wire) ->
                        wire.reply(401, "text/event-stream", "data: " + call.error(-32001, "Unauthorized") + "\n\n")),
                arguments("TOKEN_REJECTED", (Script)
                        (call, wire) -> wire.json(401, "[" + call.error(-32001, "Unauthorized") + "]")),
                arguments("MCP_LOGIN_REDIRECT", own(302, -32000, "see there")),
                arguments("PERMISSION_DENIED", text(403, "downstream: token expired")),
                arguments("PERMISSION_DENIED", json(403, "{\"message\":\"downstream: token expired\"}")),
                arguments("PERMISSION_DENIED", own(403, -32000, "Invalid access token.")),
                arguments("MCP_REQUEST_REFUSED", text(400, "JWT has expired")));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void callIsSentOnce(String code, Script refusal) {
        server.on("tools/call", refusal);

        McpException failure = Failures.ofCall(mcp);

        assertThat(failure.code()).isEqualTo(code);
        assertThat(server.calls("tools/call")).hasSize(1);
        assertThat(server.calls("initialize")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"-32022, 200", "-32020, 200", "-32050, 200", "-32022, 400", "-32020, 400", "-32050, 400"})
    void numberOfAToolsOwnRunsItOnceInAnOlderSession(int code, int status) {
        server.on("tools/call", ownWithVersions(status, code));

        assertThat(Failures.ofCall(mcp).rpcCode()).hasValue(code);

        assertThat(server.calls("tools/call")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {-32022, -32020, -32050})
    void numberOfAToolsOwnEndsNobodysSession(int code) {
        server.on("tools/call", ownWithVersions(200, code));
        McpException failure = Failures.ofCall(mcp);
        server.on("tools/call", (call, wire) -> wire.json(200, call.text("done")));

        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("done");
        assertThat(failure.code()).isEqualTo("MCP_PROTOCOL_ERROR");
        assertThat(server.calls("initialize")).hasSize(1);
    }

    @Test
    void numberOfAToolsOwnBringsNoHeadersToAnOlderSession() {
        server.on(
                "tools/list",
                (call, wire) -> wire.json(
                        200,
                        call.result(
                                "{\"tools\":[{\"name\":\"query\",\"inputSchema\":{\"properties\":{\"sql\":{\"type\":"
                                        + "\"string\",\"x-mcp-header\":\"Sql\"}}}}]}")));
        server.on("tools/call", ownWithVersions(400, -32020));

        Failures.ofCall(mcp);

        assertThat(server.calls("tools/call")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"-32022, 200, true", "-32020, 200, true", "-32022, 400, false"})
    void numberOfAToolsOwnRunsItOnceInANewerSession(int code, int status, boolean versions) {
        server.modern();
        server.on("tools/call", versions ? ownWithVersions(status, code) : own(status, code, "Insufficient funds"));

        Failures.ofCall(mcp);

        assertThat(server.calls("tools/call")).hasSize(1);
    }

    @Test
    void tokenIsReportedAllTheSameSoThatTheNextCallHasAnother() {
        server.on("tools/call", own(401, -32001, "Unauthorized"));
        assertThat(Failures.ofCall(mcp).code()).isEqualTo("TOKEN_REJECTED");
        server.on("tools/call", (call, wire) -> wire.json(200, call.text(call.header("Authorization"))));

        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("Bearer new");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 404})
    void refusalTooLongToReadIsNotTakenForOneWithoutOurId(int status) {
        server.on("tools/call", (call, wire) -> wire.json(status, call.error(-32000, "x".repeat(100_000))));

        Failures.ofCall(mcp);

        assertThat(server.calls("tools/call")).hasSize(1);
    }

    @Test
    void sessionLostByARefusalTooLongToReadIsBegunAnewByTheNextCall() {
        server.on("tools/call", (call, wire) -> wire.reply(404, "text/html", "x".repeat(100_000)));
        McpException failure = Failures.ofCall(mcp);
        server.on("tools/call", (call, wire) -> wire.json(200, call.text("done")));

        assertThat(failure.code()).isEqualTo("MCP_SESSION_LOST");
        assertThat(failure.fix()).contains("has run is not known");
        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("done");
        assertThat(server.calls("initialize")).hasSize(2);
    }

    private static Script json(int status, String body) {
        return (call, wire) -> wire.json(status, body);
    }

    private static Script text(int status, String body) {
        return (call, wire) -> wire.reply(status, "text/plain", body);
    }

    private static Script own(int status, int code, String message) {
        return (call, wire) -> wire.json(status, call.error(code, message));
    }

    private static Script ownWithVersions(int status, int code) {
        return (call, wire) ->
                wire.json(status, call.error(code, "Insufficient funds", "{\"supported\":[\"2026-07-28\"]}"));
    }

    private static Script error(int status, String id, int code, String message) {
        return json(
                status,
                "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"error\":{\"code\":" + code + ",\"message\":\"" + message
                        + "\"}}");
    }
}
