// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.mcp.CallOptions;
import io.tokenfederation.mcp.Change;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.ToolResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server of the legacy era tells of a resource to the end of the session, unless it is asked to stop. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class McpUnsubscribeTest {
    private static final String A = "file:///a";
    private static final String B = "file:///b";
    private static final String C = "file:///c";
    private static final int MESSAGES = 40;

    /** In the order in which the server has done it. */
    private final BlockingQueue<String> done = new LinkedBlockingQueue<>();

    private final List<Heard> begun = new ArrayList<>();
    private ScriptedMcpServer server;
    private McpClient mcp;

    private record Heard(CompletableFuture<Void> listening, BlockingQueue<Change> changes) {
        void cancel() {
            listening.cancel(true);
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedMcpServer();
        mcp = McpClient.builder(server.uri()).tokens(new Tokens("t1")).build();
        server.on("resources/subscribe", this::carryOut);
        server.on("resources/unsubscribe", this::carryOut);
        server.on("GET", (call, wire) -> {
            wire.beginStream();
            while (true) {
                wire.chunk("data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}\n\n");
                server.waitFor(Duration.ofMillis(5));
            }
        });
    }

    @AfterEach
    void stop() throws IOException {
        begun.forEach(Heard::cancel);
        server.close();
    }

    @Test
    void lastListenerThatGoesHasTheServerStopOnce() throws Exception {
        Heard first = listen(mcp, A, B);
        McpClient view = mcp.with(CallOptions.defaults());
        listen(view, B, C);

        view.close();
        assertThat(nextStop()).isEqualTo(C);
        first.cancel();
        assertThat(List.of(nextStop(), nextStop())).containsExactlyInAnyOrder(A, B);

        assertThat(server.calls("resources/unsubscribe"))
                .extracting(call -> call.header("Mcp-Session-Id"))
                .containsExactly("session-1", "session-1", "session-1");
    }

    @Test
    void lostStreamIsNoReasonToStop() throws Exception {
        CountDownLatch again = new CountDownLatch(2);
        server.on("GET", (call, wire) -> {
            again.countDown();
            wire.stream("data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}\n\n");
        });
        Heard heard = listen(mcp, A);
        again.await();

        assertThat(server.calls("resources/unsubscribe")).isEmpty();
        heard.cancel();

        assertThat(nextStop()).isEqualTo(A);
        assertThat(server.calls("resources/unsubscribe")).hasSize(1);
    }

    @Test
    void whoComesWhileTheServerStopsSubscribesAfterwards() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        server.on("resources/unsubscribe", (call, wire) -> {
            asked.countDown();
            server.waitFor(Duration.ofMillis(500));
            carryOut(call, wire);
        });
        listen(mcp, A).cancel();
        asked.await();

        listen(mcp, A);

        assertThat(done).containsExactly("subscribe " + A, "unsubscribe " + A, "subscribe " + A);
    }

    @Test
    void whoComesBeforeTheServerIsAskedKeepsItTelling() throws Exception {
        Heard first = listen(mcp, A);
        CountDownLatch free = new CountDownLatch(1);
        holdUpWhatNobodyWaitsFor(free);

        first.cancel();
        Heard second = listen(mcp, A);
        free.countDown();
        listen(mcp, B).cancel();

        assertThat(nextStop()).isEqualTo(B);
        second.cancel();
        assertThat(nextStop()).isEqualTo(A);
        assertThat(server.calls("resources/unsubscribe")).hasSize(2);
    }

    @Test
    void sessionThatIsGoneIsToldNothing() throws Exception {
        Heard inTheFirst = listen(mcp, A);
        server.on(
                "initialize",
                (call, wire) -> wire.json(
                        200,
                        call.result(ScriptedMcpServer.initializeResult("2025-11-25")),
                        "Mcp-Session-Id: session-2"));
        server.on("tools/call", (call, wire) -> {
            server.on("tools/call", (again, wireAgain) -> wireAgain.json(200, again.text("done")));
            wire.empty(404);
        });
        mcp.callTool("query", Map.of());

        inTheFirst.cancel();
        listen(mcp, B).cancel();

        assertThat(nextStop()).isEqualTo(B);
        assertThat(server.calls("resources/unsubscribe"))
                .extracting(call -> call.header("Mcp-Session-Id"))
                .containsExactly("session-2");
    }

    @Test
    void clientThatClosesEndsTheSessionAlone() throws Exception {
        Heard first = listen(mcp, A);
        Heard second = listen(mcp, B);
        whileItEnds(first, second);
        whileItEnds(second, first);

        mcp.close();

        assertThat(server.calls("DELETE")).hasSize(1);
        assertThat(server.calls("resources/unsubscribe")).isEmpty();
    }

    @Test
    void serverThatNeverAnswersHoldsUpNobody() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        server.on("resources/unsubscribe", (call, wire) -> {
            asked.countDown();
            server.stall();
        });
        listen(mcp, A).cancel();
        asked.await();

        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("done");
        listen(mcp, A);

        assertThat(done).containsExactly("subscribe " + A, "subscribe " + A);
    }

    @Test
    void resourceTheServerWouldNotTellOfIsNotStopped() throws Exception {
        server.on("resources/subscribe", (call, wire) -> {
            if (call.param("uri").asText().equals(A)) {
                wire.json(200, call.error(-32002, "Resource not found"));
            } else {
                carryOut(call, wire);
            }
        });
        assertThat(mcp.async().listen(Set.of(A), change -> {})).failsWithin(Duration.ofSeconds(20));

        listen(mcp, B).cancel();

        assertThat(nextStop()).isEqualTo(B);
        assertThat(server.calls("resources/unsubscribe")).hasSize(1);
    }

    /** The other goes in the midst of what ends the one, with time enough for a word to the server. */
    private void whileItEnds(Heard one, Heard other) {
        one.listening().exceptionally(failure -> {
            other.cancel();
            server.waitFor(Duration.ofMillis(300));
            return null;
        });
    }

    /** Returns once the stream is heard. */
    private Heard listen(McpClient client, String... uris) throws InterruptedException {
        BlockingQueue<Change> changes = new LinkedBlockingQueue<>();
        Heard heard = new Heard(client.async().listen(Set.of(uris), changes::add), changes);
        begun.add(heard);
        heard.changes().take();
        return heard;
    }

    private void carryOut(ScriptedMcpServer.Call call, ScriptedMcpServer.Wire wire) throws IOException {
        done.add(call.method().replace("resources/", "") + " "
                + call.param("uri").asText());
        wire.json(200, call.result("{}"));
    }

    /** Of which resource the server has been asked to tell no more. */
    private String nextStop() throws InterruptedException {
        String next = done.take();
        while (next.startsWith("subscribe ")) {
            next = done.take();
        }
        return next.replace("unsubscribe ", "");
    }

    /**
     * By other messages of that kind: two are under way at once, each for two seconds at most, and the others come before
     * whatever follows. So it lasts longer than this test may.
     */
    private void holdUpWhatNobodyWaitsFor(CountDownLatch free) throws InterruptedException {
        Semaphore called = new Semaphore(0);
        CountDownLatch held = new CountDownLatch(2);
        server.on("tools/call", (call, wire) -> {
            called.release();
            server.stall();
        });
        server.on("notifications/cancelled", (call, wire) -> {
            held.countDown();
            ScriptedMcpServer.awaitQuietly(free);
            wire.empty(202);
        });
        List<CompletableFuture<ToolResult>> calls = Stream.generate(
                        () -> mcp.async().callTool("query", Map.of()))
                .limit(MESSAGES)
                .toList();
        called.acquire(MESSAGES);
        calls.forEach(call -> call.cancel(true));
        held.await();
    }
}
