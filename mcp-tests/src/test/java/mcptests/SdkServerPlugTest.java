// SPDX-License-Identifier: Apache-2.0
package mcptests;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.tokenfederation.mcpsdk.FederatedMcp;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The official SDK's client with our tokens, before a server built on it. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SdkServerPlugTest {
    @Test
    void callsStreamsAnswersAndTheGoodbyeCarryTheToken() {
        try (SdkServer server = SdkServer.stateful(inside -> {})) {
            try (McpSyncClient mcp = McpClient.sync(FederatedMcp.of(Clients.tokens())
                            .transport(HttpClientStreamableHttpTransport.builder(
                                            server.uri().resolve("/").toString())
                                    .endpoint("/mcp")
                                    .openConnectionOnStartup(true)))
                    .elicitation(question -> ElicitResult.builder(ElicitResult.Action.ACCEPT)
                            .content(Map.of("name", "bert"))
                            .build())
                    .build()) {
                CallToolResult result = mcp.callTool(CallToolRequest.builder("ask-person")
                        .arguments(Map.of())
                        .build());

                assertThat(((TextContent) result.content().get(0)).text()).isEqualTo("ACCEPT {name=bert}");
            }

            assertThat(server.verbs).contains("POST", "GET", "DELETE");
            assertThat(server.authorizations).containsOnly("Bearer " + Clients.TOKEN);
        }
    }
}
