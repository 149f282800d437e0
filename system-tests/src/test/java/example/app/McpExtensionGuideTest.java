// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.testkit.McpEra;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the page about the MCP client shows of extensions, with a server that has one. */
class McpExtensionGuideTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CAPABILITIES =
            "\"capabilities\":{\"resources\":{},\"extensions\":{\"io.modelcontextprotocol/skills\":{}}}";

    private final Deployment deployment = new Deployment();
    private HttpServer host;
    private McpEra spoken;

    @BeforeEach
    void start() throws IOException {
        host = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        host.createContext("/mcp", this::answer);
        host.start();
    }

    @AfterEach
    void stop() {
        host.stop(0);
        deployment.close();
    }

    @ParameterizedTest
    @EnumSource
    void whatAnExtensionDefinesIsAskedFor(McpEra era) {
        spoken = era;
        URI url = URI.create("http://127.0.0.1:" + host.getAddress().getPort() + "/mcp");
        DatabricksTokenExchanger databricks = deployment.exchanger();
        ServicePrincipal principal = deployment.principal("west_sales");
        List<Skill> found = new ArrayList<>();

        McpClient mcp = McpClient.builder(url)
                .tokens(databricks.sourceFor(principal))
                .extension("io.modelcontextprotocol/skills", Map.of())
                .build();
        if (mcp.server().extensions().containsKey("io.modelcontextprotocol/skills")) {
            SkillPage page = mcp.request("skills/list", Map.of(), SkillPage.class);
            found.addAll(page.skills());
        }

        assertThat(found).extracting(Skill::uri).containsExactly("skill://prices/SKILL.md");
        assertThat(found.get(0).frontmatter()).containsEntry("name", "prices");
    }

    record Skill(String uri, Map<String, Object> frontmatter) {}

    record SkillPage(List<Skill> skills, String nextCursor) {}

    private void answer(HttpExchange exchange) throws IOException {
        JsonNode message = JSON.readTree(exchange.getRequestBody());
        String method = message.path("method").asText();
        boolean modern = spoken == McpEra.MODERN;
        String result = switch (method) {
            case "server/discover" -> modern ? "{\"supportedVersions\":[\"2026-07-28\"]," + CAPABILITIES + "}" : "";
            case "initialize" -> "{\"protocolVersion\":\"2025-11-25\",\"serverInfo\":{}," + CAPABILITIES + "}";
            case "skills/list" ->
                "{\"skills\":[{\"uri\":\"skill://prices/SKILL.md\",\"frontmatter\":{\"name\":\"prices\"},"
                        + "\"resources\":\"dynamic\"}]}";
            default -> "";
        };
        if (result.isEmpty()) {
            exchange.sendResponseHeaders(message.has("id") ? 400 : 202, -1);
            exchange.close();
            return;
        }
        String answer = "{\"jsonrpc\":\"2.0\",\"id\":" + message.path("id") + ",\"result\":" + result + "}";
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
