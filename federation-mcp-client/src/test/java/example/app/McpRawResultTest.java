// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpException;
import io.tokenfederation.mcp.ToolResult;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the records do not show of an answer, such as its {@code _meta}, is there in the server's own words. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class McpRawResultTest {
    private static final String RESULT = "{ \"_meta\": {\"a.example/cost\":1.50},\"content\":[{\"type\":\"text\","
            + "\"text\":\"zwölf €\",\"annotations\":{\"audience\":[\"user\"],\"priority\":0.70,"
            + "\"lastModified\":\"2026-01-01T00:00:00Z\"}}],\"later\":[1e400 , {\"x\":\"}\"}] }";

    private ScriptedMcpServer server;
    private McpClient mcp;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedMcpServer();
        mcp = McpClient.builder(server.uri()).tokens(new Tokens(Failures.TOKEN)).build();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":RESULT}",
                "\uFEFF{\"note\":\"für €\",\"result\" : RESULT , \"id\":ID}"
            })
    void wholeResultIsThereJustAsTheServerWroteIt(String message) {
        server.on(
                "tools/call",
                (call, wire) -> wire.json(
                        200,
                        message.replace("ID", call.message().path("id").toString())
                                .replace("RESULT", RESULT)));

        ToolResult result = mcp.callTool("query", Map.of());

        assertThat(result.json()).isEqualTo(RESULT);
        assertThat(result.text()).isEqualTo("zwölf €");
        assertThat(result.toString()).doesNotContain("cost");
    }

    @Test
    void wholeResultIsThereAlsoOfAStream() {
        server.on(
                "tools/call",
                (call, wire) -> wire.stream("data: " + call.result(RESULT) + "\n\ndata: {\"more\":1}\n\n"));

        assertThat(mcp.callTool("query", Map.of()).json()).isEqualTo(RESULT);
    }

    @Test
    void wholeResultIsThereAlsoOfAToolThatFailed() {
        String failed = "{\"isError\":true,\"_meta\":{\"retry\":false},\"content\":[]}";
        server.on("tools/call", (call, wire) -> wire.json(200, call.result(failed)));

        assertThatThrownBy(() -> mcp.callTool("query", Map.of(), Map.class))
                .isInstanceOfSatisfying(
                        McpException.class,
                        e -> assertThat(e.toolResult())
                                .hasValueSatisfying(
                                        result -> assertThat(result.json()).isEqualTo(failed)));
    }
}
