// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenfederation.DatabricksToken;
import io.tokenfederation.DatabricksTokenSource;
import io.tokenfederation.jdbc.FederatedDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What goes wrong while a connection is given a token, the first one or the next. */
class HandedTokenTest {
    /** By then the next token is there, and the present one is good for ten minutes more. */
    private static final Duration DUE = Duration.ofMinutes(50);

    private final World world = new World();
    private final FederatedDataSource west = world.dataSource(world.west);

    @AfterEach
    void close() {
        world.close();
    }

    /** The driver asks the host for its settings meanwhile, which may fail. */
    @Test
    void aTokenThatIsNotTakenIsOfferedAgainWhileThePresentOneServes() throws SQLException {
        try (Connection connection = west.getConnection()) {
            world.time.advance(DUE);
            world.driver.whileHanding = HandedTokenTest::fail;
            assertThat(who(connection)).isEqualTo(world.west.toString());
            assertThat(world.driver.handed).isEmpty();

            world.driver.whileHanding = () -> {};
            assertThat(who(connection)).isEqualTo(world.west.toString());
            assertThat(world.driver.handed).containsExactly(world.token(world.west));
        }
    }

    @Test
    void aTokenThatIsNotTakenFailsTheCallWhenThePresentOneIsOver() throws SQLException {
        try (Connection connection = west.getConnection()) {
            world.time.advance(Duration.ofHours(3));
            world.driver.whileHanding = HandedTokenTest::fail;

            assertThatThrownBy(() -> who(connection)).hasMessage("no route to host");
        }
    }

    @Test
    void aTokenThatIsNotTakenFailsTheCallWhenThePresentOneWasRefused() throws SQLException {
        try (Connection connection = west.getConnection()) {
            world.databricks.revokeAll();
            world.driver.whileHanding = HandedTokenTest::fail;

            assertThatThrownBy(() -> who(connection)).hasMessageContaining("failed by code");
            assertThatThrownBy(() -> who(connection)).hasMessage("no route to host");
        }
    }

    @Test
    void nobodyWaitsForAHandingOverWhileThePresentTokenServes() throws SQLException {
        List<String> meanwhile = new ArrayList<>();
        try (Connection connection = west.getConnection()) {
            world.time.advance(DUE);
            world.driver.whileHanding = () -> meanwhile.add(CompletableFuture.supplyAsync(() -> whoNow(connection))
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join());

            assertThat(who(connection)).isEqualTo(world.west.toString());
        }
        assertThat(meanwhile).containsExactly(world.west.toString());
        assertThat(world.driver.handed).hasSize(1);
    }

    /** A look in the background may hand over another one before the driver tells of the refusal. */
    @Test
    void theTokenThatWasSentIsGivenBackAndNotTheOneThatFollowedIt() throws SQLException {
        Recording tokens = new Recording(world.exchanger.sourceFor(world.west));
        String sent = tokens.token().value();
        world.driver.whileExecuting = () -> {
            world.ticks.advance(DUE);
            throw new IllegalStateException("HTTP request failed by code: 401");
        };
        try (Connection connection = of(tokens).getConnection()) {
            assertThatThrownBy(() -> who(connection)).isInstanceOf(IllegalStateException.class);
        }

        assertThat(world.driver.handed).hasSize(1).doesNotContain(sent);
        assertThat(tokens.rejected).containsExactly(sent);
    }

    @Test
    void aLoginIsNotTriedAgainWithTheTokenThatWasRefused() {
        DatabricksToken only = DatabricksToken.of("unknown", Instant.MAX);

        assertThatThrownBy(of(() -> only)::getConnection).hasMessageContaining("failed by code");
        assertThat(world.driver.logins).hasSize(1);
    }

    @Test
    void aSourceThatMintsTheSameTokenAgainDoesNotHideTheRefusal() {
        DatabricksToken only = DatabricksToken.of("unknown", Instant.MAX);

        SQLException failure =
                catchThrowableOfType(SQLException.class, of(DatabricksTokenSource.renewing(() -> only))::getConnection);

        assertThat(failure.getMessage()).contains("failed by code");
        assertThat(failure.getSuppressed()[0].getMessage()).contains("IDP_TOKEN_NOT_RENEWED");
        assertThat(world.driver.logins).hasSize(1);
    }

    @Test
    void aRefusalIsKeptWhenNoOtherTokenIsToBeHad() throws SQLException {
        west.getConnection().close();
        world.databricks.revokeAll();
        world.databricks.removePolicies(world.west);

        SQLException failure = catchThrowableOfType(SQLException.class, west::getConnection);

        assertThat((Object) failure).isInstanceOf(SQLInvalidAuthorizationSpecException.class);
        assertThat(failure.getSuppressed()).hasSize(1);
        assertThat(failure.getSuppressed()[0].getMessage()).contains("failed by code");
    }

    @Test
    void theFirstRefusalIsKeptWhenTheSecondLoginFailsToo() {
        AtomicInteger number = new AtomicInteger();
        DatabricksTokenSource unknown = () -> DatabricksToken.of("unknown-" + number.incrementAndGet(), Instant.MAX);

        SQLException failure = catchThrowableOfType(SQLException.class, of(unknown)::getConnection);

        assertThat(failure.getSuppressed()).hasSize(1);
        assertThat(world.driver.logins).hasSize(2);
    }

    private record Recording(DatabricksTokenSource source, List<String> rejected) implements DatabricksTokenSource {
        Recording(DatabricksTokenSource source) {
            this(source, new ArrayList<>());
        }

        @Override
        public DatabricksToken token() {
            return source.token();
        }

        @Override
        public void rejected(DatabricksToken token) {
            rejected.add(token.value());
            source.rejected(token);
        }
    }

    private FederatedDataSource of(DatabricksTokenSource tokens) {
        return world.ticks
                .builder()
                .url(World.URL)
                .tokens(tokens)
                .driver(world.driver)
                .build();
    }

    private static void fail() {
        throw new IllegalStateException("no route to host");
    }

    private static String whoNow(Connection connection) {
        try {
            return who(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String who(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT current_user()")) {
            return rows.getString(1);
        }
    }
}
