// SPDX-License-Identifier: Apache-2.0
package example.app;

import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.DatabricksTokenSource;
import io.tokenfederation.IdpToken;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.testkit.LoopbackDatabricks;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.LoopbackMcpServer;
import io.tokenfederation.testkit.SqlFailure;
import io.tokenfederation.testkit.SqlRows;
import java.io.IOException;
import java.util.Map;

/** An MCP server before a workspace in which one service principal, of the group west, is federated. */
final class FederatedMcp implements AutoCloseable {
    private final LoopbackIdp idp = LoopbackIdp.auth0().start();
    final LoopbackDatabricks databricks = LoopbackDatabricks.builder()
            .sqlEngine(statement -> {
                if (statement.text().startsWith("SELECT")) {
                    return SqlRows.of("who", statement.currentUser());
                }
                throw new SqlFailure("BAD_REQUEST", "no such statement");
            })
            .start();
    final LoopbackMcpServer server = LoopbackMcpServer.start(databricks);
    final ServicePrincipal west;
    final DatabricksTokenSource tokens;

    FederatedMcp() {
        String workspace = databricks.workspaceUrl().toString();
        idp.api(workspace).m2mClient("backend", "secret").grant("backend", workspace);
        west = databricks.servicePrincipal("sales-west", "west");
        databricks.policy(west, FederationPolicy.matching(jwt()));
        tokens = DatabricksTokenExchanger.builder()
                .workspace(workspace)
                .idpTokenSource(this::jwt)
                .build()
                .sourceFor(west);
    }

    @Override
    public void close() {
        server.close();
        databricks.close();
        idp.close();
    }

    private IdpToken jwt() {
        try {
            Map<String, String> form = Map.of(
                    "grant_type", "client_credentials",
                    "client_id", "backend",
                    "client_secret", "secret",
                    "audience", databricks.workspaceUrl().toString());
            return IdpToken.parse(Web.postForm(idp.tokenEndpoint(), form)
                    .json()
                    .path("access_token")
                    .asText());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
