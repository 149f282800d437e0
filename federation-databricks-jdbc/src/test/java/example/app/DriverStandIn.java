// SPDX-License-Identifier: Apache-2.0
package example.app;

import io.tokenfederation.testkit.LoopbackDatabricks;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;

/**
 * A driver whose connections keep the token they were given until they are handed another one, as the real ones do, and ask
 * the workspace with it at each execution and each fetch.
 */
final class DriverStandIn implements Driver {
    final List<Properties> logins = new CopyOnWriteArrayList<>();
    final List<String> urls = new CopyOnWriteArrayList<>();
    final List<String> handed = new CopyOnWriteArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final LoopbackDatabricks databricks;

    /** What happens while a statement is being executed; time may pass there. */
    volatile Runnable whileExecuting = () -> {};

    /** What happens while a token is handed over; real drivers ask the host for its settings there. */
    volatile Runnable whileHanding = () -> {};

    DriverStandIn(LoopbackDatabricks databricks) {
        this.databricks = databricks;
    }

    @Override
    public Connection connect(String url, Properties info) throws SQLException {
        urls.add(url);
        Properties copy = new Properties();
        copy.putAll(info);
        logins.add(copy);
        AtomicReference<String> token = new AtomicReference<>(info.getProperty("Auth_AccessToken"));
        ask(token.get());
        AtomicBoolean closed = new AtomicBoolean();
        return answering(Connection.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "setClientInfo" -> {
                if (!"Auth_AccessToken".equals(arguments[0])) {
                    throw new SQLException("unknown client info");
                }
                whileHanding.run();
                handed.add((String) arguments[1]);
                token.set((String) arguments[1]);
                yield null;
            }
            case "createStatement" -> statement(Statement.class, (Connection) proxy, token);
            case "prepareStatement" -> statement(PreparedStatement.class, (Connection) proxy, token);
            case "getMetaData" ->
                answering(
                        DatabaseMetaData.class,
                        (self, called, given) -> called.getName().equals("getConnection") ? proxy : null);
            case "isValid" -> !closed.get();
            case "isClosed" -> closed.get();
            case "close" -> {
                closed.set(true);
                yield null;
            }
            case "getAutoCommit" -> true;
            case "isReadOnly" -> false;
            case "getTransactionIsolation", "getNetworkTimeout" -> 0;
            default -> null;
        });
    }

    private Object statement(Class<?> type, Connection connection, AtomicReference<String> token) {
        AtomicBoolean closed = new AtomicBoolean();
        return answering(type, (proxy, method, arguments) -> switch (method.getName()) {
            case "executeQuery" -> {
                ask(token.get());
                whileExecuting.run();
                ask(token.get());
                yield rows(token);
            }
            case "getConnection" -> connection;
            case "isClosed" -> closed.get();
            case "close" -> {
                closed.set(true);
                yield null;
            }
            case "toString" -> "the statement";
            default -> null;
        });
    }

    private ResultSet rows(AtomicReference<String> token) {
        return answering(ResultSet.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "next" -> true;
            case "getString" -> ask(token.get());
            default -> null;
        });
    }

    /** Who the token is; the words of the driver where it is nobody. */
    private String ask(String token) throws SQLException {
        HttpRequest request = HttpRequest.newBuilder(databricks.workspaceUrl().resolve("/api/2.0/preview/scim/v2/Me"))
                .header("Authorization", "Bearer " + token)
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new SQLException(
                        "HTTP request failed by code: " + answer.statusCode(), new IOException(answer.body()));
            }
            return answer.body().replaceAll(".*\"userName\":\"([^\"]*)\".*", "$1");
        } catch (IOException e) {
            throw new SQLException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException(e);
        }
    }

    private static <T> T answering(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(
                DriverStandIn.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    default -> handler.invoke(proxy, method, arguments);
                }));
    }

    @Override
    public boolean acceptsURL(String url) {
        return true;
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
        return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
        return 1;
    }

    @Override
    public int getMinorVersion() {
        return 0;
    }

    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getAnonymousLogger();
    }

    /** The last login's properties. */
    Map<Object, Object> lastLogin() {
        return Map.copyOf(new ArrayList<>(logins).get(logins.size() - 1));
    }
}
