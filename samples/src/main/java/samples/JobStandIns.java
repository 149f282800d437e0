// SPDX-License-Identifier: Apache-2.0
package samples;

import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.testkit.LoopbackDatabricks;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.SqlRows;
import java.util.HashMap;
import java.util.Map;

/** What is around a job of GitHub Actions: its runtime, and a workspace where a service principal trusts its main branch. */
final class JobStandIns implements AutoCloseable {
    private static final String AUDIENCE = "https://github.com/acme";

    private final LoopbackIdp gitHub = LoopbackIdp.gitHubActions().start();
    private final LoopbackDatabricks databricks = LoopbackDatabricks.builder()
            .sqlEngine(statement -> SqlRows.of("current_user()", statement.currentUser()))
            .start();
    private final ServicePrincipal nightly = databricks.servicePrincipal("nightly");

    JobStandIns() {
        FederationPolicy main = FederationPolicy.builder()
                .issuer(gitHub.issuer())
                .audience(AUDIENCE)
                .subject("repo:acme/etl:ref:refs/heads/main")
                .build();
        databricks.policy(nightly, main);
    }

    LoopbackIdp gitHub() {
        return gitHub;
    }

    /** The runtime's own variables, and those a workflow sets; none of them is a secret that anybody keeps. */
    Map<String, String> environment() {
        Map<String, String> variables = new HashMap<>(gitHub.environment());
        variables.put("DATABRICKS_HOST", databricks.workspaceUrl().toString());
        variables.put("DATABRICKS_CLIENT_ID", nightly.toString());
        variables.put("DATABRICKS_TOKEN_AUDIENCE", AUDIENCE);
        variables.put("DB_WAREHOUSE_ID", "w1");
        return variables;
    }

    @Override
    public void close() {
        databricks.close();
        gitHub.close();
    }
}
