// SPDX-License-Identifier: Apache-2.0
package samples;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.service.sql.ExecuteStatementRequest;
import com.databricks.sdk.service.sql.StatementResponse;
import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.databrickssdk.FederatedCredentials;
import io.tokenfederation.workload.WorkloadTokenSource;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;

/**
 * A nightly job with no secret: the runtime signs a JWT for it, and a service principal trusts the JWTs of one branch. Runs
 * on stand-ins of GitHub Actions and Databricks; in a real job if DATABRICKS_HOST, DATABRICKS_CLIENT_ID,
 * DATABRICKS_TOKEN_AUDIENCE and DB_WAREHOUSE_ID are set.
 */
public final class ContinuousIntegration {
    public static void main(String[] args) {
        run(System.getenv(), System.out);
    }

    static void run(Map<String, String> env, PrintStream out) {
        if (env.containsKey("DATABRICKS_HOST")) {
            nightly(env, out);
            return;
        }
        out.println("A job of GitHub Actions: on stand-ins, as DATABRICKS_HOST is not set.");
        try (JobStandIns world = new JobStandIns()) {
            nightly(world.environment(), out);
        }
    }

    private static void nightly(Map<String, String> env, PrintStream out) {
        String workspace = needed(env, "DATABRICKS_HOST");
        DatabricksTokenExchanger databricks = DatabricksTokenExchanger.builder()
                .workspace(workspace)
                .idpTokenSource(WorkloadTokenSource.fromEnvironment(env))
                .build();
        ServicePrincipal principal = ServicePrincipal.of(needed(env, "DATABRICKS_CLIENT_ID"));
        FederatedCredentials credentials = FederatedCredentials.of(databricks.sourceFor(principal));
        WorkspaceClient client = new WorkspaceClient(credentials.applyTo(new DatabricksConfig().setHost(workspace)));

        ExecuteStatementRequest query = new ExecuteStatementRequest().setStatement("SELECT current_user()");
        query.setWarehouseId(needed(env, "DB_WAREHOUSE_ID")).setWaitTimeout("50s");
        StatementResponse answer = client.statementExecution().executeStatement(query);
        boolean none = answer.getResult() == null;
        out.println("as " + principal + ": "
                + (none ? answer.getStatus() : answer.getResult().getDataArray()));
    }

    private static String needed(Map<String, String> env, String name) {
        return Optional.ofNullable(env.get(name)).orElseThrow(() -> new IllegalStateException(name + " is not set"));
    }
}
