// SPDX-License-Identifier: Apache-2.0
package mcptests;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.mcp.CallOptions;
import io.tokenfederation.mcp.Change;
import io.tokenfederation.mcp.LogLevel;
import io.tokenfederation.mcp.LogMessage;
import io.tokenfederation.mcp.McpClient;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the server that has everything tells of its own accord, and what becomes of its sessions. */
@ExtendWith(EverythingServer.Shared.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class EverythingSessionTest {
    private final BlockingQueue<Change> changes = new LinkedBlockingQueue<>();

    @Test
    void changeOfASubscribedResourceIsHeard(EverythingServer server) throws Exception {
        String uri = "demo://resource/dynamic/text/1";
        try (McpClient mcp = Clients.of(server.uri()).build()) {
            CompletableFuture<Void> listening = mcp.async().listen(Set.of(uri), changes::add);

            mcp.callTool("toggle-subscriber-updates", Map.of());

            assertThat(changes.take()).isEqualTo(new Change(Change.Kind.RESOURCE, uri));
            listening.cancel(true);
        }
    }

    @Test
    void changeOfAListIsHeard(EverythingServer server) throws Exception {
        try (McpClient mcp = Clients.of(server.uri()).build()) {
            CompletableFuture<Void> listening = mcp.async().listen(Set.of(), changes::add);

            awaitChange(mcp, Change.Kind.RESOURCES);

            listening.cancel(true);
        }
    }

    @Test
    void logIsHeard(EverythingServer server) throws Exception {
        BlockingQueue<LogMessage> log = new LinkedBlockingQueue<>();
        try (McpClient mcp = Clients.of(server.uri()).build()) {
            CompletableFuture<Void> listening = mcp.with(CallOptions.defaults().onLog(LogLevel.DEBUG, log::add))
                    .async()
                    .listen(Set.of(), changes::add);

            mcp.callTool("toggle-simulated-logging", Map.of());

            assertThat(log.take().data()).containsIgnoringCase("level");
            listening.cancel(true);
        }
    }

    @Test
    void serverThatWasRestartedIsGreetedAnew() {
        try (EverythingServer server = EverythingServer.start();
                McpClient mcp = Clients.of(server.uri()).build()) {
            assertThat(mcp.callTool("echo", Map.of("message", "before")).text()).isEqualTo("Echo: before");

            server.restart();

            assertThat(mcp.callTool("echo", Map.of("message", "after")).text()).isEqualTo("Echo: after");
        }
    }

    @Test
    void listenerOutlivesTheServersRestart() throws Exception {
        try (EverythingServer server = EverythingServer.start();
                McpClient mcp = Clients.of(server.uri()).build()) {
            CompletableFuture<Void> listening = mcp.async().listen(Set.of(), changes::add);
            awaitChange(mcp, Change.Kind.RESOURCES);

            server.restart();

            awaitChange(mcp, Change.Kind.MAYBE_MISSED);
            awaitChange(mcp, Change.Kind.RESOURCES);
            listening.cancel(true);
        }
    }

    /** What happens before the server has the stream is told to nobody, so it happens until it is heard. */
    private void awaitChange(McpClient mcp, Change.Kind kind) throws InterruptedException {
        for (int attempt = 0; attempt < 200; attempt++) {
            mcp.callTool("gzip-file-as-resource", Map.of("name", "change-" + attempt, "data", "data:,x"));
            Change heard = changes.poll(100, TimeUnit.MILLISECONDS);
            if (heard != null && heard.kind() == kind) {
                return;
            }
        }
        throw new AssertionError("no change of this kind was heard: " + kind);
    }
}
