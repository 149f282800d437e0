// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenfederation.jdbc.FederatedDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The driver itself, over REST (not Thrift) and with results inline (not in Arrow from a storage): as far as it goes without
 * a warehouse.
 */
class RealDriverTest {
    private final World world = new World();
    private final FederatedDataSource west = world.ticks
            .builder()
            .url("jdbc:databricks://127.0.0.1:"
                    + world.databricks.workspaceUrl().getPort()
                    + "/default;ssl=0;AuthMech=3;httpPath=/sql/1.0/warehouses/abc;UseThriftClient=0;"
                    + "EnableQueryResultDownload=0;EnableTelemetry=0")
            .tokens(world.exchanger.sourceFor(world.west))
            .build();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void itLogsInRenewsAndGivesARefusedTokenBack() throws SQLException {
        try (Connection connection = west.getConnection()) {
            assertThat(who(connection)).isEqualTo(world.west.toString());
            assertThat(world.databricks.exchangeRequests()).isEqualTo(1);

            world.time.advance(Duration.ofHours(3));
            assertThat(who(connection)).isEqualTo(world.west.toString());
            assertThat(world.databricks.exchangeRequests()).isEqualTo(2);
            assertThat(world.databricks.rejectedRequests()).isZero();
            assertThat(connection.getClientInfo().toString()).doesNotContain(world.token(world.west));

            world.databricks.revokeAll();
            assertThatThrownBy(() -> who(connection)).isInstanceOf(SQLException.class);
            assertThat(who(connection)).isEqualTo(world.west.toString());
            assertThat(world.databricks.exchangeRequests()).isEqualTo(3);
        }
        assertThat(world.databricks.exchangeRequests()).isEqualTo(3);
    }

    private static String who(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT current_user()")) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
