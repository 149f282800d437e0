// SPDX-License-Identifier: Apache-2.0
package example.app;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.tokenfederation.Caller;
import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.DatabricksTokenSource;
import io.tokenfederation.IdpToken;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.TestTime;
import io.tokenfederation.VerifiedClaims;
import io.tokenfederation.mcpsdk.FederatedMcp;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.testkit.LoopbackDatabricks;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.LoopbackMcpServer;
import io.tokenfederation.testkit.McpEra;
import io.tokenfederation.testkit.SqlRows;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** An identity provider, a workspace with a service principal, an MCP server before it, and an exchanger, under one clock. */
final class World implements AutoCloseable {
    private static final String AUDIENCE = "https://adb-1.example.com";
    private static final String SUBJECT = "backend@clients";

    final TestTime time = new TestTime();
    private final LoopbackIdp idp = LoopbackIdp.auth0().clock(time).start();
    final LoopbackDatabricks databricks = LoopbackDatabricks.builder()
            .clock(time)
            .sqlEngine(statement -> new SqlRows(List.of("who"), List.of(List.of(statement.currentUser()))))
            .start();
    final LoopbackMcpServer server =
            LoopbackMcpServer.start(databricks).speak(McpEra.LEGACY).redirectToLogin(false);
    final ServicePrincipal west = databricks.servicePrincipal("sales-west", "sales-west");
    final DatabricksTokenExchanger exchanger;
    final DatabricksTokenSource tokens;

    World() {
        databricks.policy(
                west,
                FederationPolicy.builder()
                        .issuer(idp.issuer())
                        .audience(AUDIENCE)
                        .subject(SUBJECT)
                        .build());
        exchanger = time.govern(DatabricksTokenExchanger.builder()
                        .workspace(databricks.workspaceUrl().toString())
                        .idpTokenSource(() -> IdpToken.parse(idp.userToken(SUBJECT)
                                .audience(AUDIENCE)
                                .expiresIn(Duration.ofHours(1))
                                .sign())))
                .build();
        tokens = exchanger.sourceFor(west);
    }

    FederatedMcp forAnn() {
        return FederatedMcp.of(tokens)
                .forwardToken(true)
                .caller(Caller.of(VerifiedClaims.alreadyVerified(
                        Map.of("iss", "https://idp.example.com", "sub", "1", "email", "ann@example.com"))));
    }

    McpSyncClient client() {
        return client(FederatedMcp.of(tokens).forwardToken(true));
    }

    McpSyncClient client(FederatedMcp federated) {
        return client(federated, server.uri());
    }

    static McpSyncClient client(FederatedMcp federated, URI uri) {
        return McpClient.sync(federated.transport(HttpClientStreamableHttpTransport.builder(
                                uri.resolve("/").toString())
                        .endpoint(uri.getPath())))
                .requestTimeout(Duration.ofSeconds(20))
                .build();
    }

    /** As whom the workspace runs what the tool asks. */
    static String whoAsks(McpSyncClient mcp) {
        CallToolResult result = mcp.callTool(CallToolRequest.builder("query")
                .arguments(Map.of("sql", "SELECT 1"))
                .build());
        return ((TextContent) result.content().get(0)).text();
    }

    @Override
    public void close() {
        exchanger.close();
        server.close();
        databricks.close();
        idp.close();
    }
}
