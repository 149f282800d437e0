// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenfederation.IdpTokenException;
import io.tokenfederation.Problem;
import io.tokenfederation.mcp.CallOptions;
import io.tokenfederation.mcp.Change;
import io.tokenfederation.mcp.McpAsyncClient;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpException;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes on the server, in the form of either era. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class McpListenTest {
    private static final String ACKNOWLEDGED = notice("subscriptions/acknowledged", "");
    private static final String NEWS = notice("tools/list_changed", "")
            + notice("prompts/list_changed", "")
            + notice("resources/list_changed", "")
            + notice("resources/updated", ",\"uri\":\"file:///a\"")
            + notice("later", "");

    private final BlockingQueue<Change> changes = new LinkedBlockingQueue<>();
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
    void changesAreHeardUntilTheFutureIsCancelled() throws Exception {
        server.modern();
        server.on("subscriptions/listen", (call, wire) -> {
            wire.beginStream();
            wire.chunk(ACKNOWLEDGED + NEWS);
        });

        CompletableFuture<Void> listening = mcp.async().listen(Set.of("file:///a"), changes::add);

        assertAllIsHeard();
        assertThat(server.calls("subscriptions/listen")
                        .get(0)
                        .param("notifications")
                        .toString())
                .isEqualTo("{\"toolsListChanged\":true,\"promptsListChanged\":true,\"resourcesListChanged\":true,"
                        + "\"resourceSubscriptions\":[\"file:///a\"]}");
        listening.cancel(true);
        assertThat(server.clientHungUp.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void legacyServerIsListenedToByGet() throws Exception {
        server.on("resources/subscribe", (call, wire) -> wire.json(200, call.result("{}")));
        server.on("GET", (call, wire) -> {
            wire.beginStream();
            wire.chunk(NEWS);
        });

        CompletableFuture<Void> listening = mcp.async().listen(Set.of("file:///a"), changes::add);

        assertAllIsHeard();
        assertThat(server.calls("GET").get(0).header("Mcp-Session-Id")).isEqualTo("session-1");
        assertThat(server.calls("resources/subscribe").get(0).param("uri").asText())
                .isEqualTo("file:///a");
        listening.cancel(true);
        assertThat(server.clientHungUp.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(server.calls("notifications/cancelled")).isEmpty();
    }

    @Test
    void lostStreamIsOpenedAgainAndTheListenerToldWhatThatMeans() throws Exception {
        server.modern();
        CountDownLatch again = new CountDownLatch(2);
        server.on("subscriptions/listen", (call, wire) -> {
            again.countDown();
            wire.stream(ACKNOWLEDGED + NEWS);
        });

        CompletableFuture<Void> listening = mcp.async().listen(Set.of(), changes::add);

        assertAllIsHeard();
        assertThat(changes.take().kind()).isEqualTo(Change.Kind.MAYBE_MISSED);
        assertAllIsHeard();
        again.await();
        listening.cancel(true);
    }

    @Test
    void serverThatTellsNobodyIsAFailureAtOnce() {
        CompletableFuture<Void> listening = mcp.async().listen(Set.of(), changes::add);

        assertThatThrownBy(listening::join)
                .cause()
                .isInstanceOfSatisfying(
                        McpException.class, e -> assertThat(e.code()).isEqualTo("MCP_REQUEST_REFUSED"));
    }

    @Test
    void modernServerThatTellsNobodyIsAFailureAtOnce() {
        server.modern();
        server.on("subscriptions/listen", (call, wire) -> wire.json(404, call.error(-32601, "Method not found")));

        assertThatThrownBy(mcp.async().listen(Set.of(), changes::add)::join)
                .cause()
                .isInstanceOfSatisfying(
                        McpException.class, e -> assertThat(e.rpcCode()).hasValue(-32601));
    }

    @Test
    void serverThatAgreesToNothingIsAFailureAtOnce() {
        server.modern();
        server.on("subscriptions/listen", (call, wire) -> {
            wire.beginStream();
            wire.chunk(notice(
                    "subscriptions/acknowledged",
                    ",\"notifications\":{\"toolsListChanged\":false,\"resourceSubscriptions\":[]}"));
        });

        assertThatThrownBy(mcp.async().listen(Set.of(), changes::add)::join)
                .cause()
                .isInstanceOfSatisfying(
                        McpException.class, e -> assertThat(e.code()).isEqualTo("MCP_REQUEST_REFUSED"));
    }

    @Test
    void tokenSourceThatFailsForAWhileDoesNotEndTheListening() throws Exception {
        server.modern();
        server.on("subscriptions/listen", (call, wire) -> wire.stream(ACKNOWLEDGED + NEWS));
        AtomicInteger asked = new AtomicInteger();
        Tokens tokens = new Tokens("t1");
        McpClient listening = McpClient.builder(server.uri())
                .tokens(() -> {
                    if (asked.incrementAndGet() == 3) {
                        throw new IdpTokenException(
                                Problem.of("IDP_UNAVAILABLE", "down", "wait").retryable(true));
                    }
                    return tokens.token();
                })
                .build();

        CompletableFuture<Void> heard = listening.async().listen(Set.of(), changes::add);

        assertAllIsHeard();
        assertThat(changes.take().kind()).isEqualTo(Change.Kind.MAYBE_MISSED);
        assertAllIsHeard();
        heard.cancel(true);
        listening.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void closingEndsTheListening(boolean modern) throws Exception {
        // A server of the older versions has one stream for both.
        CountDownLatch open = new CountDownLatch(modern ? 2 : 1);
        ScriptedMcpServer.Script stream = (call, wire) -> {
            wire.beginStream();
            wire.chunk(": open\n\n");
            open.countDown();
        };
        server.on("GET", stream);
        if (modern) {
            server.modern().on("subscriptions/listen", stream);
        }
        McpClient view = mcp.with(CallOptions.defaults());
        CompletableFuture<Void> ofTheView = view.async().listen(Set.of(), changes::add);
        McpAsyncClient async = mcp.async();
        CompletableFuture<Void> ofTheClient = async.listen(Set.of(), changes::add);
        open.await();

        view.close();
        assertThat(ofTheView).isCompletedExceptionally();
        assertThat(ofTheClient).isNotDone();
        mcp.close();

        assertThatThrownBy(ofTheClient::join).cause().hasMessageContaining("closed");
        assertThat(server.clientHungUp.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(async.listen(Set.of(), changes::add)).isCompletedExceptionally();
    }

    @Test
    void listenersOfOneClientShareTheOneStreamOfALegacyServer() throws Exception {
        server.on("resources/subscribe", (call, wire) -> wire.json(200, call.result("{}")));
        server.on("GET", this::tellAgainAndAgain);
        BlockingQueue<Change> others = new LinkedBlockingQueue<>();

        CompletableFuture<Void> first = mcp.async().listen(Set.of("file:///a"), changes::add);
        assertThat(changes.take().kind()).isEqualTo(Change.Kind.TOOLS);
        CompletableFuture<Void> second =
                mcp.with(CallOptions.defaults()).async().listen(Set.of("file:///b"), others::add);

        assertThat(others.take().kind()).isEqualTo(Change.Kind.TOOLS);
        assertThat(server.calls("GET")).hasSize(1);
        second.cancel(true);
        changes.clear();
        assertThat(changes.take().kind()).isEqualTo(Change.Kind.TOOLS);
        first.cancel(true);
        assertThat(server.clientHungUp.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void oneOfThoseWhoAreLeftOpensTheStreamAgain() throws Exception {
        server.on("GET", this::tellAgainAndAgain);
        BlockingQueue<Change> others = new LinkedBlockingQueue<>();
        CompletableFuture<Void> first = mcp.async().listen(Set.of(), changes::add);
        changes.take();
        CompletableFuture<Void> second = mcp.async().listen(Set.of(), others::add);
        others.take();

        first.cancel(true);

        Change next = others.take();
        while (next.kind() == Change.Kind.TOOLS) {
            next = others.take();
        }
        assertThat(next.kind()).isEqualTo(Change.Kind.MAYBE_MISSED);
        assertThat(others.take().kind()).isEqualTo(Change.Kind.TOOLS);
        assertThat(server.calls("GET")).hasSize(2);
        second.cancel(true);
    }

    private void tellAgainAndAgain(ScriptedMcpServer.Call call, ScriptedMcpServer.Wire wire) throws IOException {
        wire.beginStream();
        while (true) {
            wire.chunk(notice("tools/list_changed", ""));
            server.waitFor(Duration.ofMillis(5));
        }
    }

    private void assertAllIsHeard() throws InterruptedException {
        for (Change.Kind kind : new Change.Kind[] {Change.Kind.TOOLS, Change.Kind.PROMPTS, Change.Kind.RESOURCES}) {
            assertThat(changes.take()).isEqualTo(new Change(kind, ""));
        }
        assertThat(changes.take()).isEqualTo(new Change(Change.Kind.RESOURCE, "file:///a"));
    }

    private static String notice(String name, String params) {
        return "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/" + name + "\",\"params\":{\"_meta\":{}" + params
                + "}}\n\n";
    }
}
