// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import example.app.ScriptedMcpServer.Call;
import example.app.ScriptedMcpServer.Script;
import io.tokenfederation.Caller;
import io.tokenfederation.VerifiedClaims;
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
import org.junit.jupiter.params.provider.MethodSource;

/** A server that repeats what it was sent where no words are expected: in names, versions and addresses. */
class McpEchoTest {
    /** So long that a message is cut in the middle of what comes behind it. */
    private static final String LONG = "x ".repeat(143);

    private ScriptedMcpServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedMcpServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    static Stream<Arguments> modern() {
        return Stream.of(
                arguments("MCP_INPUT_REQUIRED", (Script) (call, wire) -> wire.json(
                        400, call.error(-32021, "more", "{\"requiredCapabilities\":{\"" + echo(call) + "\":{}}}"))),
                arguments("MCP_INPUT_REQUIRED", (Script) (call, wire) -> wire.json(
                        400,
                        call.error(-32021, "more", "{\"requiredCapabilities\":{\"" + LONG + echo(call) + "\":{}}}"))),
                arguments("MCP_INPUT_REQUIRED", (Script)
                        (call, wire) -> wire.json(200, call.result(question(echo(call))))),
                arguments("MCP_INPUT_REQUIRED", (Script)
                        (call, wire) -> wire.json(200, call.result(question(LONG + echo(call))))));
    }

    @ParameterizedTest
    @MethodSource("modern")
    void namesOfWhatTheServerWantsAreCleaned(String code, Script echo) {
        server.modern().on("tools/call", echo);

        assertThat(cut(Failures.ofCall(client())).code()).isEqualTo(code);
    }

    @Test
    void versionsTheServerNamesAreCleaned() {
        server.on(
                "server/discover",
                (call, wire) -> wire.json(200, call.result(ScriptedMcpServer.discoverResult(LONG + echo(call)))));

        assertThat(cut(Failures.ofCall(client())).code()).isEqualTo("MCP_VERSION_UNSUPPORTED");
    }

    @Test
    void versionOfAHandshakeIsCleaned() {
        server.on(
                "initialize",
                (call, wire) -> wire.json(200, call.result(ScriptedMcpServer.initializeResult(LONG + echo(call)))));

        assertThat(cut(Failures.ofCall(client())).code()).isEqualTo("MCP_VERSION_UNSUPPORTED");
    }

    static Stream<Arguments> places() {
        return Stream.of(
                arguments("MCP_MOVED", 308, "https://other.example/"),
                arguments("MCP_MOVED", 307, "https://other.example/" + "x.".repeat(133) + "/"),
                arguments("MCP_LOGIN_REDIRECT", 302, "https://login.example/a%20b/"),
                arguments("MCP_MOVED", 308, "https://"));
    }

    @ParameterizedTest
    @MethodSource("places")
    void placeARedirectPointsToIsCleaned(String code, int status, String place) {
        server.on(
                "initialize",
                (call, wire) -> wire.json(
                        200,
                        call.result(ScriptedMcpServer.initializeResult("2025-11-25")),
                        "Mcp-Session-Id: canary-session"));
        server.on("tools/call", (call, wire) -> wire.empty(status, "Location: " + place + bearer(call)));
        assertThat(cut(Failures.ofCall(client())).code()).isEqualTo(code);

        server.on(
                "tools/call", (call, wire) -> wire.empty(status, "Location: " + place + call.header("Mcp-Session-Id")));
        assertThat(cut(Failures.ofCall(client())).code()).isEqualTo(code);
    }

    @Test
    void dataThatBreaksThePromiseIsCleaned() {
        server.on(
                "tools/list",
                (call, wire) -> wire.json(
                        200,
                        call.result(
                                "{\"tools\":[{\"name\":\"query\",\"outputSchema\":{\"additionalProperties\":false}}]}")));
        server.on(
                "tools/call",
                (call, wire) -> wire.json(
                        200, call.result("{\"structuredContent\":{\"" + LONG + echo(call) + "\":1},\"content\":[]}")));
        McpClient mcp = client();
        mcp.listTools();

        McpException failure =
                catchThrowableOfType(McpException.class, () -> mcp.callTool("query", Map.of(), Map.class));

        Failures.assertNothingLeaks(failure);
        assertThat(cut(failure).code()).isEqualTo("MCP_RESULT_MISMATCH");
    }

    @Test
    void nameOfAToolIsCleaned() {
        server.on("tools/call", (call, wire) -> wire.empty(403));

        McpException failure =
                catchThrowableOfType(McpException.class, () -> client().callTool("ask " + Failures.TOKEN, Map.of()));

        Failures.assertNothingLeaks(failure);
        assertThat(failure).hasMessageContaining("tools/call 'ask [removed]'");
    }

    /** Nor may half a token be in it. */
    private static McpException cut(McpException failure) {
        assertThat(failure.getMessage()).doesNotContain("canary");
        return failure;
    }

    private static String question(String method) {
        return "{\"resultType\":\"input_required\",\"inputRequests\":{\"who\":{\"method\":\"" + method + "\"}}}";
    }

    private static String echo(Call call) {
        return bearer(call) + " " + call.header("X-Caller-Email");
    }

    private static String bearer(Call call) {
        return call.header("Authorization").substring("Bearer ".length());
    }

    private McpClient client() {
        Caller caller = Caller.of(VerifiedClaims.alreadyVerified(
                Map.of("iss", "https://idp.example", "sub", "7", "email", Failures.ADDRESS)));
        return McpClient.builder(server.uri())
                .tokens(new Tokens(Failures.TOKEN))
                .caller(caller)
                .build();
    }
}
