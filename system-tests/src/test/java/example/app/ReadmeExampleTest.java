// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.Caller;
import io.tokenfederation.CallerVerifier;
import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.RoleResolver;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.auth0.Auth0TokenSource;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.ToolResult;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The README's first example, as it stands there. */
class ReadmeExampleTest {
    @Test
    void theExampleCallsTheToolAsTheCallersServicePrincipal() {
        try (Deployment deployment = new Deployment()) {
            String west = deployment.principal("west_sales").toString();

            ToolResult rows = new Example(
                            deployment.idp.issuer(),
                            Deployment.AUDIENCE,
                            deployment.databricks.workspaceUrl().toString(),
                            "{\"west_sales\": \"" + west + "\"}",
                            deployment.mcp.uri().toString())
                    .answer(deployment.callers(), deployment.userToken("sales-west"));

            assertThat(deployment.mcp.toolCalls()).isEqualTo(1);
            assertThat(deployment.mcp.lastCallerEmail()).contains("sarah@partner.example");
            // The stand-in's tool wants the token forwarded, which is not for a first example; it says so.
            assertThat(rows.text()).contains("X-Databricks-Token");
            assertThat(deployment.databricks.exchanges(ServicePrincipal.of(west)))
                    .isEqualTo(1);
        }
    }

    private record Example(
            String auth0Domain, String audience, String workspace, String roleToServicePrincipal, String mcpUrl) {
        ToolResult answer(CallerVerifier callers, String bearerToken) {
            String id = Deployment.CLIENT_ID;
            String secret = Deployment.CLIENT_SECRET;

            IdpTokenSource idp = Auth0TokenSource.builder()
                    .domain(auth0Domain)
                    .clientId(id)
                    .clientSecret(secret)
                    .audience(audience)
                    .build();
            DatabricksTokenExchanger databricks = DatabricksTokenExchanger.builder()
                    .workspace(workspace)
                    .idpTokenSource(idp)
                    .build();
            RoleResolver roles = RoleResolver.builder()
                    .claim("https://example.com/role")
                    .role("sales-west", "west_sales")
                    .servicePrincipals(roleToServicePrincipal)
                    .build();

            Caller caller = callers.verify(bearerToken);
            ServicePrincipal principal = roles.resolve(caller.claims()).servicePrincipal();
            try (McpClient mcp = McpClient.builder(mcpUrl)
                    .tokens(databricks.sourceFor(principal))
                    .caller(caller)
                    .build()) {
                return mcp.callTool("query", Map.of("sql", "SELECT * FROM sales"));
            }
        }
    }
}
