// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import example.app.ScriptedMcpServer.Call;
import example.app.ScriptedMcpServer.Script;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the client finds out in which era a server is: nothing but a modern answer keeps it in the modern one. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class McpEraTest {
    private ScriptedMcpServer server;
    private McpClient mcp;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedMcpServer();
        mcp = McpClient.builder(server.uri()).tokens(new Tokens(Failures.TOKEN)).build();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    static Stream<Arguments> legacyAnswers() {
        return Stream.of(
                answer("empty 400", (call, wire) -> wire.empty(400)),
                answer("empty 404", (call, wire) -> wire.empty(404)),
                answer("empty 405", (call, wire) -> wire.empty(405)),
                answer("406", (call, wire) -> wire.reply(406, "text/plain", "Not Acceptable")),
                answer("web page", (call, wire) -> wire.reply(404, "text/html", "<h1>Not Found</h1>")),
                answer(
                        "exception of a Java server",
                        (call, wire) -> wire.json(400, "{\"jsonRpcError\":{\"code\":-32601},\"stackTrace\":[]}")),
                answer("no session", (call, wire) -> wire.json(400, call.error(-32000, "No valid session ID"))),
                answer("unknown method", (call, wire) -> wire.json(200, call.error(-32601, "Method not found"))),
                answer("invalid parameters", (call, wire) -> wire.json(200, call.error(-32602, "Invalid"))),
                answer("unknown method, 404", (call, wire) -> wire.json(404, call.error(-32601, "Unknown"))),
                answer("a number of its own", (call, wire) -> wire.json(400, call.error(-32050, "Not initialized"))),
                answer("the next free number", (call, wire) -> wire.json(400, call.error(-32023, "No session"))),
                answer("a page to open", (call, wire) -> wire.json(400, call.error(-32042, "Log in first"))),
                answer("empty result", (call, wire) -> wire.json(200, call.result("{}"))),
                answer(
                        "legacy versions only",
                        (call, wire) -> wire.json(200, call.result(ScriptedMcpServer.discoverResult("2025-11-25")))),
                answer(
                        "refusal that names legacy versions only",
                        (call, wire) ->
                                wire.json(400, call.error(-32022, "Unsupported", "{\"supported\":[\"2025-06-18\"]}"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("legacyAnswers")
    void whatNoModernServerSaysLeadsToAHandshake(String what, Script answer) {
        server.on("server/discover", answer);

        assertThat(mcp.callTool("query", Map.of()).text()).as(what).isEqualTo("done");
        assertThat(mcp.server().protocolVersion()).isEqualTo("2025-11-25");
        assertThat(methods())
                .containsExactly("server/discover", "initialize", "notifications/initialized", "tools/call");
    }

    @ParameterizedTest
    @ValueSource(ints = {-32020, -32021, -32022})
    void errorThatOnlyAModernServerKnowsIsAFailureAtOnce(int code) {
        server.on("server/discover", (call, wire) -> wire.json(400, call.error(code, "No")));

        assertThat(Failures.ofCall(mcp).rpcCode()).hasValue(code);
        assertThat(server.calls("initialize")).isEmpty();
    }

    @Test
    void refusalOfANumberNobodyKnowsIsWhatTheCallerSeesWhenTheHandshakeIsRefusedToo() {
        server.on("server/discover", (call, wire) -> wire.json(400, call.error(-32050, "No")));
        server.on("initialize", (call, wire) -> wire.json(400, call.error(-32022, "Unsupported")));

        McpException failure = Failures.ofCall(mcp);

        assertThat(failure.rpcCode()).hasValue(-32050);
        assertThat(failure.getSuppressed())
                .singleElement()
                .isInstanceOfSatisfying(
                        McpException.class, e -> assertThat(e.rpcCode()).hasValue(-32022));
    }

    static Stream<Arguments> answersOfOthers() {
        return Stream.of(
                answer("TOKEN_REJECTED", (call, wire) -> wire.empty(401)),
                answer("PERMISSION_DENIED", (call, wire) -> wire.empty(403)),
                answer("MCP_LOGIN_REDIRECT", (call, wire) -> wire.empty(302, "Location: /login")),
                answer("MCP_RATE_LIMITED", (call, wire) -> wire.empty(429)),
                answer("MCP_UNAVAILABLE", (call, wire) -> wire.empty(503)),
                answer("MCP_REPLY_UNREADABLE", (call, wire) -> wire.reply(200, "text/html", "<h1>Hi</h1>")),
                answer("MCP_ANSWER_LOST", (call, wire) -> wire.cut()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answersOfOthers")
    void whatSaysNothingOfTheEraIsAFailureAndNotRemembered(String code, Script answer) {
        server.on("server/discover", answer);
        assertThat(Failures.ofCall(mcp).code()).isEqualTo(code);
        assertThat(server.calls("initialize")).isEmpty();

        server.modern();
        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("done");
    }

    @Test
    void modernServerThatDoesNotKnowTheQuestionIsAModernServer() {
        server.on("server/discover", (call, wire) -> wire.json(404, call.error(-32601, "Method not found")));
        server.on("initialize", (call, wire) -> wire.json(404, call.error(-32601, "Method not found")));

        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("done");
        assertThat(server.calls("tools/call").get(0).header("Mcp-Method")).isEqualTo("tools/call");
    }

    @Test
    void eraIsRememberedWhenTheSessionIsLost() {
        server.on("server/discover", (call, wire) -> wire.empty(400));
        mcp.callTool("query", Map.of());
        loseTheSessionOnce();

        mcp.callTool("query", Map.of());

        assertThat(server.calls("server/discover")).hasSize(1);
        assertThat(server.calls("initialize")).hasSize(2);
    }

    @Test
    void serverThatHasMovedToTheModernEraIsFollowed() {
        server.on("server/discover", (call, wire) -> wire.empty(400));
        mcp.callTool("query", Map.of());
        loseTheSessionOnce();
        server.modern();

        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("done");
        assertThat(mcp.server().protocolVersion()).isEqualTo("2026-07-28");
    }

    @Test
    void serverThatHasGoneBackAnEraIsFollowedByTheNextCall() {
        server.modern();
        mcp.callTool("query", Map.of());
        server.on("server/discover", (call, wire) -> wire.empty(400));
        server.on(
                "initialize",
                (call, wire) -> wire.json(200, call.result(ScriptedMcpServer.initializeResult("2025-11-25"))));
        server.on("tools/call", (call, wire) -> {
            server.on("tools/call", (again, wireAgain) -> wireAgain.json(200, again.text("done")));
            wire.json(400, "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32000,\"message\":\"no session\"}}");
        });

        Failures.ofCall(mcp);

        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("done");
        assertThat(mcp.server().protocolVersion()).isEqualTo("2025-11-25");
    }

    private void loseTheSessionOnce() {
        server.on("tools/call", (call, wire) -> {
            server.on("tools/call", (again, wireAgain) -> wireAgain.json(200, again.text("done")));
            wire.empty(404);
        });
    }

    private List<String> methods() {
        return server.calls.stream().map(Call::method).toList();
    }

    private static Arguments answer(String what, Script script) {
        return Arguments.arguments(what, script);
    }
}
