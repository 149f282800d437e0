// SPDX-License-Identifier: Apache-2.0
package example.app;

import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.IdpToken;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.TestTime;
import io.tokenfederation.jdbc.FederatedDataSource;
import io.tokenfederation.jdbc.ManualTicks;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.testkit.LoopbackDatabricks;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.SqlRows;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** An identity provider, a workspace with two service principals, an exchanger and a driver, under one clock. */
final class World implements AutoCloseable {
    static final String URL = "jdbc:databricks://adb-1.example.com:443/default;httpPath=/sql/1.0/warehouses/abc";

    private static final String AUDIENCE = "https://adb-1.example.com";
    private static final String SUBJECT = "backend@clients";

    final TestTime time = new TestTime();
    final ManualTicks ticks = new ManualTicks(time);
    final LoopbackIdp idp = LoopbackIdp.auth0().clock(time).start();
    final LoopbackDatabricks databricks = LoopbackDatabricks.builder()
            .clock(time)
            .sqlEngine(statement -> SqlRows.of("who", statement.currentUser()))
            .start();
    final ServicePrincipal west = principal("sales-west");
    final ServicePrincipal east = principal("sales-east");
    final AtomicInteger minted = new AtomicInteger();
    final DriverStandIn driver = new DriverStandIn(databricks);
    final DatabricksTokenExchanger exchanger;

    World() {
        this(Duration.ofHours(1));
    }

    World(Duration tokenLife) {
        exchanger = time.govern(DatabricksTokenExchanger.builder()
                        .workspace(databricks.workspaceUrl().toString())
                        .idpTokenSource(() -> {
                            minted.incrementAndGet();
                            return IdpToken.parse(idp.userToken(SUBJECT)
                                    .audience(AUDIENCE)
                                    .expiresIn(tokenLife)
                                    .sign());
                        }))
                .build();
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

    /** A data source on the driver stand-in. */
    FederatedDataSource dataSource(ServicePrincipal principal) {
        return ticks.builder()
                .url(URL)
                .tokens(exchanger.sourceFor(principal))
                .driver(driver)
                .build();
    }

    /** The present token's value. */
    String token(ServicePrincipal principal) {
        return exchanger.tokenFor(principal).value();
    }

    @Override
    public void close() {
        exchanger.close();
        databricks.close();
        idp.close();
    }
}
