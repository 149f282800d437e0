// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import example.app.ScriptedMcpServer.Script;
import io.tokenfederation.mcp.CallOptions;
import io.tokenfederation.mcp.Change;
import io.tokenfederation.mcp.McpClient;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server's word that a tool may run twice holds until there is reason to think that it is another tool now. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class McpStaleHintsTest {
    private static final String ACKNOWLEDGED =
            "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\",\"params\":{}}\n\n";
    private static final String CHANGED =
            "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\",\"params\":{}}\n\n";

    private final AtomicInteger runs = new AtomicInteger();
    private CompletableFuture<Void> listening = CompletableFuture.completedFuture(null);
    private ScriptedMcpServer server;
    private McpClient mcp;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedMcpServer();
        mcp = McpClient.builder(server.uri()).tokens(new Tokens(Failures.TOKEN)).build();
        server.on(
                "tools/list",
                (call, wire) -> wire.json(
                        200,
                        call.result("{\"resultType\":\"complete\",\"ttlMs\":60000,\"cacheScope\":\"public\","
                                + "\"tools\":[{\"name\":\"query\",\"inputSchema\":{\"type\":\"object\"},"
                                + "\"annotations\":{\"readOnlyHint\":true}}]}")));
        server.on("tools/call", cutOnce());
    }

    @AfterEach
    void stop() throws IOException {
        listening.cancel(true);
        server.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void toolIsNotRunTwiceOnceItsListHasChanged(boolean modern) throws Exception {
        if (modern) {
            server.modern();
        }
        mcp.listTools();
        hearOfAChange(modern);

        assertThat(Failures.ofCall(mcp).code()).isEqualTo("MCP_ANSWER_LOST");
        assertThat(runs).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void toolThatWasListedAnewMayRunTwiceAgain(boolean modern) throws Exception {
        if (modern) {
            server.modern();
        }
        mcp.listTools();
        hearOfAChange(modern);

        mcp.listTools();

        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("done");
        assertThat(runs).hasValue(2);
    }

    @Test
    void changeThatIsToldInTheMiddleOfTheCallCounts() {
        mcp.listTools();
        server.on("tools/call", (call, wire) -> {
            runs.incrementAndGet();
            wire.beginStream();
            wire.chunk(CHANGED);
            wire.cut();
        });

        assertThat(Failures.ofCall(mcp).code()).isEqualTo("MCP_ANSWER_LOST");
        assertThat(runs).hasValue(1);
    }

    @Test
    void changeThatMayHaveBeenMissedCounts() throws Exception {
        mcp.listTools();
        BlockingQueue<Change> changes = new LinkedBlockingQueue<>();
        server.on("GET", (call, wire) -> {
            server.on("GET", (again, wireAgain) -> {
                wireAgain.beginStream();
                wireAgain.chunk(": nothing\n\n");
            });
            wire.stream(": nothing\n\n");
        });
        listening = mcp.async().listen(Set.of(), changes::add);
        assertThat(changes.take().kind()).isEqualTo(Change.Kind.MAYBE_MISSED);

        assertThat(Failures.ofCall(mcp).code()).isEqualTo("MCP_ANSWER_LOST");
    }

    @Test
    void toolIsNotRunTwiceInASessionThatHasNotListedIt() {
        mcp.listTools();
        Script cut = cutOnce();
        server.on("tools/call", (call, wire) -> {
            server.on("tools/call", cut);
            wire.empty(404);
        });

        assertThat(Failures.ofCall(mcp).code()).isEqualTo("MCP_ANSWER_LOST");
        assertThat(runs).hasValue(1);
    }

    @Test
    void toolIsNotRunTwiceByAServerThatHasChangedItsEra() {
        mcp.listTools();
        server.modern();
        server.on("tools/call", (call, wire) -> {
            runs.incrementAndGet();
            wire.json(400, call.error(-32022, "Unsupported", "{\"supported\":[\"2026-07-28\"]}"));
        });

        assertThat(Failures.ofCall(mcp).code()).isEqualTo("MCP_VERSION_UNSUPPORTED");
        assertThat(runs).hasValue(1);
    }

    @Test
    void wordOfTheApplicationHoldsWhateverTheServerTells() throws Exception {
        mcp.listTools();
        hearOfAChange(false);

        String answer = mcp.with(CallOptions.defaults().idempotent())
                .callTool("query", Map.of())
                .text();

        assertThat(answer).isEqualTo("done");
    }

    private void hearOfAChange(boolean modern) throws InterruptedException {
        BlockingQueue<Change> changes = new LinkedBlockingQueue<>();
        server.on(modern ? "subscriptions/listen" : "GET", (call, wire) -> {
            wire.beginStream();
            wire.chunk((modern ? ACKNOWLEDGED : "") + CHANGED);
        });
        listening = mcp.async().listen(Set.of(), changes::add);
        assertThat(changes.take().kind()).isEqualTo(Change.Kind.TOOLS);
    }

    /** The first time the tool runs, the connection ends before its answer. */
    private Script cutOnce() {
        return (call, wire) -> {
            if (runs.incrementAndGet() == 1) {
                wire.cut();
            } else {
                wire.json(200, call.text("done"));
            }
        };
    }
}
