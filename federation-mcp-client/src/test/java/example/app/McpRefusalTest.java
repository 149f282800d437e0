// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import example.app.ScriptedMcpServer.Script;
import io.tokenfederation.Caller;
import io.tokenfederation.ErrorCode;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.Problem;
import io.tokenfederation.VerifiedClaims;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpException;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class McpRefusalTest {
    private ScriptedMcpServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedMcpServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    static Stream<Arguments> refusals() {
        String login = "Location: https://adb-1.azuredatabricks.net/oidc/oauth2/v2.0/authorize?state=canary-session";
        return Stream.of(
                refused("login page", "MCP_LOGIN_REDIRECT", 302, false, (call, wire) -> wire.empty(302, login)),
                refused("slash", "MCP_MOVED", 307, false, (call, wire) -> wire.empty(307, "Location: /mcp/")),
                refused("bad place", "MCP_MOVED", 308, false, (call, wire) -> wire.empty(308, "Location: ht tp")),
                refused("no place", "MCP_MOVED", 301, false, (call, wire) -> wire.empty(301)),
                refused(
                        "no permission",
                        "PERMISSION_DENIED",
                        403,
                        false,
                        (call, wire) ->
                                wire.json(403, "{\"error_code\":\"PERMISSION_DENIED\",\"message\":\"no CAN USE\"}")),
                refused("wrong method", "MCP_NOT_FOUND", 405, false, (call, wire) -> wire.empty(405)),
                refused("not acceptable", "MCP_REQUEST_REFUSED", 406, false, (call, wire) -> wire.empty(406)),
                refused("too many", "MCP_RATE_LIMITED", 429, true, (call, wire) -> wire.empty(429)),
                refused(
                        "down",
                        "MCP_UNAVAILABLE",
                        503,
                        true,
                        (call, wire) -> wire.reply(503, "text/html", "<h1>App down</h1>")),
                refused(
                        "stack trace",
                        "MCP_UNAVAILABLE",
                        500,
                        true,
                        (call, wire) -> wire.json(500, "{\"jsonRpcError\":{},\"stackTrace\":[]}")),
                refused(
                        "unknown tool",
                        "MCP_PROTOCOL_ERROR",
                        400,
                        false,
                        (call, wire) -> wire.json(400, call.error(-32602, "Unknown tool"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void statusBecomesATypedFailure(String what, String code, int status, boolean retryable, Script reply) {
        server.on("tools/call", reply);

        McpException failure = Failures.ofCall(client());

        assertThat(failure.code()).as(what).isEqualTo(code);
        assertThat(failure.httpStatus()).hasValue(status);
        assertThat(failure.retryable()).isEqualTo(retryable);
        assertThat(server.calls("tools/call")).hasSize(1);
    }

    @Test
    void loginRedirectSaysWhereAndWhatToGrant() {
        server.on(
                "initialize",
                (call, wire) -> wire.reply(
                        302,
                        "text/plain",
                        "Found. Redirecting to /login?next=canary-session",
                        "Location: https://adb-1.example/login?next=canary-session"));

        McpException failure = Failures.ofCall(client());

        assertThat(failure).hasMessageContaining("https://adb-1.example/login").hasMessageContaining("CAN USE");
    }

    @Test
    void wrongPathSaysSo() {
        server.on("initialize", (call, wire) -> wire.json(404, "{\"detail\":\"Not Found\"}"));

        McpException failure = Failures.ofCall(client());

        assertThat(failure.code()).isEqualTo("MCP_NOT_FOUND");
        assertThat(failure).hasMessageContaining("no MCP server at this path");
    }

    @Test
    void rateLimitSaysWhen() {
        server.on("tools/call", (call, wire) -> wire.empty(429, "Retry-After: 7"));

        assertThat(Failures.ofCall(client()).retryAfter()).contains(Duration.ofSeconds(7));
    }

    @Test
    void requestIdIsKeptForTheTicket() {
        server.on("tools/call", (call, wire) -> wire.empty(503, "x-request-id: r-17"));

        assertThat(Failures.ofCall(client()).requestId()).contains("r-17");
    }

    @ParameterizedTest
    @ValueSource(strings = {"the app is not ready", "{\"message\":\"the app is not ready\"}"})
    void wordsWithoutAnErrorCodeGetNone(String body) {
        server.on("tools/call", (call, wire) -> wire.json(503, body));

        McpException failure = Failures.ofCall(client());

        assertThat(failure.oauthError()).isEmpty();
        assertThat(failure).hasMessageContaining("(the app is not ready)");
    }

    @Test
    void errorOfTheProtocolIsNoOauthError() {
        server.on("tools/call", (call, wire) -> wire.json(503, call.error(-32000, "the app is not ready")));

        McpException failure = Failures.ofCall(client());

        assertThat(failure.oauthError()).isEmpty();
        assertThat(failure).hasMessageContaining("(the app is not ready)");
    }

    @Test
    void errorCodeOfTheServerIsKept() {
        server.on(
                "tools/call",
                (call, wire) -> wire.json(403, "{\"error_code\":\"PERMISSION_DENIED\",\"message\":\"no CAN USE\"}"));

        assertThat(Failures.ofCall(client()).oauthError()).contains("PERMISSION_DENIED");
    }

    @Test
    void errorOfTheProtocolKeepsItsNumberAndWords() {
        server.on("tools/call", (call, wire) -> wire.json(200, call.error(-32602, "Unknown tool: query")));

        McpException failure = Failures.ofCall(client());

        assertThat(failure.code()).isEqualTo("MCP_PROTOCOL_ERROR");
        assertThat(failure.rpcCode()).hasValue(-32602);
        assertThat(failure.rpcMessage()).contains("Unknown tool: query");
    }

    @Test
    void errorWithoutAnIdIsTheAnswer() {
        server.on(
                "tools/call",
                (call, wire) -> wire.stream(
                        "data: {\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32700,\"message\":\"Parse error\"}}\n\n"));

        assertThat(Failures.ofCall(client()).rpcCode()).hasValue(-32700);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 403, 404, 406, 500})
    void serverThatEchoesWhatItWasSentLeaksNothing(int status) {
        server.on(
                "initialize",
                (call, wire) -> wire.json(
                        200,
                        call.result(ScriptedMcpServer.initializeResult("2025-11-25")),
                        "Mcp-Session-Id: canary-session"));
        server.on(
                "tools/call",
                (call, wire) -> wire.json(
                        status,
                        call.error(-32000, "headers were " + call.headers()),
                        "x-request-id: " + Failures.TOKEN));

        Failures.ofCall(client());
    }

    @Test
    void addressIsNotRepeatedInEitherForm() {
        server.on(
                "tools/call",
                (call, wire) -> wire.json(
                        200, call.error(-32000, "no row for cänary@b, sent as " + call.header("X-Caller-Email"))));
        Caller caller = Caller.of(
                VerifiedClaims.alreadyVerified(Map.of("iss", "https://idp.example", "sub", "7", "email", "cänary@b")));

        McpException failure = Failures.ofCall(McpClient.builder(server.uri())
                .tokens(new Tokens(Failures.TOKEN))
                .caller(caller)
                .build());

        assertThat(failure.rpcMessage()).contains("no row for [removed], sent as [removed]");
    }

    @Test
    void versionOfAnotherEraIsATypedFailure() {
        server.on(
                "initialize",
                (call, wire) -> wire.json(200, call.result(ScriptedMcpServer.initializeResult("2024-11-05"))));

        McpException failure = Failures.ofCall(client());

        assertThat(failure.code()).isEqualTo("MCP_VERSION_UNSUPPORTED");
        assertThat(failure).hasMessageContaining("2024-11-05");
        assertThat(server.calls).hasSize(1);
    }

    @Test
    void serverThatRefusesEveryOldVersionIsATypedFailure() {
        server.on("initialize", (call, wire) -> wire.json(400, call.error(-32022, "Unsupported protocol version")));

        assertThat(Failures.ofCall(client()).code()).isEqualTo("MCP_VERSION_UNSUPPORTED");
    }

    @Test
    void sessionIdThatCannotBeSentIsATypedFailure() {
        server.on(
                "initialize",
                (call, wire) -> wire.json(
                        200, call.result(ScriptedMcpServer.initializeResult("2025-11-25")), "Mcp-Session-Id: a b"));

        assertThat(Failures.ofCall(client()).code()).isEqualTo("MCP_REPLY_UNREADABLE");
    }

    @Test
    void nobodyListeningIsATypedFailure() throws IOException {
        URI nobody;
        try (ServerSocket free = new ServerSocket(0)) {
            nobody = URI.create("http://127.0.0.1:" + free.getLocalPort() + "/mcp");
        }

        McpException failure = Failures.ofCall(
                McpClient.builder(nobody).tokens(new Tokens(Failures.TOKEN)).build());

        assertThat(failure.code()).isEqualTo("MCP_UNREACHABLE");
        assertThat(failure.retryable()).isTrue();
    }

    @Test
    void failureOfTheTokenSourcePassesUntouched() {
        IdpTokenException failure =
                new IdpTokenException(Problem.of(ErrorCode.IDP_UNREACHABLE, "no identity provider"));
        McpClient mcp = McpClient.builder(server.uri())
                .tokens(() -> {
                    throw failure;
                })
                .build();

        assertThatThrownBy(() -> mcp.callTool("query", Map.of())).isSameAs(failure);
        assertThatThrownBy(mcp::listTools).isSameAs(failure);
        assertThat(server.calls).isEmpty();
    }

    private McpClient client() {
        Caller caller = Caller.of(VerifiedClaims.alreadyVerified(
                Map.of("iss", "https://idp.example", "sub", "7", "email", Failures.ADDRESS)));
        return McpClient.builder(server.uri())
                .tokens(new Tokens(Failures.TOKEN))
                .caller(caller)
                .forwardToken(true)
                .build();
    }

    private static Arguments refused(String what, String code, int status, boolean retryable, Script reply) {
        return arguments(what, code, status, retryable, reply);
    }
}
