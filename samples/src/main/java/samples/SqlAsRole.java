// SPDX-License-Identifier: Apache-2.0
package samples;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.service.sql.ExecuteStatementRequest;
import com.databricks.sdk.service.sql.StatementResponse;
import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.ResolvedRole;
import io.tokenfederation.RoleResolver;
import io.tokenfederation.RoleResolverBuilder;
import io.tokenfederation.databrickssdk.FederatedCredentials;
import java.io.PrintStream;
import java.util.Map;

/**
 * One query by the Databricks SDK, once for each role: the same SQL, and the rows that role may see. Runs on stand-ins; on
 * the real services if IDP_TOKEN_URL and its companions are set, on the warehouse that DB_WAREHOUSE_ID names.
 */
public final class SqlAsRole {
    public static void main(String[] args) {
        run(System.getenv(), System.out);
    }

    static void run(Map<String, String> env, PrintStream out) {
        Settings settings = new Settings(env);
        if (settings.wanted()) {
            settings.requireComplete();
            DatabricksTokenExchanger databricks = settings.exchanger(settings.idpTokenSource());
            String id = env.getOrDefault("DB_WAREHOUSE_ID", "");
            settings.roles().forEach(role -> ask(client(settings.workspace(), databricks, role), id, role, out));
            return;
        }
        out.println("SQL as a role: on stand-ins, as IDP_TOKEN_URL is not set.");
        try (StandIns world = StandIns.start()) {
            DatabricksTokenExchanger databricks = DatabricksTokenExchanger.builder()
                    .workspace(world.workspace())
                    .idpTokenSource(Provider.AUTH0.source(world.idp(), world.audience()))
                    .build();
            RoleResolverBuilder roles = RoleResolver.builder().claim("role");
            roles.servicePrincipals(world.roleToServicePrincipal());
            roles.build().roles().forEach(role -> ask(client(world.workspace(), databricks, role), "w1", role, out));
        }
    }

    private static WorkspaceClient client(String workspace, DatabricksTokenExchanger databricks, ResolvedRole role) {
        FederatedCredentials credentials = FederatedCredentials.of(databricks.sourceFor(role.servicePrincipal()));
        return new WorkspaceClient(credentials.applyTo(new DatabricksConfig().setHost(workspace)));
    }

    private static void ask(WorkspaceClient client, String warehouse, ResolvedRole role, PrintStream out) {
        ExecuteStatementRequest request = new ExecuteStatementRequest();
        request.setStatement("SELECT customer, amount FROM sales ORDER BY amount DESC");
        request.setWarehouseId(warehouse).setWaitTimeout("50s");
        StatementResponse answer = client.statementExecution().executeStatement(request);
        boolean none = answer.getResult() == null;
        out.println(role.name() + ": "
                + (none ? answer.getStatus() : answer.getResult().getDataArray()));
    }
}
