// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import example.app.Web.Answer;
import io.tokenfederation.testkit.LoopbackMcpServer;
import io.tokenfederation.testkit.McpEra;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the server makes, in the modern era, of requests that no proper client sends. */
class LoopbackMcpModernTest {
    private static final String META = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}";
    private static final String LIST =
            "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\",\"params\":{" + META + "}}";
    private static final String CALL =
            "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":{\"name\":\"wer?\"," + META + "}}";

    private final FederatedMcp world = new FederatedMcp();
    private final LoopbackMcpServer server = world.server.speak(McpEra.MODERN);

    @AfterEach
    void close() {
        world.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "200; 0; 2026-07-28; tools/list; ''",
                "400; -32020; ''; tools/list; ''",
                "400; -32020; 2025-11-25; tools/list; ''",
                "400; -32020; 2026-07-28; ''; ''",
                "400; -32020; 2026-07-28; tools/call; ''",
                "400; -32600; 2026-07-28; tools/list; made-up"
            })
    void headersMustSayWhatTheBodySays(int status, int code, String version, String method, String session)
            throws Exception {
        Answer answer = post(LIST, "MCP-Protocol-Version", version, "Mcp-Method", method, "Mcp-Session-Id", session);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().path("error").path("code").asInt()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"400, ''", "400, wer", "200, wer?", "200, =?base64?d2VyPw==?=", "400, =?base64?%?="})
    void nameMustBeThatOfTheBody(int status, String name) throws Exception {
        assertThat(post(CALL, "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "tools/call", "Mcp-Name", name)
                        .status())
                .isEqualTo(status);
    }

    @Test
    void bodyWithoutTheMetadataIsRefused() throws Exception {
        Answer answer = dressed("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}", "tools/list");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("error").path("code").asInt()).isEqualTo(-32602);
    }

    @Test
    void otherVersionIsRefusedWithThoseThatAreSpoken() throws Exception {
        Answer answer = post(
                LIST.replace("2026-07-28", "2031-01-01"),
                "MCP-Protocol-Version",
                "2031-01-01",
                "Mcp-Method",
                "tools/list");

        assertThat(answer.json().path("error").path("code").asInt()).isEqualTo(-32022);
        assertThat(answer.json().path("error").path("data").path("supported").toString())
                .isEqualTo("[\"2026-07-28\"]");
    }

    @Test
    void methodOfTheOtherEraIsNotFound() throws Exception {
        Answer answer = dressed(LIST.replace("tools/list", "initialize"), "initialize");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().path("error").path("code").asInt()).isEqualTo(-32601);
    }

    @Test
    void notificationIsRefused() throws Exception {
        assertThat(dressed(LIST.replace("\"id\":2,", ""), "tools/list").status())
                .isEqualTo(400);
    }

    @Test
    void discoveryNamesVersionsAndCapabilities() throws Exception {
        Answer answer = dressed(LIST.replace("tools/list", "server/discover"), "server/discover");

        assertThat(answer.json().path("result").path("supportedVersions").toString())
                .isEqualTo("[\"2026-07-28\"]");
        assertThat(answer.json().path("result").path("resultType").asText()).isEqualTo("complete");
    }

    @Test
    void clientOfTheOtherEraIsRefusedUnlessItIsSpokenToo() throws Exception {
        String initialize = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":"
                + "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}";

        assertThat(post(initialize).status()).isEqualTo(400);
        server.speak(McpEra.MODERN, McpEra.LEGACY);
        assertThat(post(initialize).status()).isEqualTo(200);
    }

    private Answer dressed(String body, String method) throws Exception {
        return post(body, "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", method);
    }

    /** A header with an empty value is left out. */
    private Answer post(String body, String... headers) throws Exception {
        List<String> all = new ArrayList<>(List.of(
                "Accept",
                "application/json, text/event-stream",
                "Authorization",
                "Bearer " + world.tokens.token().value()));
        for (int i = 0; i < headers.length; i += 2) {
            if (!headers[i + 1].isEmpty()) {
                all.addAll(List.of(headers[i], headers[i + 1]));
            }
        }
        return Web.post(server.uri(), "application/json", body, all.toArray(new String[0]));
    }
}
