// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.jdbc;

import io.tokenfederation.DatabricksToken;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Wrapper;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stands before a connection, its statements and its metadata, so that each call finds a token that is good. Not before
 * result sets, which are asked for every value: as long as their statement is open, the token is renewed behind them.
 */
final class Guard implements InvocationHandler {
    /** They only look at what is here. */
    private static final Set<String> LOCAL = Set.of("isClosed", "getWarnings", "clearWarnings", "getClientInfo");

    /** They end something, which must not fail for want of a new token. */
    private static final Set<String> ENDING = Set.of("close", "cancel", "abort");

    private static final Set<Class<?>> GUARDED =
            Set.of(Statement.class, PreparedStatement.class, CallableStatement.class, DatabaseMetaData.class);

    private final Object plain;
    private final LiveConnection live;

    private Guard(Object plain, LiveConnection live) {
        this.plain = plain;
        this.live = live;
    }

    static <T> T of(Class<T> type, Object plain, LiveConnection live) {
        return type.cast(
                Proxy.newProxyInstance(Guard.class.getClassLoader(), new Class<?>[] {type}, new Guard(plain, live)));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return ofObject(proxy, method, arguments);
        }
        if (method.getDeclaringClass() == Wrapper.class && arguments != null) {
            return ofWrapper(proxy, method, (Class<?>) arguments[0]);
        }
        if (ENDING.contains(method.getName())) {
            live.renewIfPossible();
        } else if (!isLocal(method)) {
            live.renew();
        }
        Object result = call(method, arguments);
        return result == null ? null : guarded(method.getReturnType(), result);
    }

    /** A parameter that is set goes nowhere before the statement is executed. */
    private boolean isLocal(Method method) {
        return LOCAL.contains(method.getName())
                || (plain instanceof Statement && method.getName().startsWith("set"));
    }

    private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
        // By the time it fails, another one may have been handed over.
        DatabricksToken sent = live.present();
        try {
            return method.invoke(plain, arguments);
        } catch (InvocationTargetException e) {
            Throwable failure = e.getCause() == null ? e : e.getCause();
            if (RefusedToken.in(failure)) {
                live.refused(sent);
            }
            throw failure;
        }
    }

    private Object guarded(Class<?> declared, Object result) {
        if (declared == Connection.class) {
            return live.guarded();
        }
        if (!GUARDED.contains(declared)) {
            return result;
        }
        if (result instanceof Statement statement) {
            live.opened(statement);
        }
        return of(declared, result, live);
    }

    private Object ofWrapper(Object proxy, Method method, Class<?> type) throws SQLException {
        boolean ours = type.isInstance(proxy);
        if (method.getName().equals("isWrapperFor")) {
            return ours || type.isInstance(plain) || ((Wrapper) plain).isWrapperFor(type);
        }
        return ours ? proxy : type.isInstance(plain) ? plain : ((Wrapper) plain).unwrap(type);
    }

    private Object ofObject(Object proxy, Method method, Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "Federated[" + plain.getClass().getSimpleName() + "]";
        };
    }
}
