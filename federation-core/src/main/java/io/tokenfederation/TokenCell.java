// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one token: hands it out while it is usable, and sees to it that at most one attempt to renew it is under way.
 *
 * <p>All that changes is in one place: {@link #state} holds an immutable {@link Snapshot}, in one of these states:
 *
 * <ol>
 *   <li>EMPTY: no token. Callers join the attempt and wait for it.
 *   <li>FRESH: handed out, nothing else happens.
 *   <li>REFRESH_DUE: handed out; the caller who notices starts an attempt and does not wait for it.
 *   <li>UNUSABLE: as EMPTY.
 *   <li>CLOSED: nothing is handed out, and nothing brings a token back.
 * </ol>
 *
 * <p>A failed attempt leaves the token where it is and adds a {@link Failure}: until its time is over no new attempt is
 * started, and callers without a usable token get that failure at once.
 *
 * <p>The snapshot names the attempt that is under way. One step takes it out and puts its outcome in, before those who wait
 * are released; so whoever finds no attempt finds its outcome, and nobody joins one that has ended.
 */
final class TokenCell<T> {
    private static final Logger LOG = LoggerFactory.getLogger(DatabricksTokenExchanger.class);
    private static final VarHandle STATE = stateHandle();

    /** How long the monotonic clock is believed before it is compared with the wall clock again. */
    private static final long RECHECK_NANOS = Duration.ofSeconds(1).toNanos();

    /** A resource that refuses every token must not turn its traffic into token requests. */
    private static final long REJECTION_PAUSE = Duration.ofSeconds(30).toNanos();

    private static final long REJECTION_PAUSE_MOST = Duration.ofMinutes(10).toNanos();

    private static final String CLOSED = "the exchanger is closed";

    /** What a renewal brings: the token and its boundaries. */
    record Held<T>(T token, Lifetime life) {}

    /** Gets the next token, given the present one; must not block and may throw. */
    @FunctionalInterface
    interface Renewal<T> {
        CompletionStage<Held<T>> start(@Nullable Held<T> present);
    }

    private final Side side;
    private final Renewal<T> renewal;
    private final Clocks clocks;
    private final RandomGenerator random;
    private final Reporter<T> reporter;
    private volatile Snapshot<T> state;

    TokenCell(Side side, Renewal<T> renewal, Clocks clocks, RandomGenerator random, Reporter<T> reporter) {
        this.side = side;
        this.renewal = renewal;
        this.clocks = clocks;
        this.random = random;
        this.reporter = reporter;
        this.state = new Snapshot<>(null, 0, null, null, clocks.nanos(), 0, false);
    }

    /** {@return the token, if there is a usable one; else null. Never waits; starts an attempt where one is due} */
    @Nullable T now() {
        Snapshot<T> seen = state;
        Held<T> held = seen.held;
        if (held == null) {
            return null;
        }
        long nanos = clocks.nanos();
        return nanos - seen.trustedUntil < 0 ? held.token : afterALook(seen, held, nanos);
    }

    /**
     * Gets another token than the one the caller has looked at.
     *
     * @param seen what {@link #now()} gave the caller
     * @return a usable token that has come since; or the remembered failure; or the outcome of the attempt under way, or
     *     of a new one
     */
    CompletableFuture<T> attempt(@Nullable T seen) {
        CompletableFuture<T> mine = new CompletableFuture<>();
        while (true) {
            Snapshot<T> latest = state.open();
            CompletableFuture<T> known = known(latest, seen);
            if (known != null) {
                return known;
            }
            if (latest.flight != null) {
                return latest.flight;
            }
            if (STATE.compareAndSet(this, latest, latest.flying(mine))) {
                start(latest.held, mine);
                return mine;
            }
        }
    }

    /** @throws IllegalStateException if this is closed */
    void requireOpen() {
        state.open();
    }

    /**
     * Drops the token if it is this very one, and if the last one dropped is some time ago: 30 seconds at first, twice as
     * long each time a token is refused soon after that.
     */
    void reject(T token) {
        Snapshot<T> before = change(seen -> droppable(seen, token) ? seen.without(clocks.nanos()) : seen);
        reporter.report(new TokenEvent.Rejected(reporter.whose(), reporter.id(token), droppable(before, token)));
    }

    private boolean droppable(Snapshot<T> seen, T token) {
        return seen.held != null && seen.held.token.equals(token) && clocks.nanos() - seen.rejectableFrom >= 0;
    }

    /** Forgets the token and releases those who wait. What an attempt under way still brings is dropped. */
    void close() {
        CompletableFuture<T> waitedFor = change(Snapshot::shut).flight;
        if (waitedFor != null) {
            waitedFor.completeExceptionally(new IllegalStateException(CLOSED));
        }
    }

    private @Nullable T afterALook(Snapshot<T> seen, Held<T> held, long nanos) {
        if (!held.life.usable(clocks.now())) {
            return null;
        }
        if (!held.life.due(nanos)) {
            STATE.compareAndSet(this, seen, seen.trustedUntil(trustFrom(nanos, held.life)));
        } else if (seen.flight == null && (seen.failure == null || !seen.failure.holds(nanos))) {
            CompletableFuture<T> renewed = attempt(held.token);
            // Where the executor runs an attempt on the spot, its outcome is here already.
            return renewed.isDone() && !renewed.isCompletedExceptionally() ? renewed.join() : held.token;
        }
        return held.token;
    }

    /** What can be said without an attempt: null if nothing. */
    private @Nullable CompletableFuture<T> known(Snapshot<T> now, @Nullable T seen) {
        Held<T> held = now.held;
        if (held != null && !held.token.equals(seen) && held.life.usable(clocks.now())) {
            return CompletableFuture.completedFuture(held.token);
        }
        Failure failure = now.failure;
        long nanos = clocks.nanos();
        if (failure == null || !failure.holds(nanos)) {
            return null;
        }
        reporter.report(
                new TokenEvent.FailureRemembered(reporter.whose(), failure.exception.code(), failure.holdsFor(nanos)));
        return CompletableFuture.failedFuture(failure.remembered(nanos));
    }

    private void start(@Nullable Held<T> present, CompletableFuture<T> mine) {
        reporter.report(new TokenEvent.AttemptStarted(reporter.whose()));
        long started = clocks.nanos();
        CompletionStage<Held<T>> next;
        try {
            next = renewal.start(present);
        } catch (Throwable failure) {
            // An Error too: the slot must not stay taken, nor a waiter be left behind.
            next = CompletableFuture.failedFuture(failure);
        }
        next.whenComplete((held, failure) -> {
            if (held != null) {
                succeed(mine, held, started);
            } else {
                fail(mine, side.failure(failure));
            }
        });
    }

    private void succeed(CompletableFuture<T> mine, Held<T> next, long started) {
        long nanos = clocks.nanos();
        change(before -> before.closed ? before : before.holding(next, trustFrom(nanos, next.life)));
        mine.complete(next.token);
        reporter.report(new TokenEvent.Renewed(
                reporter.whose(), reporter.id(next.token), Duration.ofNanos(nanos - started), next.life.total()));
    }

    private void fail(CompletableFuture<T> mine, FederationException exception) {
        Snapshot<T> seen = state;
        Clocks.Moment now = clocks.now();
        Duration served = seen.held == null ? Duration.ZERO : seen.held.life.servedFor(now);
        int failures = seen.failure == null ? 1 : seen.failure.countWith(exception);
        Duration wait = Backoff.after(failures, exception.problem(), served, random);
        Failure failure = new Failure(exception, now.nanos() + wait.toNanos(), failures);
        change(before -> before.closed ? before : before.failed(failure));
        mine.completeExceptionally(exception);
        reporter.report(new TokenEvent.AttemptFailed(reporter.whose(), exception, wait, served));
        if (!served.isZero() && side == Side.DATABRICKS) {
            LOG.warn(
                    "renewal failed, the present token serves on, next try in {} s: {}",
                    wait.toSeconds(),
                    exception.getMessage());
        }
    }

    /** {@return what was there before the change} */
    private Snapshot<T> change(UnaryOperator<Snapshot<T>> to) {
        Snapshot<T> seen;
        do {
            seen = state;
        } while (!STATE.compareAndSet(this, seen, to.apply(seen)));
        return seen;
    }

    private static long trustFrom(long nanos, Lifetime life) {
        long recheck = nanos + RECHECK_NANOS;
        return recheck - life.refreshAt() < 0 ? recheck : life.refreshAt();
    }

    private static VarHandle stateHandle() {
        try {
            return MethodHandles.lookup().findVarHandle(TokenCell.class, "state", Snapshot.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /**
     * What the cell knows at one moment.
     *
     * @param held the token, if there is one
     * @param trustedUntil until when, on the monotonic clock, it may be handed out without a further look
     * @param failure how the last attempt failed, if it did
     * @param flight what completes when the attempt under way ends, if there is one
     * @param rejectableFrom from when, on the monotonic clock, it may be dropped because somebody refused it
     * @param rejectPause how long it could not, the last time
     * @param closed whether this is the last one
     */
    private record Snapshot<T>(
            @Nullable Held<T> held,
            long trustedUntil,
            @Nullable Failure failure,
            @Nullable CompletableFuture<T> flight,
            long rejectableFrom,
            long rejectPause,
            boolean closed) {
        Snapshot<T> open() {
            if (closed) {
                throw new IllegalStateException(CLOSED);
            }
            return this;
        }

        Snapshot<T> trustedUntil(long nanos) {
            return new Snapshot<>(held, nanos, failure, flight, rejectableFrom, rejectPause, closed);
        }

        Snapshot<T> flying(CompletableFuture<T> attempt) {
            return new Snapshot<>(held, trustedUntil, failure, attempt, rejectableFrom, rejectPause, closed);
        }

        Snapshot<T> holding(Held<T> next, long trusted) {
            return new Snapshot<>(next, trusted, null, null, rejectableFrom, rejectPause, closed);
        }

        Snapshot<T> failed(Failure how) {
            return new Snapshot<>(held, trustedUntil, how, null, rejectableFrom, rejectPause, closed);
        }

        Snapshot<T> without(long nanos) {
            boolean soon = rejectPause > 0 && nanos - rejectableFrom < rejectPause;
            long pause = soon ? Math.min(2 * rejectPause, REJECTION_PAUSE_MOST) : REJECTION_PAUSE;
            return new Snapshot<>(null, 0, null, flight, nanos + pause, pause, closed);
        }

        Snapshot<T> shut() {
            return new Snapshot<>(null, 0, null, null, rejectableFrom, rejectPause, true);
        }
    }

    /**
     * How the last attempt failed.
     *
     * @param exception what it failed with
     * @param retryAt before when, on the monotonic clock, nobody tries again
     * @param count how many attempts have failed like this in a row
     */
    private record Failure(FederationException exception, long retryAt, int count) {
        boolean holds(long nanos) {
            return nanos - retryAt < 0;
        }

        /** One refusal at the end of a long outage is not yet a reason to wait as long as after many refusals. */
        int countWith(FederationException next) {
            return next.retryable() == exception.retryable() ? count + 1 : 1;
        }

        Duration holdsFor(long nanos) {
            return Duration.ofNanos(Math.max(0, retryAt - nanos));
        }

        /** The same failure, saying how long it will be remembered. */
        FederationException remembered(long nanos) {
            return exception.again(
                    exception.problem().retryAfter(holdsFor(nanos)).cause(exception));
        }
    }
}
