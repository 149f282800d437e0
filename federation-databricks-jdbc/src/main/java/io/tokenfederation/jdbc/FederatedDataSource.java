// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.jdbc;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.DatabricksToken;
import io.tokenfederation.DatabricksTokenSource;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.TreeMap;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Connections of the Databricks JDBC driver that act as one service principal, for as long as they are open.
 *
 * <pre>{@code
 * DataSource west = FederatedDataSource.builder()
 *     .url("jdbc:databricks://adb-1.2.azuredatabricks.net:443/default;httpPath=/sql/1.0/warehouses/abc")
 *     .tokens(databricks.sourceFor(principal))
 *     .build();
 * }</pre>
 *
 * <p>A new connection logs in with the token of that moment ({@code AuthMech=11}, {@code Auth_Flow=0}), and the driver's own
 * federation is off: the token has been exchanged already. Before each call that goes to Databricks the connection is
 * handed the next token, if there is one ({@code setClientInfo}, for which driver 3.4.5 sends the host one request without a
 * token), and while statements are open, so is one whose call takes long. If the driver does not take it, the call goes on
 * with the present token while that is good. A connection is for one service principal: have a pool per role, each on a data
 * source of its own, all from one exchanger.
 *
 * <p>If no token is to be had, {@link #getConnection()} and the calls on a connection throw an
 * {@link java.sql.SQLTransientConnectionException} if time may help, else an
 * {@link java.sql.SQLInvalidAuthorizationSpecException}; message and cause are those of the
 * {@link io.tokenfederation.FederationException}. What the driver throws is left as it is; if it tells of a refused token,
 * that token is given back, and the next call has another one.
 *
 * <p>Thread-safe; needs no closing. Connections are as thread-safe as the driver's.
 *
 * @see <a href="https://docs.databricks.com/aws/en/integrations/jdbc-oss/authentication">Databricks JDBC driver:
 *     authentication</a>
 */
public final class FederatedDataSource implements DataSource {
    private final ConnectionSettings settings;
    private final DatabricksTokenSource tokens;
    private final Driver driver;
    private final Ticks ticks;
    private volatile int loginTimeout;

    private FederatedDataSource(Builder builder, ConnectionSettings settings, DatabricksTokenSource tokens) {
        this.settings = settings;
        this.tokens = tokens;
        this.driver = builder.driver == null ? registered(settings.url()) : builder.driver;
        this.ticks = builder.ticks;
    }

    /** {@return a builder; URL and tokens are required} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Opens a connection.
     *
     * @return the connection, of the driver's own making underneath
     * @throws SQLException if there is no token, or the driver cannot connect
     */
    @Override
    public Connection getConnection() throws SQLException {
        DatabricksToken token = NoToken.orToken(tokens);
        try {
            return LiveConnection.of(connect(token), token, tokens, ticks);
        } catch (SQLException | RuntimeException e) {
            if (!RefusedToken.in(e)) {
                throw e;
            }
            tokens.rejected(token);
            DatabricksToken next = another(token, e);
            if (next == null) {
                throw e;
            }
            return again(next, e);
        }
    }

    /** Null if there is none, and the driver's own exception is the better thing to know. */
    private @Nullable DatabricksToken another(DatabricksToken refused, Exception first) throws SQLException {
        try {
            DatabricksToken next = NoToken.orToken(tokens);
            return next.equals(refused) ? null : next;
        } catch (SQLException | RuntimeException e) {
            if (NoToken.isNotRenewed(e)) {
                first.addSuppressed(e);
                return null;
            }
            remember(first, e);
            throw e;
        }
    }

    /** Nothing was done for a login that was refused. If this one is refused too, it is not the token. */
    private Connection again(DatabricksToken next, Exception first) throws SQLException {
        try {
            return LiveConnection.of(connect(next), next, tokens, ticks);
        } catch (SQLException | RuntimeException e) {
            remember(first, e);
            throw e;
        }
    }

    private static void remember(Exception first, Exception second) {
        // A driver may throw the same one again.
        if (second != first) {
            second.addSuppressed(first);
        }
    }

    /**
     * Not supported: the token is the login.
     *
     * @throws SQLFeatureNotSupportedException always
     */
    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("the federated token is the login: call getConnection()");
    }

    private Connection connect(DatabricksToken token) throws SQLException {
        Properties login = settings.login(token);
        try {
            Connection connection = driver.connect(settings.url(), login);
            if (connection == null) {
                throw new SQLException(
                        "the driver " + driver.getClass().getName() + " does not take " + settings, "08001");
            }
            return connection;
        } finally {
            login.clear();
        }
    }

    private static Driver registered(String url) {
        try {
            return DriverManager.getDriver(url);
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "no JDBC driver for jdbc:databricks: is there; add com.databricks:databricks-jdbc, or set driver(...)",
                    e);
        }
    }

    /** {@return null: nothing is written} */
    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    /**
     * Not supported.
     *
     * @throws SQLFeatureNotSupportedException always
     */
    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        throw new SQLFeatureNotSupportedException("nothing is written");
    }

    /** Kept, as pools set it; it has no effect, because the driver knows no such time. Waits for a token end by themselves. */
    @Override
    public void setLoginTimeout(int seconds) {
        loginTimeout = seconds;
    }

    /** {@return what was set} */
    @Override
    public int getLoginTimeout() {
        return loginTimeout;
    }

    /**
     * Not supported.
     *
     * @throws SQLFeatureNotSupportedException always
     */
    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("java.util.logging is not used");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (!type.isInstance(this)) {
            throw new SQLException("this is no " + type.getName());
        }
        return type.cast(this);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }

    /** {@return the host, and no setting} */
    @Override
    public String toString() {
        return "FederatedDataSource[" + settings + "]";
    }

    /** Sets up a {@link FederatedDataSource}. Not thread-safe. */
    public static final class Builder {
        private @Nullable String url;
        private @Nullable DatabricksTokenSource tokens;
        private @Nullable Driver driver;
        private Ticks ticks = Ticks.ON_DAEMON_THREADS;
        private final TreeMap<String, String> properties = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

        private Builder() {}

        /**
         * The warehouse's JDBC URL, as its page in Databricks shows it. {@code AuthMech}, {@code Auth_Flow} and {@code
         * UID=token} in it are replaced. Required.
         *
         * @param url starts with {@code jdbc:databricks://}; holds no credential
         * @return this builder
         */
        public Builder url(String url) {
            this.url = requireNonNull(url, "url");
            return this;
        }

        /**
         * The tokens of the service principal. Required.
         *
         * @param tokens its tokens, as {@code sourceFor(servicePrincipal)} of an exchanger gives them
         * @return this builder
         */
        public Builder tokens(DatabricksTokenSource tokens) {
            this.tokens = requireNonNull(tokens, "tokens");
            return this;
        }

        /**
         * A property of the driver, such as {@code UserAgentEntry}. Default: none but those that log in.
         *
         * @param name its name; none that holds a credential
         * @param value its value
         * @return this builder
         */
        public Builder property(String name, String value) {
            properties.put(requireNonNull(name, "name"), requireNonNull(value, "value"));
            return this;
        }

        /**
         * The driver. Default: the one that is registered for the URL.
         *
         * @param driver the driver, where an application server or a container hides it from {@link DriverManager}
         * @return this builder
         */
        public Builder driver(Driver driver) {
            this.driver = requireNonNull(driver, "driver");
            return this;
        }

        Builder ticks(Ticks ticks) {
            this.ticks = ticks;
            return this;
        }

        /**
         * Builds the data source. Nothing is sent yet.
         *
         * @return the data source
         * @throws IllegalStateException if URL, tokens or a driver is missing
         * @throws IllegalArgumentException if the URL is none of the driver's; if it or a property holds a credential, asks
         *     for http to another machine or trust in any certificate of it, or for a log that would hold tokens. The message
         *     quotes no value
         */
        public FederatedDataSource build() {
            if (url == null || tokens == null) {
                throw new IllegalStateException("set url(...) and tokens(...)");
            }
            return new FederatedDataSource(this, ConnectionSettings.of(url, properties), tokens);
        }
    }
}
