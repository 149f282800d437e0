// SPDX-License-Identifier: Apache-2.0
package mcptests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpSchema.ResourcesUpdatedNotification;
import io.tokenfederation.mcp.CallOptions;
import io.tokenfederation.mcp.Change;
import io.tokenfederation.mcp.ElicitationAnswer;
import io.tokenfederation.mcp.LogLevel;
import io.tokenfederation.mcp.LogMessage;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpException;
import io.tokenfederation.mcp.Progress;
import io.tokenfederation.mcp.Root;
import io.tokenfederation.mcp.SamplingAnswer;
import io.tokenfederation.mcp.Tool;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server with sessions, built on the official Java SDK: what only such a server does. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SdkServerTest {
    private final List<McpSyncServer> inside = new ArrayList<>();
    private SdkServer server;
    private McpClient mcp;

    @BeforeEach
    void start() {
        server = SdkServer.stateful(inside::add);
        mcp = Clients.of(server.uri())
                .elicitation(question -> ElicitationAnswer.accept(question.defaults()))
                .sampling(request -> new SamplingAnswer("model-1", "Because.", "endTurn"))
                .roots(() -> List.of(new Root(URI.create("file:///work"), "work")))
                .build();
    }

    @AfterEach
    void stop() {
        mcp.close();
        server.close();
    }

    @Test
    void theseToolsAreOffered() {
        assertThat(mcp.listTools())
                .extracting(Tool::name)
                .containsExactlyInAnyOrder(
                        "echo",
                        "everything",
                        "fail",
                        "throw",
                        "sales",
                        "progress",
                        "log",
                        "ask-person",
                        "ask-model",
                        "ask-roots",
                        "ping");
    }

    @Test
    void progressIsHeard() {
        List<Progress> heard = new ArrayList<>();

        mcp.with(CallOptions.defaults().onProgress(heard::add)).callTool("progress", Map.of());

        assertThat(heard)
                .containsExactly(
                        new Progress(1, 3, "step 1"), new Progress(2, 3, "step 2"), new Progress(3, 3, "step 3"));
    }

    @Test
    void logOfACallIsHeard() {
        List<LogMessage> heard = new ArrayList<>();

        mcp.with(CallOptions.defaults().onLog(LogLevel.INFO, heard::add)).callTool("log", Map.of());

        assertThat(heard).containsExactly(new LogMessage("warning", "sdk", "something is odd"));
    }

    @Test
    void personIsAsked() {
        assertThat(mcp.callTool("ask-person", Map.of()).text()).isEqualTo("ACCEPT {name=ann}");
    }

    @Test
    void modelIsAsked() {
        assertThat(mcp.callTool("ask-model", Map.of()).text()).isEqualTo("Because.");
    }

    @Test
    void placesAreAsked() {
        assertThat(mcp.callTool("ask-roots", Map.of()).text()).isEqualTo("file:///work");
    }

    @Test
    void pingIsAnswered() {
        assertThat(mcp.callTool("ping", Map.of()).text()).startsWith("answered");
    }

    @Test
    void questionToAClientThatAnswersNothingFailsThatCallAlone() {
        try (McpClient silent = Clients.of(server.uri()).build()) {
            assertThatThrownBy(() -> silent.callTool("ask-person", Map.of()))
                    .isInstanceOfSatisfying(
                            McpException.class, e -> assertThat(e.rpcCode()).hasValue(-32603));
            assertThat(silent.callTool("echo", Map.of("message", "still there")).text())
                    .isEqualTo("still there");
        }
    }

    @Test
    void changesAreHeard() throws Exception {
        BlockingQueue<Change> changes = new LinkedBlockingQueue<>();
        CompletableFuture<Void> listening = mcp.async().listen(Set.of(SdkFeatures.PRICES.uri()), changes::add);

        // What happens before the server has the stream is told to nobody, so it happens until it is heard.
        Set<Change> heard = new HashSet<>();
        while (heard.size() < 4) {
            inside.get(0).notifyToolsListChanged();
            inside.get(0).notifyPromptsListChanged();
            inside.get(0).notifyResourcesListChanged();
            inside.get(0).notifyResourcesUpdated(new ResourcesUpdatedNotification(SdkFeatures.PRICES.uri()));
            Change change = changes.poll(100, TimeUnit.MILLISECONDS);
            for (; change != null; change = changes.poll()) {
                heard.add(change);
            }
        }

        assertThat(heard)
                .containsExactlyInAnyOrder(
                        new Change(Change.Kind.TOOLS, ""),
                        new Change(Change.Kind.PROMPTS, ""),
                        new Change(Change.Kind.RESOURCES, ""),
                        new Change(Change.Kind.RESOURCE, SdkFeatures.PRICES.uri()));
        listening.cancel(true);
    }

    @Test
    void sessionEndsWithTheClient() {
        mcp.callTool("echo", Map.of("message", "hello"));

        mcp.close();

        assertThat(server.verbs).last().isEqualTo("DELETE");
    }

    @Test
    void everyRequestCarriesTheToken() {
        mcp.callTool("ask-person", Map.of());

        assertThat(server.authorizations).isNotEmpty().containsOnly("Bearer " + Clients.TOKEN);
    }
}
