// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tokenfederation.ErrorCode;
import io.tokenfederation.FederationException;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.jdbc.FederatedDataSource;
import io.tokenfederation.testkit.Fault;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FederatedDataSourceTest {
    private final World world = new World();
    private final FederatedDataSource west = world.dataSource(world.west);

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aConnectionLogsInWithTheTokenAndWithoutTheDriversFederation() throws SQLException {
        try (Connection connection = west.getConnection()) {
            assertThat(who(connection)).isEqualTo(world.west.toString());
        }

        assertThat(world.driver.lastLogin())
                .containsOnly(
                        Map.entry("AuthMech", "11"),
                        Map.entry("Auth_Flow", "0"),
                        Map.entry("Auth_AccessToken", world.token(world.west)),
                        Map.entry("EnableTokenFederation", "0"));
        assertThat(world.driver.urls).containsExactly(World.URL);
    }

    @Test
    void anIdleConnectionIsUpToDateWhenItIsUsedAgain() throws SQLException {
        try (Connection connection = west.getConnection()) {
            world.ticks.advance(Duration.ofHours(5));
            assertThat(world.databricks.exchanges()).isEqualTo(1);

            assertThat(who(connection)).isEqualTo(world.west.toString());

            assertThat(world.databricks.exchanges()).isEqualTo(2);
            assertThat(world.driver.handed).containsExactly(world.token(world.west));
            assertThat(world.databricks.rejectedRequests()).isZero();
        }
    }

    @Test
    void aCallThatOutlivesItsTokenIsHandedTheNextOneMeanwhile() throws SQLException {
        world.driver.whileExecuting = () -> world.ticks.advance(Duration.ofHours(3));

        try (Connection connection = west.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT 1")) {
            world.ticks.advance(Duration.ofHours(3));
            assertThat(rows.getString(1)).isEqualTo(world.west.toString());
        }

        assertThat(world.databricks.rejectedRequests()).isZero();
        // Six hours at 36 to 46 minutes each, seen a little later.
        assertThat(world.databricks.exchanges()).isBetween(7L, 11L);
    }

    @Test
    void nothingIsRenewedOnceAllStatementsAreClosed() throws SQLException {
        try (Connection connection = west.getConnection()) {
            who(connection);
            world.ticks.advance(Duration.ofHours(3));

            assertThat(world.ticks.pending()).isZero();
            assertThat(world.databricks.exchanges()).isEqualTo(1);
        }
    }

    @Test
    void parametersOfAStatementAreSetWithoutATokenBeingAskedFor() throws SQLException {
        try (Connection connection = west.getConnection();
                PreparedStatement statement = connection.prepareStatement("SELECT ?")) {
            world.time.advance(Duration.ofHours(3));

            statement.setString(1, "x");
            assertThat(world.databricks.exchanges()).isEqualTo(1);

            statement.executeQuery().close();
            assertThat(world.databricks.exchanges()).isEqualTo(2);
        }
    }

    @Test
    void whatLeadsBackToTheConnectionLeadsToTheRenewedOne() throws SQLException {
        try (Connection connection = west.getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(statement.getConnection()).isSameAs(connection);
            assertThat(connection.getMetaData().getConnection()).isSameAs(connection);
            assertThat(Set.of(connection, statement)).contains(connection, statement);
            assertThat(connection.unwrap(Connection.class)).isSameAs(connection);
        }
    }

    @Test
    void noTokenIsAnSqlExceptionWithCodeAndFix() {
        world.databricks.removePolicies(world.west);

        SQLInvalidAuthorizationSpecException failure =
                catchThrowableOfType(SQLInvalidAuthorizationSpecException.class, west::getConnection);

        assertThat(failure.getSQLState()).isEqualTo("28000");
        assertThat(failure.getCause()).isInstanceOfSatisfying(FederationException.class, cause -> {
            assertThat(cause.code()).isEqualTo(ErrorCode.NO_FEDERATION_POLICY.name());
            assertThat(failure.getMessage()).isEqualTo(cause.getMessage()).contains(cause.fix());
        });
        assertThat(world.driver.urls).isEmpty();
    }

    @Test
    void whatTimeMendsIsATransientConnectionException() {
        world.databricks.tokenEndpoint().failAlways(Fault.status(503));

        SQLTransientConnectionException failure =
                catchThrowableOfType(SQLTransientConnectionException.class, west::getConnection);

        assertThat(failure.getMessage()).startsWith("EXCHANGE_UNAVAILABLE");
        assertThat(failure.getSQLState()).isEqualTo("08001");
    }

    @Test
    void aConnectionThatCanGetNoTokenStillCloses() throws SQLException {
        Connection connection = west.getConnection();
        world.time.advance(Duration.ofHours(3));
        world.databricks.removePolicies(world.west);

        assertThatThrownBy(connection::createStatement).isInstanceOf(SQLInvalidAuthorizationSpecException.class);
        connection.close();

        assertThat(connection.isClosed()).isTrue();
    }

    @Test
    void aRefusedLoginIsTriedAgainWithAnotherToken() throws SQLException {
        west.getConnection().close();
        world.databricks.revokeAll();

        try (Connection connection = west.getConnection()) {
            assertThat(who(connection)).isEqualTo(world.west.toString());
        }
        assertThat(world.databricks.exchanges()).isEqualTo(2);
        assertThat(world.databricks.rejectedRequests()).isEqualTo(1);
    }

    /** It is not repeated: that the statement has done nothing yet is not known. */
    @Test
    void aTokenRefusedInTheMiddleIsGivenBackAndTheNextCallHasAnother() throws SQLException {
        try (Connection connection = west.getConnection()) {
            world.databricks.revokeAll();

            assertThatThrownBy(() -> who(connection)).isInstanceOf(SQLException.class);
            assertThat(who(connection)).isEqualTo(world.west.toString());
        }
        assertThat(world.databricks.exchanges()).isEqualTo(2);
        assertThat(world.databricks.rejectedRequests()).isEqualTo(1);
    }

    @Test
    void rolesHavePoolsOfTheirOwnFromOneExchanger() throws SQLException {
        try (HikariDataSource westPool = pool(world.west);
                HikariDataSource eastPool = pool(world.east)) {
            for (int i = 0; i < 10; i++) {
                assertThat(who(westPool)).isEqualTo(world.west.toString());
                assertThat(who(eastPool)).isEqualTo(world.east.toString());
                world.ticks.advance(Duration.ofMinutes(30));
            }
        }
        assertThat(world.driver.logins).hasSize(2);
        assertThat(world.databricks.rejectedRequests()).isZero();
    }

    @Test
    void anHourWithTokensOfAMinuteHasNoFailedCall() throws SQLException {
        Duration minute = Duration.ofMinutes(1);
        try (World brief = new World(minute);
                Connection connection = brief.dataSource(brief.west).getConnection();
                Statement statement = connection.createStatement()) {
            int calls = 0;
            for (int second = 0; second < 3_600; second += 5) {
                try (ResultSet rows = statement.executeQuery("SELECT 1")) {
                    assertThat(rows.getString(1)).isEqualTo(brief.west.toString());
                }
                calls++;
                brief.time.advance(Duration.ofSeconds(5));
            }

            assertThat(calls).isEqualTo(720);
            assertThat(brief.databricks.rejectedRequests()).isZero();
            // Due after 12 to 15 of the 20 s a token of 60 is of use: at every third call.
            assertThat(brief.databricks.exchanges()).isBetween(240L, 241L);
            assertThat(brief.driver.handed).hasSizeBetween(239, 240);
            assertThat(brief.minted).hasValueBetween(240, 241);
            assertThat(brief.driver.logins).hasSize(1);
        }
    }

    @Test
    void nothingPrintsTheToken() throws SQLException {
        try (Connection connection = west.getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(west + " " + connection + " " + statement + " " + connection.getMetaData())
                    .contains("adb-1.example.com")
                    .doesNotContain(world.token(world.west));
        }
    }

    @Test
    void onlyTheTokenLogsIn() {
        assertThatThrownBy(() -> west.getConnection("token", "dapi"))
                .isInstanceOf(SQLFeatureNotSupportedException.class);
        assertThat(west.isWrapperFor(DataSource.class)).isTrue();
        assertThatThrownBy(() -> west.unwrap(Statement.class)).isInstanceOf(SQLException.class);
    }

    private HikariDataSource pool(ServicePrincipal principal) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(world.dataSource(principal));
        config.setMaximumPoolSize(1);
        return new HikariDataSource(config);
    }

    private static String who(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return who(connection);
        }
    }

    private static String who(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT current_user()")) {
            return rows.getString(1);
        }
    }
}
