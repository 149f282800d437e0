// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import example.app.ScriptedMcpServer.Script;
import io.tokenfederation.mcp.CallOptions;
import io.tokenfederation.mcp.Change;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpException;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server of 2026-07-28 acknowledges a subscription before all else; until it has, nobody listens. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class McpSubscriptionTest {
    private static final String ACKNOWLEDGED = notice("subscriptions/acknowledged");
    private static final String CHANGED = notice("tools/list_changed");

    private final BlockingQueue<Change> changes = new LinkedBlockingQueue<>();
    private ScriptedMcpServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedMcpServer().modern();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void serverThatTellsBeforeItAcknowledgesIsAFailure() {
        server.on("subscriptions/listen", (call, wire) -> {
            wire.beginStream();
            wire.chunk(CHANGED + ACKNOWLEDGED);
        });

        assertThat(failure(listening(Duration.ofHours(1))).code()).isEqualTo("MCP_REPLY_UNREADABLE");
        assertThat(changes).isEmpty();
    }

    @Test
    void serverThatNeverAcknowledgesIsAFailure() {
        server.on("subscriptions/listen", (call, wire) -> {
            wire.beginStream();
            wire.chunk(": open\n\n");
        });

        McpException failure = failure(listening(Duration.ofSeconds(1)));

        assertThat(failure.code()).isEqualTo("MCP_TIMED_OUT");
        assertThat(failure).hasMessageContaining("acknowledged");
        assertThat(server.calls("subscriptions/listen")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void resultWithoutAnAcknowledgmentIsAFailure(boolean stream) {
        server.on("subscriptions/listen", (call, wire) -> {
            if (stream) {
                wire.stream("data: " + call.result("{}") + "\n\n");
            } else {
                wire.json(200, call.result("{}"));
            }
        });

        assertThat(failure(listening(Duration.ofHours(1))).code()).isEqualTo("MCP_REPLY_UNREADABLE");
        assertThat(server.calls("subscriptions/listen")).hasSize(1);
    }

    @Test
    void acknowledgedSubscriptionLastsLongerThanACallMay() throws Exception {
        Duration callTimeout = Duration.ofSeconds(2);
        server.on("subscriptions/listen", (call, wire) -> {
            wire.beginStream();
            wire.chunk(ACKNOWLEDGED);
            server.waitFor(callTimeout.plusMillis(500));
            wire.chunk(CHANGED);
        });

        CompletableFuture<Void> listening = listening(callTimeout);

        assertThat(changes.take().kind()).isEqualTo(Change.Kind.TOOLS);
        assertThat(server.calls("subscriptions/listen")).hasSize(1);
        listening.cancel(true);
    }

    @Test
    void subscriptionThatEndsProperlyIsBegunAgain() throws Exception {
        once(
                (call, wire) -> wire.stream(ACKNOWLEDGED + "data: " + call.result("{}") + "\n\n"),
                (call, wire) -> wire.stream(ACKNOWLEDGED + CHANGED));

        CompletableFuture<Void> listening = listening(Duration.ofHours(1));

        assertThat(changes.take().kind()).isEqualTo(Change.Kind.MAYBE_MISSED);
        assertThat(changes.take().kind()).isEqualTo(Change.Kind.TOOLS);
        listening.cancel(true);
    }

    @Test
    void streamThatEndsBeforeTheAcknowledgmentIsOpenedAgain() throws Exception {
        once((call, wire) -> wire.stream(": hello\n\n"), (call, wire) -> wire.stream(ACKNOWLEDGED + CHANGED));

        CompletableFuture<Void> listening = listening(Duration.ofHours(1));

        assertThat(changes.take().kind()).isEqualTo(Change.Kind.MAYBE_MISSED);
        assertThat(changes.take().kind()).isEqualTo(Change.Kind.TOOLS);
        listening.cancel(true);
    }

    @Test
    void serverThatAcknowledgedBeforeIsGivenAnotherChance() throws Exception {
        server.on("subscriptions/listen", (call, wire) -> {
            once(
                    (next, wireNext) -> {
                        wireNext.beginStream();
                        wireNext.chunk(": busy\n\n");
                    },
                    (last, wireLast) -> wireLast.stream(ACKNOWLEDGED + CHANGED));
            wire.stream(ACKNOWLEDGED);
        });

        CompletableFuture<Void> listening = listening(Duration.ofSeconds(2));

        assertThat(changes.take().kind()).isEqualTo(Change.Kind.MAYBE_MISSED);
        assertThat(changes.take().kind()).isEqualTo(Change.Kind.TOOLS);
        listening.cancel(true);
    }

    /** After the question for the era, whose time is not the subscription's. */
    private CompletableFuture<Void> listening(Duration callTimeout) {
        McpClient mcp = McpClient.builder(server.uri()).tokens(new Tokens("t1")).build();
        mcp.server();
        return mcp.with(CallOptions.defaults().timeout(callTimeout)).async().listen(Set.of(), changes::add);
    }

    private void once(Script first, Script then) {
        server.on("subscriptions/listen", (call, wire) -> {
            server.on("subscriptions/listen", then);
            first.answer(call, wire);
        });
    }

    private static McpException failure(CompletableFuture<Void> listening) {
        ExecutionException failure =
                catchThrowableOfType(ExecutionException.class, () -> listening.get(20, TimeUnit.SECONDS));
        assertThat(failure).hasCauseInstanceOf(McpException.class);
        return (McpException) failure.getCause();
    }

    private static String notice(String name) {
        return "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/" + name + "\",\"params\":{}}\n\n";
    }
}
