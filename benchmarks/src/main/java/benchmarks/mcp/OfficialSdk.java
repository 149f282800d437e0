// SPDX-License-Identifier: Apache-2.0
package benchmarks.mcp;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;

/** The official SDK for Java, which speaks the legacy era only, with Jackson 2 as we have it. */
final class OfficialSdk implements ToolCalls {
    private static final Map<String, Object> ARGUMENTS = Map.of("region", "west");

    private final McpSyncClient client;

    OfficialSdk(int port) {
        HttpClientStreamableHttpTransport transport = HttpClientStreamableHttpTransport.builder(
                        "http://127.0.0.1:" + port)
                .endpoint("/legacy")
                .jsonMapper(new JacksonMcpJsonMapper(new ObjectMapper()))
                .customizeClient(http -> http.version(HttpClient.Version.HTTP_1_1))
                .addHttpRequestCustomizer((request, method, uri, body, context) -> identify(request))
                .build();
        client = McpClient.sync(transport).build();
    }

    private static void identify(HttpRequest.Builder request) {
        request.header("Authorization", "Bearer " + Federated.TOKEN)
                .header("X-Databricks-Token", Federated.TOKEN)
                .header("X-Caller-Role", Federated.ROLE)
                .header("X-Caller-Email", Federated.EMAIL);
    }

    @Override
    public int call(Answer tool) {
        CallToolResult result = client.callTool(
                CallToolRequest.builder(tool.tool()).arguments(ARGUMENTS).build());
        if (tool == Answer.ROWS) {
            Map<?, ?> data = (Map<?, ?>) result.structuredContent();
            return ((List<?>) requireNonNull(data.get("rows"))).size();
        }
        return ((TextContent) result.content().get(0)).text().length();
    }

    @Override
    public void close() {
        client.closeGracefully();
    }
}
