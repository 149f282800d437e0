// SPDX-License-Identifier: Apache-2.0
package example.app;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.IdpToken;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.TestTime;
import io.tokenfederation.databrickssdk.FederatedCredentials;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.testkit.LoopbackDatabricks;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.SqlRows;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** An identity provider, a workspace with two service principals, and an exchanger between them, under one clock. */
final class World implements AutoCloseable {
    private static final String AUDIENCE = "https://adb-1.example.com";
    private static final String SUBJECT = "backend@clients";

    final TestTime time = new TestTime();
    final LoopbackIdp idp = LoopbackIdp.auth0().clock(time).start();
    final LoopbackDatabricks databricks = LoopbackDatabricks.builder()
            .clock(time)
            .sqlEngine(statement ->
                    new SqlRows(List.of("who", "said"), List.of(List.of(statement.currentUser(), statement.text()))))
            .start();
    final ServicePrincipal west = principal("sales-west");
    final ServicePrincipal east = principal("sales-east");
    final AtomicInteger minted = new AtomicInteger();
    final DatabricksTokenExchanger exchanger;

    World() {
        this(Duration.ofHours(1));
    }

    World(Duration tokenLife) {
        exchanger = time.govern(DatabricksTokenExchanger.builder()
                        .workspace(databricks.workspaceUrl().toString())
                        .idpTokenSource(() -> mint(tokenLife)))
                .build();
    }

    /** A JWT as the M2M application gets it. */
    IdpToken mint(Duration life) {
        minted.incrementAndGet();
        return IdpToken.parse(
                idp.userToken(SUBJECT).audience(AUDIENCE).expiresIn(life).sign());
    }

    private ServicePrincipal principal(String name) {
        ServicePrincipal created = databricks.servicePrincipal(name, name);
        databricks.policy(
                created,
                FederationPolicy.builder()
                        .issuer(idp.issuer())
                        .audience(AUDIENCE)
                        .subject(SUBJECT)
                        .build());
        return created;
    }

    DatabricksConfig config() {
        return new DatabricksConfig().setHost(databricks.workspaceUrl().toString());
    }

    WorkspaceClient client(ServicePrincipal principal) {
        return new WorkspaceClient(
                FederatedCredentials.of(exchanger.sourceFor(principal)).applyTo(config()));
    }

    @Override
    public void close() {
        exchanger.close();
        databricks.close();
        idp.close();
    }
}
