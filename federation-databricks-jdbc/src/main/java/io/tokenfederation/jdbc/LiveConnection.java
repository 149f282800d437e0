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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of the driver, and the token it runs on.
 *
 * <ol>
 *   <li>Before a call that may go to Databricks, the source's token is compared with the present one; another one is handed
 *       to the driver. So an idle connection costs no token, and is up to date when it is used again.
 *   <li>Handing over is not free: driver 3.4.5 asks the host for {@code /.well-known/databricks-config} meanwhile. As long as
 *       the present token is good, nobody waits for another's handing over, and one that fails is left to the next call.
 *   <li>While statements are open, the same is done from time to time, because one call may outlive a token: the driver asks
 *       again and again whether a statement is done, and fetches results, all within one call or behind it.
 *   <li>Tokens are only ever handed on from the one source, so the connection never changes its service principal.
 * </ol>
 */
final class LiveConnection {
    private static final Logger LOG = LoggerFactory.getLogger(LiveConnection.class);
    private static final String TOKEN = "Auth_AccessToken";

    /** What a token is good for at least when an exchanger gives it out. */
    private static final Duration ONE_CALL = Duration.ofSeconds(40);

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
    private volatile @Nullable DatabricksToken refused;

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
        if (!isUsable()) {
            renewing.lock();
        } else if (!renewing.tryLock()) {
            // Somebody else is at it, and the present token does meanwhile.
            return;
        }
        try {
            handOver(next);
        } finally {
            renewing.unlock();
        }
    }

    private void handOver(DatabricksToken next) throws SQLException {
        if (next.equals(present) || plain.isClosed()) {
            return;
        }
        try {
            plain.setClientInfo(TOKEN, next.value());
            present = next;
        } catch (SQLException | RuntimeException e) {
            if (!isUsable()) {
                throw e;
            }
            // Not the exception itself: what the driver puts into its words is not ours to vouch for.
            LOG.debug(
                    "the driver did not take the next token ({}), the present one serves until {}",
                    e.getClass().getName(),
                    present.expiresAt());
        }
    }

    private boolean isUsable() {
        return !present.equals(refused) && ticks.now().plus(ONE_CALL).isBefore(present.expiresAt());
    }

    /** For calls that end something: they are better tried with an old token than not at all. */
    void renewIfPossible() {
        try {
            renew();
        } catch (SQLException | RuntimeException e) {
            // Whatever a source or a driver throws: the call itself says what is wrong.
        }
    }

    /** {@return the token that the driver has now} */
    DatabricksToken present() {
        return present;
    }

    void refused(DatabricksToken token) {
        refused = token;
        tokens.rejected(token);
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
