// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenfederation.mcp.CallOptions;
import io.tokenfederation.mcp.LogLevel;
import io.tokenfederation.mcp.LogMessage;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpException;
import io.tokenfederation.mcp.TraceContext;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one call wants other than the rest: more time, its place in a trace, the server's log. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class McpOptionsTest {
    private static final ThreadLocal<TraceContext> NOW = new ThreadLocal<>();
    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final Duration SHORT = Duration.ofMillis(250);

    private final List<LogMessage> heard = new CopyOnWriteArrayList<>();
    private ScriptedMcpServer server;
    private McpClient mcp;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedMcpServer();
        mcp = McpClient.builder(server.uri()).tokens(new Tokens("t1")).build();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void callThatGoesOnMayTakeLongerThanItsTimeout() {
        progress(6, SHORT.dividedBy(2), true);
        CallOptions options = CallOptions.defaults().timeout(SHORT).extendOnProgress(Duration.ofHours(1));

        assertThat(mcp.with(options).callTool("query", Map.of()).text()).isEqualTo("done");
        assertThat(server.calls("tools/call")
                        .get(0)
                        .param("_meta", "progressToken")
                        .isInt())
                .isTrue();
    }

    @Test
    void callWithoutThatOptionMayNot() {
        progress(100, SHORT.dividedBy(2), true);

        assertThat(failure(CallOptions.defaults().timeout(SHORT).onProgress(news -> {})))
                .isEqualTo("MCP_TIMED_OUT");
    }

    @Test
    void progressThatNeverEndsMeetsTheMaximum() {
        progress(Integer.MAX_VALUE, SHORT.dividedBy(10), true);

        assertThat(failure(CallOptions.defaults().timeout(SHORT).extendOnProgress(SHORT.multipliedBy(2))))
                .isEqualTo("MCP_TIMED_OUT");
    }

    @Test
    void progressOfAnotherCallGivesNoTime() {
        progress(100, SHORT.dividedBy(2), false);

        assertThat(failure(CallOptions.defaults().timeout(SHORT).extendOnProgress(Duration.ofHours(1))))
                .isEqualTo("MCP_TIMED_OUT");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void placeInTheTraceGoesWithTheRequestInEitherEra(boolean modern) {
        if (modern) {
            server.modern();
        }
        TraceContext place = new TraceContext(PARENT, "rojo=00f067aa0ba902b7,tenant@sys=\"a b\"");

        mcp.with(CallOptions.defaults().trace(place)).callTool("query", Map.of());

        ScriptedMcpServer.Call call = server.calls("tools/call").get(0);
        assertThat(call.param("_meta", "traceparent").asText()).isEqualTo(PARENT);
        assertThat(call.param("_meta", "tracestate").asText()).isEqualTo("rojo=00f067aa0ba902b7,tenant@sys=\"a b\"");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void metaGoesWithTheRequestBesideProgressAndTraceInEitherEra(boolean modern) {
        if (modern) {
            server.modern();
        }
        CallOptions options = CallOptions.defaults()
                .trace(TraceContext.of(PARENT))
                .onProgress(progress -> {})
                .meta(Map.of("warehouse_id", "größe\"", "limit", new BigDecimal("1.50")));

        mcp.with(options).callTool("query", Map.of());

        ScriptedMcpServer.Call call = server.calls("tools/call").get(0);
        assertThat(call.param("_meta", "warehouse_id").asText()).isEqualTo("größe\"");
        assertThat(call.body()).contains("\"limit\":1.50");
        assertThat(call.param("_meta", "traceparent").asText()).isEqualTo(PARENT);
        assertThat(call.param("_meta", "progressToken"))
                .isEqualTo(call.message().path("id"));
        assertThat(server.bodies("initialize")).noneMatch(body -> body.contains("warehouse_id"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"io.modelcontextprotocol/clientInfo", "progressToken", "traceparent", "tracestate"})
    void protocolsOwnMetaIsNotForTheApplicationToSet(String name) {
        assertThatThrownBy(() -> CallOptions.defaults().meta(Map.of(name, "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name);
    }

    @Test
    void placeIsAskedForOnTheThreadThatCalls() {
        NOW.set(TraceContext.of(PARENT));
        McpClient traced = McpClient.builder(server.uri())
                .tokens(new Tokens("t1"))
                .traceContext(() -> Optional.ofNullable(NOW.get()))
                .build();

        traced.async().callTool("query", Map.of()).join();
        traced.callTool("query", Map.of());
        NOW.remove();
        traced.callTool("query", Map.of());

        List<ScriptedMcpServer.Call> calls = server.calls("tools/call");
        assertThat(calls.get(0).param("_meta", "traceparent").asText()).isEqualTo(PARENT);
        assertThat(calls.get(1).param("_meta", "traceparent").asText()).isEqualTo(PARENT);
        assertThat(calls.get(1).param("_meta").has("tracestate")).isFalse();
        assertThat(calls.get(2).param("_meta").isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
                "00-0AF7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\n"
            })
    void whatIsNoTraceparentIsRefusedAtOnce(String traceparent) {
        assertThatThrownBy(() -> TraceContext.of(traceparent)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a=b=c", "A=b", "a=b,a=c", "a=\u0001", "a=ü", "@a=b"})
    void whatIsNoTracestateIsRefusedAtOnce(String tracestate) {
        assertThatThrownBy(() -> new TraceContext(PARENT, tracestate)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void laterVersionOfATraceparentMayHaveMore() {
        String later = "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what.comes";

        assertThat(TraceContext.of(later).traceparent()).isEqualTo(later);
    }

    @Test
    void serverOfTheLegacyEraIsToldTheLevelWhenItIsFirstOrLowerThanBefore() {
        logging("{\"logging\":{}}");

        listen(LogLevel.WARNING);
        listen(LogLevel.ERROR);
        listen(LogLevel.INFO);
        mcp.callTool("query", Map.of());

        assertThat(server.calls("logging/setLevel"))
                .extracting(call -> call.param("level").asText())
                .containsExactly("warning", "info");
        assertThat(heard)
                .extracting(LogMessage::level)
                .containsExactly("warning", "strange", "strange", "info", "warning", "strange");
    }

    @Test
    void serverThatDoesNotLogIsToldNothing() {
        logging("{\"tools\":{}}");

        listen(LogLevel.DEBUG);

        assertThat(server.calls("logging/setLevel")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"-32601, 200", "-32602, 400"})
    void serverThatRefusesTheLevelIsCalledAllTheSame(int code, int status) {
        logging("{\"logging\":{}}");
        server.on("logging/setLevel", (call, wire) -> wire.json(status, call.error(code, "no")));

        listen(LogLevel.DEBUG);
        listen(LogLevel.DEBUG);

        assertThat(server.calls("logging/setLevel")).hasSize(1);
        assertThat(server.calls("tools/call")).hasSize(2);
    }

    @Test
    void sessionLostWhileTheLevelIsToldIsBegunAnew() {
        logging("{\"logging\":{}}");
        server.on("logging/setLevel", (call, wire) -> {
            server.on("logging/setLevel", (again, wireAgain) -> wireAgain.json(200, again.result("{}")));
            wire.empty(404);
        });

        listen(LogLevel.DEBUG);

        assertThat(server.calls("initialize")).hasSize(2);
        assertThat(server.calls("logging/setLevel")).hasSize(2);
    }

    private void listen(LogLevel level) {
        mcp.with(CallOptions.defaults().onLog(level, heard::add)).callTool("query", Map.of());
    }

    private void logging(String capabilities) {
        server.on(
                "initialize",
                (call, wire) -> wire.json(
                        200,
                        call.result("{\"protocolVersion\":\"2025-11-25\",\"capabilities\":" + capabilities
                                + ",\"serverInfo\":{}}"),
                        "Mcp-Session-Id: session-1"));
        server.on("logging/setLevel", (call, wire) -> wire.json(200, call.result("{}")));
        server.on(
                "tools/call",
                (call, wire) -> wire.stream(
                        log("info") + log("warning") + log("strange") + "data: " + call.text("done") + "\n\n"));
    }

    private static String log(String level) {
        return "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"level\":\"" + level
                + "\",\"data\":\"x\"}}\n\n";
    }

    /** Tells of progress so often, each time after a pause, and then answers. */
    private void progress(int times, Duration pause, boolean ours) {
        server.on("tools/call", (call, wire) -> {
            wire.beginStream();
            for (int i = 1; i <= times; i++) {
                server.waitFor(pause);
                int token = call.param("_meta", "progressToken").asInt() + (ours ? 0 : 1_000);
                wire.chunk(
                        "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":"
                                + token + ",\"progress\":" + i + "}}\n\n");
            }
            wire.chunk("data: " + call.text("done") + "\n\n");
            wire.endStream();
        });
    }

    private String failure(CallOptions options) {
        return catchThrowableOfType(McpException.class, () -> mcp.with(options).callTool("query", Map.of()))
                .code();
    }
}
