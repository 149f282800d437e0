// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.IdpToken;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.jdbc.FederatedDataSource;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.testkit.LoopbackDatabricks;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.SqlRows;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The example of docs/jdbc.md, with the driver itself. */
class JdbcGuideTest {
    private final LoopbackIdp idp = LoopbackIdp.auth0().start();
    private final LoopbackDatabricks standIn = LoopbackDatabricks.builder()
            .sqlEngine(statement -> SqlRows.of("who", statement.currentUser()))
            .start();
    private final String workspace = standIn.workspaceUrl().toString();
    private final ServicePrincipal principal = standIn.servicePrincipal("west_sales", "sales-west");
    private final DatabricksTokenExchanger databricks = DatabricksTokenExchanger.builder()
            .workspace(workspace)
            .idpTokenSource(() -> IdpToken.parse(
                    idp.userToken("backend@clients").audience(workspace).sign()))
            .build();
    private final String url =
            "jdbc:databricks://127.0.0.1:" + standIn.workspaceUrl().getPort()
                    + "/default;SSL=0;httpPath=/sql/1.0/warehouses/abc;UseThriftClient=0;EnableQueryResultDownload=0;"
                    + "EnableTelemetry=0";

    @AfterEach
    void close() {
        standIn.close();
        idp.close();
    }

    @Test
    void thePoolsConnectionsActAsTheServicePrincipal() throws SQLException {
        standIn.policy(
                principal,
                FederationPolicy.builder()
                        .issuer(idp.issuer())
                        .audience(workspace)
                        .subject("backend@clients")
                        .build());

        DataSource west = FederatedDataSource.builder()
                .url(url) // jdbc:databricks://adb-1.2.azuredatabricks.net:443/default;httpPath=/sql/1.0/warehouses/abc
                .tokens(databricks.sourceFor(principal))
                .build();

        HikariConfig pool = new HikariConfig();
        pool.setDataSource(west);
        pool.setPoolName("sales-west");
        pool.setMaximumPoolSize(4);
        HikariDataSource westPool = new HikariDataSource(pool);

        try (westPool;
                Connection connection = westPool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT current_user()")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo(principal.toString());
        }
        assertThat(standIn.exchanges()).isEqualTo(1);
    }
}
