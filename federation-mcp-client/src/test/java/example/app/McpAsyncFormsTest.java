// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenfederation.mcp.CallOptions;
import io.tokenfederation.mcp.Completion;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpException;
import io.tokenfederation.mcp.Prompt;
import io.tokenfederation.mcp.Resource;
import io.tokenfederation.mcp.ResourceTemplate;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is asked and not waited for, besides tools: lists, completion, and the server itself. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class McpAsyncFormsTest {
    private static final String PROMPT = "{\"type\":\"ref/prompt\",\"name\":\"report\"}";
    private static final String TEMPLATE = "{\"type\":\"ref/resource\",\"uri\":\"file:///{city}\"}";

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
    void resourcesOfAllPagesComeAsOneList() {
        pages("resources", "{\"uri\":\"file:///%s\",\"name\":\"%<s\"}");

        List<Resource> resources = mcp.async().resources().join();

        assertThat(resources).extracting(Resource::uri).containsExactly("file:///a", "file:///b");
    }

    @Test
    void resourceTemplatesOfAllPagesComeAsOneList() {
        server.on(
                "resources/templates/list", page("resourceTemplates", "{\"uriTemplate\":\"%s/{x}\",\"name\":\"%<s\"}"));

        List<ResourceTemplate> templates = mcp.async().resourceTemplates().join();

        assertThat(templates).extracting(ResourceTemplate::uriTemplate).containsExactly("a/{x}", "b/{x}");
    }

    @Test
    void promptsOfAllPagesComeAsOneList() {
        pages("prompts", "{\"name\":\"%s\"}");

        List<Prompt> prompts = mcp.async().prompts().join();

        assertThat(prompts).extracting(Prompt::name).containsExactly("a", "b");
    }

    @Test
    void argumentsOfPromptsAreCompleted() {
        suggests("Oslo");

        Completion completion = mcp.async()
                .completePrompt("report", "city", "O", Map.of("country", "NO"))
                .join();

        assertThat(completion.values()).containsExactly("Oslo");
        assertThat(asked().param("ref").toString()).isEqualTo(PROMPT);
        assertThat(asked().param("context", "arguments").toString()).isEqualTo("{\"country\":\"NO\"}");
    }

    @Test
    void variablesOfTemplatesAreCompleted() {
        suggests("Oslo");

        Completion completion = mcp.async()
                .completeTemplate("file:///{city}", "city", "O", Map.of())
                .join();

        assertThat(completion.values()).containsExactly("Oslo");
        assertThat(asked().param("ref").toString()).isEqualTo(TEMPLATE);
        assertThat(asked().param("argument").toString()).isEqualTo("{\"name\":\"city\",\"value\":\"O\"}");
    }

    @Test
    void serverTellsOfItself() {
        assertThat(mcp.async().server().join().name()).isEqualTo("scripted");
    }

    @Test
    void cancelledListIsTakenBackAndAsksForNoFurtherPage() throws Exception {
        CountDownLatch secondPage = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        server.on("resources/list", (call, wire) -> {
            if (call.param("cursor").isMissingNode()) {
                wire.json(200, call.result("{\"resources\":[],\"nextCursor\":\"2\"}"));
            } else {
                secondPage.countDown();
                server.stall();
            }
        });
        server.on("notifications/cancelled", (call, wire) -> {
            wire.empty(202);
            cancelled.countDown();
        });
        CompletableFuture<List<Resource>> resources = mcp.async().resources();
        secondPage.await();

        resources.cancel(true);

        assertThat(cancelled.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(server.calls("notifications/cancelled").get(0).param("requestId"))
                .isEqualTo(server.calls("resources/list").get(1).message().path("id"));
        assertThat(server.calls("resources/list")).hasSize(2);
    }

    @Test
    void allPagesShareOneTimeout() {
        server.on("prompts/list", (call, wire) -> {
            server.waitFor(Duration.ofMillis(20));
            wire.json(200, call.result("{\"prompts\":[],\"nextCursor\":\"" + server.calls.size() + "\"}"));
        });
        McpClient hasty = mcp.with(CallOptions.defaults().timeout(Duration.ofMillis(500)));

        // Where the time ends while a new connection is being made, as the JDK may want one at any time, nothing was
        // sent.
        assertThatThrownBy(hasty.async().prompts()::join)
                .cause()
                .isInstanceOfSatisfying(
                        McpException.class, late -> assertThat(late.code()).isIn("MCP_TIMED_OUT", "MCP_UNREACHABLE"));
    }

    private void pages(String member, String item) {
        server.on(member + "/list", page(member, item));
    }

    /** Two pages, of one item each. */
    private static ScriptedMcpServer.Script page(String member, String item) {
        return (call, wire) -> {
            boolean first = call.param("cursor").isMissingNode();
            String items = "[" + String.format(item, first ? "a" : "b") + "]";
            String next = first ? ",\"nextCursor\":\"2\"" : "";
            wire.json(200, call.result("{\"" + member + "\":" + items + next + "}"));
        };
    }

    private void suggests(String value) {
        server.on(
                "completion/complete",
                (call, wire) -> wire.json(200, call.result("{\"completion\":{\"values\":[\"" + value + "\"]}}")));
    }

    private ScriptedMcpServer.Call asked() {
        return server.calls("completion/complete").get(0);
    }
}
