// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.Caller;
import io.tokenfederation.CallerVerifier;
import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.ResolvedRole;
import io.tokenfederation.RoleResolver;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.auth0.Auth0TokenSource;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.ToolResult;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** The README's first example, as it stands there. */
class ReadmeExampleTest {
    @Test
    void theExampleShowsTheRowsOfTheCallersServicePrincipal() {
        try (Deployment deployment = new Deployment()) {
            ServicePrincipal west = deployment.principal("west_sales");

            ToolResult rows = new Example(
                            deployment.idp.issuer(),
                            deployment.idp.issuer(),
                            Deployment.AUDIENCE,
                            deployment.databricks.workspaceUrl().toString(),
                            "{\"west_sales\": \"" + west + "\"}",
                            deployment.mcp.uri().toString())
                    .answer(deployment.userToken("sales-west"));

            assertThat(rows.isError()).isFalse();
            assertThat(rows.structuredContent())
                    .contains(Map.of(
                            "columns", List.of("current_user", "groups"),
                            "rows", List.of(List.of(west.toString(), "group-of-west_sales")),
                            "current_user", west.toString()));
            assertThat(deployment.mcp.lastCallerEmail()).contains("sarah@partner.example");
            assertThat(deployment.mcp.lastCallerRole()).contains("west_sales");
            assertThat(deployment.databricks.exchanges(west)).isEqualTo(1);
        }
    }

    private record Example(
            String issuer,
            String auth0Domain,
            String audience,
            String workspace,
            String roleToServicePrincipal,
            String mcpUrl) {
        /** What is made at start, requests share; here they are one method. */
        @SuppressWarnings("UnnecessaryAsync")
        ToolResult answer(String bearerToken) {
            String id = Deployment.CLIENT_ID;
            String secret = Deployment.CLIENT_SECRET;

            // Once, at start:
            CallerVerifier callers = CallerVerifier.builder()
                    .issuer(issuer)
                    .audience("sales-portal")
                    .build();
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
            Map<ServicePrincipal, McpClient> clients = new ConcurrentHashMap<>();

            // For each request:
            Caller caller = callers.verify(bearerToken);
            ResolvedRole role = roles.resolve(caller.claims());
            McpClient mcp = clients.computeIfAbsent(
                    role.servicePrincipal(),
                    principal -> McpClient.builder(mcpUrl)
                            .tokens(databricks.sourceFor(principal))
                            .forwardToken(true)
                            .build()); // the tool itself calls Databricks; only for servers of your own: SECURITY.md
            ToolResult rows = mcp.forCaller(caller, role).callTool("query", Map.of("sql", "SELECT * FROM sales"));
            if (rows.isError()) {
                throw new IllegalStateException(rows.text());
            }
            return rows;
        }
    }
}
