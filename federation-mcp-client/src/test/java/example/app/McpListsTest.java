// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenfederation.mcp.Completion;
import io.tokenfederation.mcp.EmbeddedResource;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpException;
import io.tokenfederation.mcp.Prompt;
import io.tokenfederation.mcp.PromptMessage;
import io.tokenfederation.mcp.PromptResult;
import io.tokenfederation.mcp.Resource;
import io.tokenfederation.mcp.ResourceTemplate;
import io.tokenfederation.mcp.TextContent;
import io.tokenfederation.mcp.Tool;
import io.tokenfederation.mcp.UnknownContent;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Resources, prompts, completion, and lists that come page by page. */
class McpListsTest {
    private ScriptedMcpServer server;
    private McpClient mcp;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedMcpServer().modern();
        mcp = McpClient.builder(server.uri()).tokens(new Tokens("t1")).build();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void nextPageIsAskedForWhenSomebodyComesToIt() {
        server.on("tools/list", (call, wire) -> {
            String at = call.param("cursor").asText("0");
            wire.json(200, call.result("{\"tools\":[{\"name\":\"t" + at + "\"}],\"nextCursor\":\"" + at + "1\"}"));
        });

        assertThat(mcp.tools().limit(2).map(Tool::name)).containsExactly("t0", "t01");
        assertThat(server.calls("tools/list")).hasSize(2);
        assertThat(mcp.tools()).isNotNull();
        assertThat(server.calls("tools/list")).hasSize(2);
    }

    @Test
    void schemasComeBackByteForByte() {
        String schema =
                "{ \"type\" : \"object\",\n \"$defs\":{\"a\":{\"const\":1.0e0}},\"properties\":{\"\\u00e4\":{}} }";
        server.on(
                "tools/list",
                (call, wire) -> wire.json(
                        200,
                        call.result("{\"tools\":[{\"outputSchema\":" + schema + ",\"name\":\"q\", \"inputSchema\" :"
                                + schema + "}]}")));

        Tool tool = mcp.listTools().get(0);

        assertThat(tool.inputSchema()).isEqualTo(schema);
        assertThat(tool.outputSchema()).isEqualTo(schema);
        assertThat(tool.definition()).contains(schema);
    }

    @Test
    void resourcesAndTemplatesAreListed() {
        String resource = "{\"uri\":\"file:///a\",\"name\":\"a\",\"title\":\"A\",\"mimeType\":\"text/csv\",\"size\":7}";
        String template = "{\"uriTemplate\":\"file:///{name}\",\"name\":\"any\",\"description\":\"d\"}";
        answer("resources/list", "{\"resources\":[" + resource + "]}");
        answer("resources/templates/list", "{\"resourceTemplates\":[" + template + "]}");

        assertThat(mcp.resources()).containsExactly(new Resource("file:///a", "a", "A", "", "text/csv", resource));
        assertThat(mcp.resourceTemplates())
                .containsExactly(new ResourceTemplate("file:///{name}", "any", "", "d", "", template));
    }

    @Test
    void resourceIsRead() {
        answer(
                "resources/read",
                "{\"contents\":[{\"uri\":\"file:///a\",\"mimeType\":\"text/csv\",\"text\":\"1;2\"},"
                        + "{\"uri\":\"file:///b\",\"blob\":\"aGk=\"}]}");

        assertThat(mcp.readResource("file:///ä?k=canary"))
                .containsExactly(
                        new EmbeddedResource("file:///a", "text/csv", "1;2", ""),
                        new EmbeddedResource("file:///b", "", "", "aGk="));
        assertThat(server.calls("resources/read").get(0).header("Mcp-Name")).startsWith("=?base64?");
    }

    @Test
    void pieceOfANewKindIsKeptAsItCameAndBreaksNothing() {
        String link = "{ \"uri\":\"file:///b\", \"mimeType\":\"a/b\", \"href\":1.50 }";
        answer(
                "resources/read",
                "{\"contents\":[{\"uri\":\"file:///a\",\"text\":\"\"}," + link + ",{\"text\":\"no URI\"}, 7 ]}");

        assertThat(mcp.readResource("file:///"))
                .containsExactly(
                        new EmbeddedResource("file:///a", "", "", ""),
                        new EmbeddedResource("file:///b", "a/b", "", "", link),
                        new EmbeddedResource("", "", "no URI", "", "{\"text\":\"no URI\"}"),
                        new EmbeddedResource("", "", "", "", "7"));
    }

    @Test
    void queryOfAResourceIsNotInTheFailure() {
        server.on("resources/read", (call, wire) -> wire.json(200, call.error(-32602, "Resource not found")));

        assertThatThrownBy(() -> mcp.readResource("file:///a?k=canary"))
                .isInstanceOf(McpException.class)
                .hasMessageContaining("resources/read 'file:///a'")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("canary"));
    }

    @Test
    void promptsAreListedAndFilledIn() {
        String prompt = "{\"name\":\"p\",\"arguments\":[{\"name\":\"city\",\"required\":true},{\"name\":\"b\"}]}";
        answer("prompts/list", "{\"prompts\":[" + prompt + "]}");
        answer(
                "prompts/get",
                "{\"description\":\"d\",\"messages\":[{\"role\":\"user\",\"content\":{\"type\":\"text\",\"text\":\"hi\"}},"
                        + "{\"role\":\"assistant\",\"content\":[1.0]}]}");

        assertThat(mcp.prompts())
                .containsExactly(new Prompt(
                        "p",
                        "",
                        "",
                        List.of(new Prompt.Argument("city", "", true), new Prompt.Argument("b", "", false)),
                        prompt));
        assertThat(mcp.getPrompt("p", Map.of("city", "Oslo")))
                .isEqualTo(new PromptResult(
                        "d",
                        List.of(
                                new PromptMessage("user", new TextContent("hi")),
                                new PromptMessage("assistant", new UnknownContent("", "[1.0]")))));
        assertThat(server.calls("prompts/get").get(0).header("Mcp-Name")).isEqualTo("p");
        assertThat(server.calls("prompts/get").get(0).param("arguments", "city").asText())
                .isEqualTo("Oslo");
    }

    @Test
    void argumentsAreCompleted() {
        answer("completion/complete", "{\"completion\":{\"values\":[\"Oslo\"],\"total\":9,\"hasMore\":true}}");

        assertThat(mcp.completePrompt("p", "city", "Os", Map.of("country", "no")))
                .isEqualTo(new Completion(List.of("Oslo"), 9, true));
        mcp.completeTemplate("file:///{name}", "name", "", Map.of());

        assertThat(server.calls("completion/complete"))
                .extracting(call -> call.param("ref").toString()
                        + call.param("argument")
                        + call.param("context").toString())
                .containsExactly(
                        "{\"type\":\"ref/prompt\",\"name\":\"p\"}{\"name\":\"city\",\"value\":\"Os\"}"
                                + "{\"arguments\":{\"country\":\"no\"}}",
                        "{\"type\":\"ref/resource\",\"uri\":\"file:///{name}\"}{\"name\":\"name\",\"value\":\"\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "tools/list; {}",
                "tools/list; {\"tools\":{}}",
                "tools/list; {\"tools\":[{}]}",
                "tools/list; {\"tools\":[7]}",
                "tools/list; {\"tools\":[],\"nextCursor\":7}",
                "resources/read; {\"contents\":7}",
                "resources/read; {}"
            })
    void listThatIsNoneIsATypedFailure(String method, String result) {
        answer(method, result);

        assertThatThrownBy(() -> {
                    mcp.listTools();
                    mcp.readResource("a");
                })
                .isInstanceOfSatisfying(
                        McpException.class, e -> assertThat(e.code()).isEqualTo("MCP_REPLY_UNREADABLE"));
    }

    private void answer(String method, String result) {
        server.on(method, (call, wire) -> wire.json(200, call.result(result)));
    }
}
