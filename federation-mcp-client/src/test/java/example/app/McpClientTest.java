// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import example.app.ScriptedMcpServer.Call;
import io.tokenfederation.mcp.EmbeddedResource;
import io.tokenfederation.mcp.ImageContent;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpException;
import io.tokenfederation.mcp.ResourceLink;
import io.tokenfederation.mcp.TextContent;
import io.tokenfederation.mcp.Tool;
import io.tokenfederation.mcp.ToolResult;
import io.tokenfederation.mcp.UnknownContent;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class McpClientTest {
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
    void buildingConnectsToNothing() {
        assertThat(server.calls).isEmpty();
    }

    @Test
    void firstUseShakesHandsAndLaterUseDoesNot() {
        mcp.callTool("query", Map.of());
        mcp.callTool("query", Map.of());

        assertThat(server.calls)
                .extracting(Call::method)
                .containsExactly("initialize", "notifications/initialized", "tools/call", "tools/call");
    }

    @Test
    void initializeOffersTheNewestVersionAndNothingElse() {
        mcp.callTool("query", Map.of());

        assertThat(server.calls.get(0).message().path("params").toString())
                .startsWith("{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":");
    }

    @Test
    void callCarriesNameArgumentsAndAnId() {
        mcp.callTool("query", Map.of("sql", "SELECT 1"));

        Call call = server.calls("tools/call").get(0);
        assertThat(call.message().path("id").isIntegralNumber()).isTrue();
        assertThat(call.message().path("params").toString())
                .isEqualTo("{\"name\":\"query\",\"arguments\":{\"sql\":\"SELECT 1\"}}");
    }

    @Test
    void argumentsThatAreNoJsonAreMisuseAndNotSent() {
        assertThatThrownBy(() -> mcp.callTool("query", Map.of("x", new Object())))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(server.calls).isEmpty();
    }

    @Test
    void textsOfAllPiecesAreJoined() {
        result("{\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"b\"}]}");

        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("a\nb");
    }

    @Test
    void toolsOwnErrorIsAResult() {
        result("{\"content\":[{\"type\":\"text\",\"text\":\"no such table\"}],\"isError\":true}");

        ToolResult result = mcp.callTool("query", Map.of());

        assertThat(result.isError()).isTrue();
        assertThat(result.text()).isEqualTo("no such table");
    }

    @Test
    void everyKindOfContentIsTyped() {
        result("{\"content\":[{\"type\":\"image\",\"data\":\"aGk=\",\"mimeType\":\"image/png\"},"
                + "{\"type\":\"resource_link\",\"uri\":\"file:///a b\",\"name\":\"n\"},"
                + "{\"type\":\"resource\",\"resource\":{\"uri\":\"u:1\",\"text\":\"body\"}}]}");

        assertThat(mcp.callTool("query", Map.of()).content())
                .containsExactly(
                        new ImageContent("aGk=", "image/png"),
                        new ResourceLink("file:///a b", "n", "", ""),
                        new EmbeddedResource("u:1", "", "body", ""));
    }

    @Test
    void imageGivesItsBytes() {
        assertThat(new ImageContent("aGk=", "image/png").bytes()).asString().isEqualTo("hi");
    }

    @Test
    void unknownAndMisshapenContentIsKeptAsItCame() {
        result("{\"content\":[{\"type\":\"hologram\",\"rays\":1.50},{\"type\":\"text\"},7]}");

        assertThat(mcp.callTool("query", Map.of()).content())
                .containsExactly(
                        new UnknownContent("hologram", "{\"type\":\"hologram\",\"rays\":1.50}"),
                        new UnknownContent("text", "{\"type\":\"text\"}"),
                        new UnknownContent("", "7"));
    }

    @Test
    void numbersKeepEveryDigit() {
        result("{\"content\":[],\"structuredContent\":{\"d\":0.1234567890123456789012345,\"z\":1.10,"
                + "\"i\":7,\"b\":123456789012345678901234567890,\"n\":null,\"t\":true,\"l\":[\"x\"]}}");

        Object data = mcp.callTool("query", Map.of()).structuredContent().orElseThrow();

        assertThat(data)
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.map(String.class, Object.class))
                .containsEntry("d", new BigDecimal("0.1234567890123456789012345"))
                .containsEntry("z", new BigDecimal("1.10"))
                .containsEntry("i", 7L)
                .containsEntry("b", new BigInteger("123456789012345678901234567890"))
                .containsEntry("n", null)
                .containsEntry("t", true)
                .containsEntry("l", List.of("x"));
    }

    @Test
    void structuredContentMayBeAnyJson() {
        result("{\"content\":[],\"structuredContent\":[1,null]}");

        assertThat(mcp.callTool("query", Map.of()).structuredContent()).contains(Arrays.asList(1L, null));
    }

    @Test
    void resultOfAMegabyteIsReadInEitherFraming() {
        String rows = "x".repeat(1_000_000);
        result("{\"content\":[{\"type\":\"text\",\"text\":\"" + rows + "\"}]}");
        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo(rows);

        server.on("tools/call", (call, wire) -> wire.stream("data: " + call.text(rows) + "\n\n"));
        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo(rows);
    }

    @Test
    void resultPrintsNoData() {
        result("{\"content\":[{\"type\":\"text\",\"text\":\"alice\"}],\"structuredContent\":{\"who\":\"alice\"}}");

        assertThat(mcp.callTool("query", Map.of()).toString()).doesNotContain("alice");
    }

    @Test
    void questionInsteadOfAResultIsNoEmptyResult() {
        result("{\"resultType\":\"input_required\",\"inputRequests\":{}}");

        assertThatThrownBy(() -> mcp.callTool("query", Map.of()))
                .isInstanceOfSatisfying(
                        McpException.class, e -> assertThat(e.code()).isEqualTo("MCP_REPLY_UNREADABLE"));
    }

    @Test
    void toolKeepsItsSchemaAndWhatIsNotNamed() {
        String schema = "{\"type\":\"object\",\"properties\":{\"n\":{\"maximum\":1.10}},\"$ref\":\"#/x\"}";
        String tool = "{\"name\":\"query\",\"annotations\":{\"title\":\"Ask\",\"readOnlyHint\":true},\"inputSchema\":"
                + schema + "}";
        server.on("tools/list", (call, wire) -> wire.json(200, call.result("{\"tools\":[" + tool + "]}")));

        assertThat(mcp.listTools()).containsExactly(new Tool("query", "Ask", "", schema, "", tool));
    }

    @Test
    void listGoesOnUntilThereIsNoCursorEvenIfOneIsEmpty() {
        server.on("tools/list", (call, wire) -> {
            String cursor = call.message().path("params").path("cursor").asText("none");
            String next = switch (cursor) {
                case "none" -> ",\"nextCursor\":\"\"";
                case "" -> ",\"nextCursor\":\"p3\"";
                default -> ",\"nextCursor\":null";
            };
            wire.json(200, call.result("{\"tools\":[{\"name\":\"after " + cursor + "\"}]" + next + "}"));
        });

        assertThat(mcp.listTools()).extracting(Tool::name).containsExactly("after none", "after ", "after p3");
    }

    @Test
    void cursorThatComesBackEndsTheListWithAnError() {
        server.on("tools/list", (call, wire) -> wire.json(200, call.result("{\"tools\":[],\"nextCursor\":\"again\"}")));

        assertThatThrownBy(mcp::listTools)
                .isInstanceOfSatisfying(
                        McpException.class, e -> assertThat(e.code()).isEqualTo("MCP_REPLY_UNREADABLE"));
        assertThat(server.calls("tools/list")).hasSize(2);
    }

    @Test
    void closeEndsTheSessionOnce() {
        mcp.callTool("query", Map.of());

        mcp.close();
        mcp.close();

        assertThat(server.calls("DELETE")).singleElement().satisfies(call -> {
            assertThat(call.header("Mcp-Session-Id")).isEqualTo("session-1");
            assertThat(call.header("Authorization")).isEqualTo("Bearer t1");
        });
    }

    @Test
    void closeOfAnUnusedClientSendsNothing() {
        mcp.close();

        assertThat(server.calls).isEmpty();
    }

    @Test
    void closeSurvivesAServerThatHangsUp() {
        server.on("DELETE", (call, wire) -> wire.cut());
        mcp.callTool("query", Map.of());

        mcp.close();

        assertThat(server.calls("DELETE")).hasSize(1);
    }

    @Test
    void closedClientSaysSo() {
        mcp.close();

        assertThatThrownBy(mcp::listTools)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void textContentIsAValue() {
        assertThat(new TextContent("a")).isEqualTo(new TextContent("a"));
    }

    private void result(String result) {
        server.on("tools/call", (call, wire) -> wire.json(200, call.result(result)));
    }
}
