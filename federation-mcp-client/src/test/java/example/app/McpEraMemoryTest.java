// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import example.app.ScriptedMcpServer.Call;
import example.app.ScriptedMcpServer.Script;
import io.tokenfederation.mcp.McpClient;
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

/** What one client has found out of a server's era spares the next one of the same process the question. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class McpEraMemoryTest {
    private ScriptedMcpServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedMcpServer();
        server.on("server/discover", (call, wire) -> wire.empty(400));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void secondClientOfALegacyServerDoesNotAskForItsEra() {
        call("t1");
        server.calls.clear();

        assertThat(call("t1")).isEqualTo("done");

        assertThat(methods()).containsExactly("initialize", "notifications/initialized", "tools/call", "DELETE");
    }

    @Test
    void clientsShareNothingButTheEra() {
        call("t1");
        server.on(
                "initialize",
                (call, wire) -> wire.json(
                        200,
                        call.result(ScriptedMcpServer.initializeResult("2025-11-25")),
                        "Mcp-Session-Id: session-2"));
        server.calls.clear();

        call("t2");

        assertThat(server.calls).allMatch(call -> call.header("Authorization").equals("Bearer t2"));
        assertThat(server.calls("initialize").get(0).header("Mcp-Session-Id")).isEmpty();
        assertThat(server.calls("tools/call").get(0).header("Mcp-Session-Id")).isEqualTo("session-2");
    }

    static Stream<Arguments> answersOfAServerThatIsNoLongerLegacy() {
        return Stream.of(
                answer("unsupported version", (call, wire) -> wire.json(400, call.error(-32022, "Unsupported"))),
                answer("wrong headers", (call, wire) -> wire.json(400, call.error(-32020, "Header mismatch"))),
                answer("unknown method", (call, wire) -> wire.json(404, call.error(-32601, "Method not found"))),
                answer("unknown method, 200", (call, wire) -> wire.json(200, call.error(-32601, "Not found"))),
                answer("empty 400", (call, wire) -> wire.empty(400)),
                answer("empty 404", (call, wire) -> wire.empty(404)),
                answer("500", (call, wire) -> wire.empty(500)),
                answer("503, come again", (call, wire) -> wire.empty(503, "Retry-After: 0")),
                answer("web page", (call, wire) -> wire.reply(200, "text/html", "<h1>Hi</h1>")),
                answer("no answer", (call, wire) -> wire.cut()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answersOfAServerThatIsNoLongerLegacy")
    void serverThatHasBecomeModernIsFollowedInTheSameCall(String what, Script answer) {
        call("t1");
        server.modern().on("initialize", answer);
        server.calls.clear();

        assertThat(call("t1")).as(what).isEqualTo("done");
        assertThat(methods()).containsExactly("initialize", "server/discover", "tools/call");
        server.calls.clear();

        call("t1");

        assertThat(methods()).containsExactly("server/discover", "tools/call");
    }

    @Test
    void serverThatHasBecomeLegacyIsFollowed() throws IOException {
        server.modern();
        call("t1");
        server.on("server/discover", (call, wire) -> wire.empty(400));
        server.on(
                "initialize",
                (call, wire) -> wire.json(200, call.result(ScriptedMcpServer.initializeResult("2025-11-25"))));

        assertThat(call("t1")).isEqualTo("done");
    }

    @Test
    void refusalThatSaysNothingOfTheEraIsAFailureAtOnce() {
        call("t1");
        server.on("initialize", (call, wire) -> wire.empty(403));
        server.calls.clear();

        try (McpClient mcp = client("t1")) {
            assertThat(Failures.ofCall(mcp).code()).isEqualTo("PERMISSION_DENIED");
        }

        assertThat(methods()).containsExactly("initialize");
    }

    @Test
    void handshakeThatFailedIsNotRemembered() {
        server.on("initialize", (call, wire) -> wire.empty(400));
        try (McpClient mcp = client("t1")) {
            Failures.ofCall(mcp);
        }
        server.modern();
        server.calls.clear();

        call("t1");

        assertThat(methods()).containsExactly("server/discover", "tools/call");
    }

    private McpClient client(String token) {
        return McpClient.builder(server.uri()).tokens(new Tokens(token)).build();
    }

    private String call(String token) {
        try (McpClient mcp = client(token)) {
            return mcp.callTool("query", Map.of()).text();
        }
    }

    private List<String> methods() {
        return server.calls.stream().map(Call::method).toList();
    }

    private static Arguments answer(String what, Script script) {
        return Arguments.arguments(what, script);
    }
}
