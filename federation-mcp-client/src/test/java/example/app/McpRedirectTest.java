// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import example.app.ScriptedMcpServer.Script;
import io.tokenfederation.Caller;
import io.tokenfederation.VerifiedClaims;
import io.tokenfederation.mcp.ElicitationAnswer;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpClientBuilder;
import io.tokenfederation.mcp.McpException;
import java.io.IOException;
import java.net.http.HttpClient;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is answered by a redirect: the host it leads to, which is there, is not even connected to. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class McpRedirectTest {
    private ScriptedMcpServer server;
    private ScriptedMcpServer elsewhere;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedMcpServer();
        elsewhere = new ScriptedMcpServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        elsewhere.close();
    }

    static Stream<Arguments> redirects() {
        return Stream.of("server/discover", "initialize", "tools/call")
                .flatMap(method -> Stream.of(
                        arguments(method, 301, "MCP_MOVED"),
                        arguments(method, 302, "MCP_LOGIN_REDIRECT"),
                        arguments(method, 303, "MCP_LOGIN_REDIRECT"),
                        arguments(method, 307, "MCP_MOVED"),
                        arguments(method, 308, "MCP_MOVED")));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("redirects")
    void callEndsWhereItIsSentOn(String method, int status, String code) {
        server.on(method, redirect(status));

        McpException failure = failureOf(client());

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.httpStatus()).hasValue(status);
        assertThat(server.calls(method))
                .isNotEmpty()
                .allSatisfy(
                        call -> assertThat(call.header("X-Databricks-Token")).startsWith(Failures.TOKEN));
        assertThat(elsewhere.connections()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "301, MCP_MOVED",
        "302, MCP_LOGIN_REDIRECT",
        "303, MCP_LOGIN_REDIRECT",
        "307, MCP_MOVED",
        "308, MCP_MOVED"
    })
    void streamIsResumedAtItsOwnServerAlone(int status, String code) {
        server.on("tools/call", (call, wire) -> wire.stream("id: e1\nretry: 1\ndata:\n\n"));
        server.on("GET", redirect(status));

        McpException failure = failureOf(client());

        // The tool may have run, which is what matters most.
        assertThat(failure.code()).isEqualTo("MCP_ANSWER_LOST");
        assertThat(failure.getCause())
                .isInstanceOfSatisfying(
                        McpException.class, cause -> assertThat(cause.code()).isEqualTo(code));
        assertThat(server.calls("GET")).isNotEmpty();
        assertThat(elsewhere.connections()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"301", "302", "303", "307", "308"})
    void streamOfTheServerAndTheGoodbyeStayToo(int status) {
        server.on("GET", redirect(status));
        server.on("DELETE", redirect(status));

        try (McpClient mcp =
                client().elicitation(question -> ElicitationAnswer.decline()).build()) {
            assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("done");
        }

        assertThat(List.of(server.calls("GET"), server.calls("DELETE")))
                .allSatisfy(calls -> assertThat(calls).isNotEmpty());
        assertThat(elsewhere.connections()).isZero();
    }

    @Test
    void applicationsOwnClientIsHeldToTheSame() {
        server.on("tools/call", redirect(307));

        McpException failure = failureOf(client().httpClient(HttpClient.newHttpClient()));

        assertThat(failure.code()).isEqualTo("MCP_MOVED");
        assertThat(elsewhere.connections()).isZero();
    }

    private static McpException failureOf(McpClientBuilder client) {
        try (McpClient mcp = client.build()) {
            return Failures.ofCall(mcp);
        }
    }

    private Script redirect(int status) {
        return (call, wire) -> wire.empty(status, "Location: " + elsewhere.uri());
    }

    private McpClientBuilder client() {
        return McpClient.builder(server.uri())
                .tokens(new Tokens(Failures.TOKEN + 1, Failures.TOKEN + 2))
                .caller(Caller.of(VerifiedClaims.alreadyVerified(
                        Map.of("iss", "https://idp.example", "sub", "7", "email", Failures.ADDRESS))))
                .forwardToken(true);
    }
}
