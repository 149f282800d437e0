// SPDX-License-Identifier: Apache-2.0
package mcptests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenfederation.mcp.AudioContent;
import io.tokenfederation.mcp.Completion;
import io.tokenfederation.mcp.EmbeddedResource;
import io.tokenfederation.mcp.ImageContent;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpException;
import io.tokenfederation.mcp.Prompt;
import io.tokenfederation.mcp.PromptMessage;
import io.tokenfederation.mcp.ResourceLink;
import io.tokenfederation.mcp.ResourceTemplate;
import io.tokenfederation.mcp.TextContent;
import io.tokenfederation.mcp.ToolResult;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers built on the official Java SDK, with sessions and without: what both do. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SdkServersTest {
    /** Whether the server keeps sessions. */
    enum Kind {
        STATEFUL,
        STATELESS
    }

    record Sales(double amount) {}

    private static final Map<Kind, SdkServer> SERVERS = new EnumMap<>(Kind.class);
    private static final Map<Kind, McpClient> CLIENTS = new EnumMap<>(Kind.class);

    @BeforeAll
    static void start() {
        SERVERS.put(Kind.STATEFUL, SdkServer.stateful(server -> {}));
        SERVERS.put(Kind.STATELESS, SdkServer.stateless());
        SERVERS.forEach(
                (kind, server) -> CLIENTS.put(kind, Clients.of(server.uri()).build()));
    }

    @AfterAll
    static void stop() {
        CLIENTS.values().forEach(McpClient::close);
        SERVERS.values().forEach(SdkServer::close);
    }

    @ParameterizedTest
    @EnumSource
    void serverSaysWhoItIs(Kind kind) {
        assertThat(mcp(kind).server().name()).isEqualTo("sdk-server");
        assertThat(mcp(kind).server().version()).isEqualTo("1.2.3");
        assertThat(mcp(kind).server().instructions()).isEqualTo("be gentle");
        assertThat(mcp(kind).server().protocolVersion()).isEqualTo("2025-11-25");
    }

    @ParameterizedTest
    @EnumSource
    void toolIsCalled(Kind kind) {
        String text = "ä 𝄞 \" \n" + "x".repeat(20_000);

        assertThat(mcp(kind).callTool("echo", Map.of("message", text)).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @EnumSource
    void everyKindOfContentIsRead(Kind kind) {
        assertThat(mcp(kind).callTool("everything", Map.of()).content())
                .hasExactlyElementsOfTypes(
                        TextContent.class,
                        ImageContent.class,
                        AudioContent.class,
                        EmbeddedResource.class,
                        ResourceLink.class);
    }

    @ParameterizedTest
    @EnumSource
    void structuredContentIsReadIntoARecord(Kind kind) {
        mcp(kind).listTools();

        assertThat(mcp(kind).callTool("sales", Map.of(), Sales.class)).isEqualTo(new Sales(12.5));
    }

    @ParameterizedTest
    @EnumSource
    void toolThatFailedHasAnswered(Kind kind) {
        ToolResult result = mcp(kind).callTool("fail", Map.of());

        assertThat(result.isError()).isTrue();
        assertThat(result.text()).isEqualTo("it is broken");
    }

    @ParameterizedTest
    @EnumSource
    void toolThatThrewIsATypedFailure(Kind kind) {
        assertThatThrownBy(() -> mcp(kind).callTool("throw", Map.of()))
                .isInstanceOfSatisfying(McpException.class, e -> {
                    assertThat(e.rpcCode()).hasValue(-32603);
                    assertThat(e.rpcMessage()).hasValue("thrown inside");
                });
    }

    @ParameterizedTest
    @EnumSource
    void unknownToolIsATypedFailure(Kind kind) {
        assertThatThrownBy(() -> mcp(kind).callTool("no-such-tool", Map.of()))
                .isInstanceOfSatisfying(
                        McpException.class, e -> assertThat(e.rpcCode()).hasValue(-32602));
    }

    @ParameterizedTest
    @EnumSource
    void resourcesAreListedAndRead(Kind kind) {
        assertThat(mcp(kind).resources()).singleElement().satisfies(resource -> {
            assertThat(resource.uri()).isEqualTo("file:///prices.csv");
            assertThat(resource.title()).isEqualTo("Prices");
        });
        assertThat(mcp(kind).readResource("file:///prices.csv"))
                .containsExactly(
                        new EmbeddedResource("file:///prices.csv", "text/csv", "of file:///prices.csv", ""),
                        new EmbeddedResource("file:///prices.csv", "", "", "AQID"));
    }

    @ParameterizedTest
    @EnumSource
    void templatesAreListedReadAndCompleted(Kind kind) {
        assertThat(mcp(kind).resourceTemplates())
                .extracting(ResourceTemplate::uriTemplate)
                .containsExactly("region:///{name}");
        assertThat(mcp(kind).readResource("region:///west").get(0).text()).isEqualTo("of region:///west");
        assertThat(mcp(kind)
                        .completeTemplate("region:///{name}", "name", "b", Map.of())
                        .values())
                .containsExactly("bert");
    }

    @ParameterizedTest
    @EnumSource
    void unknownResourceIsATypedFailure(Kind kind) {
        assertThatThrownBy(() -> mcp(kind).readResource("file:///nowhere"))
                .isInstanceOfSatisfying(
                        McpException.class, e -> assertThat(e.rpcCode()).isPresent());
    }

    @ParameterizedTest
    @EnumSource
    void promptsAreListedFilledInAndCompleted(Kind kind) {
        assertThat(mcp(kind).prompts())
                .singleElement()
                .satisfies(prompt -> assertThat(prompt.arguments())
                        .containsExactly(new Prompt.Argument("who", "", true), new Prompt.Argument("how", "", false)));
        assertThat(mcp(kind).getPrompt("greeting", Map.of("who", "Ann")).messages())
                .containsExactly(new PromptMessage("user", new TextContent("Greet Ann")));
        assertThat(mcp(kind).completePrompt("greeting", "who", "an", Map.of()))
                .isEqualTo(new Completion(List.of("ann", "anton"), 2, false));
    }

    @ParameterizedTest
    @EnumSource
    void manyCallsAtOnceEachGetTheirOwnAnswer(Kind kind) {
        List<CompletableFuture<ToolResult>> calls = IntStream.range(0, 200)
                .mapToObj(i -> mcp(kind).async().callTool("echo", Map.of("message", "number " + i)))
                .toList();

        for (int i = 0; i < calls.size(); i++) {
            assertThat(calls.get(i).join().text()).isEqualTo("number " + i);
        }
    }

    private static McpClient mcp(Kind kind) {
        McpClient client = CLIENTS.get(kind);
        if (client == null) {
            throw new IllegalStateException("not started");
        }
        return client;
    }
}
