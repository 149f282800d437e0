// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import example.app.ScriptedMcpServer.Call;
import example.app.ScriptedMcpServer.Script;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpException;
import java.io.IOException;
import java.time.Duration;
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

/** Servers of the legacy era that say nothing at all to a method they do not know: they are shaken hands with all the same. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class McpEraSilenceTest {
    private static final Script SILENCE = (call, wire) -> {};
    private static final Script ACCEPTED = (call, wire) -> wire.empty(202);

    private ScriptedMcpServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedMcpServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    static Stream<Arguments> silences() {
        return Stream.of(
                silence("no status", SILENCE),
                silence("no event", (call, wire) -> wire.beginStream()),
                silence("202", ACCEPTED),
                silence("204", (call, wire) -> wire.raw("HTTP/1.1 204 No Content\r\n\r\n")),
                silence("nothing", (call, wire) -> wire.empty(200)),
                silence("no JSON", (call, wire) -> wire.json(200, "")),
                silence("no text", (call, wire) -> wire.reply(200, "text/plain", "")),
                silence("a stream without an event", (call, wire) -> wire.stream(": nothing\n\n")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("silences")
    void serverThatSaysNothingIsShakenHandsWithWithinTheTimeOfTheCall(String what, Script silence) {
        server.on("server/discover", silence);

        assertThat(call(client())).as(what).isEqualTo("done");
        assertThat(methods())
                .containsExactly("server/discover", "initialize", "notifications/initialized", "tools/call");
    }

    @Test
    void silenceIsWaitedForOnceInAProcess() {
        server.on("server/discover", SILENCE);
        call(client());
        server.calls.clear();

        assertThat(call(client())).isEqualTo("done");
        assertThat(methods()).containsExactly("initialize", "notifications/initialized", "tools/call");
    }

    @ParameterizedTest
    @CsvSource({"400, MCP_REPLY_UNREADABLE", "500, MCP_REPLY_UNREADABLE", "403, PERMISSION_DENIED"})
    void handshakeThatFailsTooShowsTheFirstFailureUnlessItSaysMore(int status, String code) {
        server.on("server/discover", ACCEPTED);
        server.on("initialize", (call, wire) -> wire.empty(status));

        McpException failure = Failures.ofCall(client());

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.getSuppressed()).hasSize(1);
    }

    @Test
    void versionNobodyHereSpeaksIsToldWhateverWasSilentBefore() {
        server.on("server/discover", ACCEPTED);
        server.on(
                "initialize",
                (call, wire) -> wire.json(200, call.result(ScriptedMcpServer.initializeResult("2024-11-05"))));

        assertThat(Failures.ofCall(client()).code()).isEqualTo("MCP_VERSION_UNSUPPORTED");
    }

    @Test
    void handshakeThatIsSilentTooShowsTheFirstSilenceInTime() {
        server.on("server/discover", SILENCE);
        server.on("initialize", SILENCE);

        McpException failure = Failures.ofCall(client(Duration.ofMillis(600)));

        assertThat(failure.code()).isEqualTo("MCP_TIMED_OUT");
        assertThat(failure).hasMessageContaining("server/discover");
        assertThat(failure.getSuppressed())
                .singleElement()
                .satisfies(second -> assertThat(second).hasMessageContaining("initialize"));
    }

    @Test
    void silenceOfAServerThatRefusesTheHandshakeIsNotRemembered() {
        server.on("server/discover", ACCEPTED);
        server.on("initialize", (call, wire) -> wire.empty(400));
        McpClient mcp = client();
        Failures.ofCall(mcp);

        server.modern();

        assertThat(call(mcp)).isEqualTo("done");
        assertThat(mcp.server().protocolVersion()).isEqualTo("2026-07-28");
    }

    @ParameterizedTest
    @CsvSource({"400, -32020", "400, -32021", "400, -32022", "404, -32601"})
    void modernServerThatWasOnlySlowIsAskedOnceMore(int status, int code) {
        server.on("server/discover", SILENCE);
        server.on("initialize", (call, wire) -> {
            server.modern();
            wire.json(status, call.error(code, "No"));
        });

        assertThat(call(client())).isEqualTo("done");
        assertThat(methods()).containsExactly("server/discover", "initialize", "server/discover", "tools/call");
    }

    @Test
    void handshakeThatIsToldToComeAgainIsBegunOnceMore() {
        server.on("server/discover", ACCEPTED);
        server.on("initialize", (call, wire) -> {
            server.modern();
            wire.empty(503, "Retry-After: 0");
        });

        assertThat(call(client())).isEqualTo("done");
    }

    private McpClient client() {
        return client(Duration.ofSeconds(2));
    }

    private McpClient client(Duration requestTimeout) {
        return McpClient.builder(server.uri())
                .tokens(new Tokens(Failures.TOKEN))
                .requestTimeout(requestTimeout)
                .build();
    }

    private static String call(McpClient mcp) {
        return mcp.callTool("query", Map.of()).text();
    }

    private List<String> methods() {
        return server.calls.stream().map(Call::method).toList();
    }

    private static Arguments silence(String what, Script script) {
        return Arguments.arguments(what, script);
    }
}
