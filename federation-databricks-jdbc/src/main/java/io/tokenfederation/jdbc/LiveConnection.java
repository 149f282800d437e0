// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.jdbc;

import io.tokenfederation.DatabricksToken;
import io.tokenfederation.DatabricksTokenSource;
import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One connection of the driver, and the token it runs on.
 *
 * <ol>
 *   <li>Before a call that may go to Databricks, the source's token is compared with the present one; another one is handed
 *       to the driver. So an idle connection costs no token, and is up to date when it is used again.
 *   <li>While statements are open, the same is done from time to time, because one call may outlive a token: the driver asks
 *       again and again whether a statement is done, and fetches results, all within one call or behind it.
 *   <li>Tokens are only ever handed on from the one source, so the connection never changes its service principal.
 * </ol>
 */
final class LiveConnection {
    private static final String TOKEN = "Auth_AccessToken";

    /** Of what is left of a token: it is renewed after three quarters at most, and the last look is early enough. */
    private static final int LOOKS = 4;

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private final Connection plain;
    private final DatabricksTokenSource tokens;
    private final Ticks ticks;
    private final Connection guarded;
    private final Lock renewing = new ReentrantLock();
    private volatile DatabricksToken present;

    private final Lock counting = new ReentrantLock();

    /** Weak, as an application may forget to close one. */
    private final Set<Statement> open = Collections.newSetFromMap(new WeakHashMap<>());

    private boolean looking;

    private LiveConnection(Connection plain, DatabricksToken token, DatabricksTokenSource tokens, Ticks ticks) {
        this.plain = plain;
        this.present = token;
        this.tokens = tokens;
        this.ticks = ticks;
        this.guarded = Guard.of(Connection.class, plain, this);
    }

    /** {@return the connection, to be used in place of the driver's} */
    static Connection of(Connection plain, DatabricksToken token, DatabricksTokenSource tokens, Ticks ticks) {
        return new LiveConnection(plain, token, tokens, ticks).guarded;
    }

    Connection guarded() {
        return guarded;
    }

    /** Hands the driver the source's token, if it is another one. */
    void renew() throws SQLException {
        DatabricksToken next = NoToken.orToken(tokens);
        if (next.equals(present)) {
            return;
        }
        renewing.lock();
        try {
            if (!next.equals(present) && !plain.isClosed()) {
                plain.setClientInfo(TOKEN, next.value());
                present = next;
            }
        } finally {
            renewing.unlock();
        }
    }

    /** For calls that end something: they are better tried with an old token than not at all. */
    void renewIfPossible() {
        try {
            renew();
        } catch (SQLException | RuntimeException e) {
            // Whatever a source or a driver throws: the call itself says what is wrong.
        }
    }

    void refused() {
        tokens.rejected(present);
    }

    void opened(Statement statement) {
        boolean first;
        counting.lock();
        try {
            open.add(statement);
            first = !looking;
            looking = true;
        } finally {
            counting.unlock();
        }
        if (first) {
            lookLater();
        }
    }

    private void lookLater() {
        Duration share = Duration.between(ticks.now(), present.expiresAt()).dividedBy(LOOKS);
        Duration delay = share.compareTo(LONGEST) > 0 ? LONGEST : share.compareTo(SHORTEST) < 0 ? SHORTEST : share;
        WeakReference<LiveConnection> self = new WeakReference<>(this);
        ticks.in(delay, () -> {
            LiveConnection live = self.get();
            if (live != null) {
                live.look();
            }
        });
    }

    private void look() {
        boolean any;
        counting.lock();
        try {
            open.removeIf(LiveConnection::isClosed);
            any = !open.isEmpty();
            looking = any;
        } finally {
            counting.unlock();
        }
        if (any) {
            renewIfPossible();
            lookLater();
        }
    }

    private static boolean isClosed(Statement statement) {
        try {
            return statement.isClosed();
        } catch (SQLException e) {
            return true;
        }
    }
}
