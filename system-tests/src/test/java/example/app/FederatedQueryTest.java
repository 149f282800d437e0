// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.auth0.Auth0TokenSource;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.ToolResult;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.testkit.LoopbackDatabricks;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.LoopbackMcpServer;
import io.tokenfederation.testkit.SqlRows;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FederatedQueryTest {
    private static final String AUDIENCE = "https://adb-1.example.com";

    @Test
    void theQueryRunsAsTheServicePrincipal() {
        try (LoopbackIdp idp = LoopbackIdp.auth0().start();
                LoopbackDatabricks databricks = LoopbackDatabricks.builder()
                        .sqlEngine(statement -> SqlRows.of("u", statement.currentUser()))
                        .start();
                LoopbackMcpServer server = LoopbackMcpServer.start(databricks)) {
            idp.api(AUDIENCE).m2mClient("backend", "secret").grant("backend", AUDIENCE);
            ServicePrincipal west = databricks.servicePrincipal("west_sales", "sales-west");
            FederationPolicy policy = FederationPolicy.builder()
                    .issuer(idp.issuer())
                    .audience(AUDIENCE)
                    .subject("backend@clients")
                    .build();
            databricks.policy(west, policy);

            IdpTokenSource source = Auth0TokenSource.builder()
                    .domain(idp.issuer())
                    .clientId("backend")
                    .clientSecret("secret")
                    .audience(AUDIENCE)
                    .build();
            DatabricksTokenExchanger exchanger = DatabricksTokenExchanger.builder()
                    .workspace(databricks.workspaceUrl().toString())
                    .idpTokenSource(source)
                    .build();
            try (McpClient mcp = McpClient.builder(server.uri())
                    .tokens(exchanger.sourceFor(west))
                    .forwardToken(true)
                    .build()) {
                ToolResult answer = mcp.callTool("query", Map.of("sql", "SELECT current_user() AS u"));

                assertThat(answer.isError()).isFalse();
                assertThat(answer.text()).contains(west.toString());
                assertThat(databricks.exchanges(west)).isEqualTo(1);
            }
        }
    }
}
