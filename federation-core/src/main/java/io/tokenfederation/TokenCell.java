// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one token: hands it out while it is usable, and sees to it that at most one attempt to renew it is under way.
 *
 * <p>All that changes is in one place: {@link #state} holds an immutable {@link CellSnapshot}, in one of these states:
 *
 * <ol>
 *   <li>EMPTY: no token. Callers join the attempt and wait for it.
 *   <li>FRESH: handed out, nothing else happens.
 *   <li>REFRESH_DUE: handed out; the caller who notices starts an attempt and does not wait for it.
 *   <li>UNUSABLE: as EMPTY.
 *   <li>CLOSED: nothing is handed out, and nothing brings a token back.
 * </ol>
 *
 * <p>A failed attempt leaves the token where it is and adds a {@link CellFailure}: until its time is over no new attempt is
 * started, and callers without a usable token get that failure at once.
 *
 * <p>The snapshot names the attempt that is under way. One step takes it out and puts its outcome in, before those who wait
 * are released; so whoever finds no attempt finds its outcome, and nobody joins one that has ended.
 */
final class TokenCell<T> {
    private static final VarHandle STATE = stateHandle();

    /** How long the monotonic clock is believed before it is compared with the wall clock again. */
    private static final long RECHECK_NANOS = Duration.ofSeconds(1).toNanos();

    /**
     * What a renewal brings: the token and its boundaries.
     *
     * @param doubted whether somebody refused it, who does not speak for all: it serves until another one is there
     */
    record Held<T>(T token, Lifetime life, boolean doubted) {
        Held(T token, Lifetime life) {
            this(token, life, false);
        }

        Held<T> doubtedToo() {
            return new Held<>(token, life, true);
        }
    }

    /** Gets the next token, given the present one and until when it is needed; must not block and may throw. */
    @FunctionalInterface
    interface Renewal<T> {
        CompletionStage<Held<T>> start(@Nullable Held<T> present, Instant wanted);
    }

    private final Side side;
    private final Renewal<T> renewal;
    private final Clocks clocks;
    private final RandomGenerator random;
    private final Reporter<T> reporter;
    private volatile CellSnapshot<T> state;
    /** When it was last asked for, coarsely, on the monotonic clock: a hit is not to cost a write. */
    private volatile long lastLook;

    TokenCell(Side side, Renewal<T> renewal, Clocks clocks, RandomGenerator random, Reporter<T> reporter) {
        this.side = side;
        this.renewal = renewal;
        this.clocks = clocks;
        this.random = random;
        this.reporter = reporter;
        this.lastLook = clocks.nanos();
        this.state = CellSnapshot.empty(lastLook);
    }

    /** {@return the token, if there is a usable one; else null. Never waits; starts an attempt where one is due} */
    @Nullable T now() {
        CellSnapshot<T> seen = state;
        Held<T> held = seen.held();
        long nanos = clocks.nanos();
        if (held == null) {
            lastLook = nanos;
            return null;
        }
        return nanos - seen.trustedUntil() < 0 ? held.token : afterALook(seen, held, nanos);
    }

    /** As {@link #attempt(Object, Instant)}, for a token that is needed until no time in particular. */
    CompletableFuture<T> attempt(@Nullable T seen) {
        return attempt(seen, Lifetime.WHENEVER);
    }

    /**
     * Gets another token than the one the caller has looked at.
     *
     * @param seen what {@link #now()} gave the caller
     * @param wanted until when a token is needed, which an attempt that is under way already does not know
     * @return a usable token that has come since; or the remembered failure; or the outcome of the attempt under way, or
     *     of a new one
     */
    CompletableFuture<T> attempt(@Nullable T seen, Instant wanted) {
        CompletableFuture<T> mine = new CompletableFuture<>();
        while (true) {
            CellSnapshot<T> latest = state.open();
            CompletableFuture<T> known = known(latest, seen);
            if (known != null) {
                return known;
            }
            if (latest.flight() != null) {
                return latest.flight();
            }
            if (STATE.compareAndSet(this, latest, latest.flying(mine))) {
                start(latest.held(), wanted, mine);
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
        CellSnapshot<T> before = change(seen -> droppable(seen, token) ? seen.without(clocks.nanos()) : seen);
        reporter.report(new TokenEvent.Rejected(reporter.whose(), reporter.id(token), droppable(before, token)));
    }

    /**
     * Gets another token than one that was refused to somebody, and keeps this one until that is there: it may be good for
     * others. As with {@link #reject}, not sooner than some time after the last one.
     *
     * @return another token, or the failure to get one; empty if it is too soon to try
     */
    Optional<CompletableFuture<T>> replace(T token) {
        CellSnapshot<T> before = change(seen -> droppable(seen, token) ? seen.doubting(clocks.nanos()) : seen);
        Held<T> held = before.held();
        boolean present = held != null && held.token.equals(token);
        if (present) {
            reporter.report(new TokenEvent.Rejected(reporter.whose(), reporter.id(token), false));
        }
        boolean tooSoon = held != null && present && !held.doubted && !droppable(before, token);
        return tooSoon ? Optional.empty() : Optional.of(attempt(token));
    }

    private boolean droppable(CellSnapshot<T> seen, T token) {
        return seen.held() != null && seen.held().token.equals(token) && clocks.nanos() - seen.rejectableFrom() >= 0;
    }

    /** {@return how long nobody has asked, to within about a second} */
    long idleNanos() {
        return clocks.nanos() - lastLook;
    }

    /** {@return how long the last failure is remembered; empty if there is none to remember} */
    Optional<Duration> retryIn() {
        CellFailure failure = state.failure();
        long nanos = clocks.nanos();
        return failure == null || !failure.holds(nanos) ? Optional.empty() : Optional.of(failure.holdsFor(nanos));
    }

    /** Forgets the token and releases those who wait. What an attempt under way still brings is dropped. */
    void close() {
        CompletableFuture<T> waitedFor = change(CellSnapshot::shut).flight();
        if (waitedFor != null) {
            waitedFor.completeExceptionally(new IllegalStateException(CellSnapshot.CLOSED));
        }
    }

    private @Nullable T afterALook(CellSnapshot<T> seen, Held<T> held, long nanos) {
        lastLook = nanos;
        if (!held.life.usable(clocks.now())) {
            return null;
        }
        if (!held.life.due(nanos)) {
            STATE.compareAndSet(this, seen, seen.trustedUntil(trustFrom(nanos, held.life)));
        } else if (seen.flight() == null
                && (seen.failure() == null || !seen.failure().holds(nanos))) {
            CompletableFuture<T> renewed = attempt(held.token);
            // Where the executor runs an attempt on the spot, its outcome is here already.
            return renewed.isDone() && !renewed.isCompletedExceptionally() ? renewed.join() : held.token;
        }
        return held.token;
    }

    /** What can be said without an attempt: null if nothing. */
    private @Nullable CompletableFuture<T> known(CellSnapshot<T> now, @Nullable T seen) {
        Held<T> held = now.held();
        if (held != null && !held.token.equals(seen) && held.life.usable(clocks.now())) {
            return CompletableFuture.completedFuture(held.token);
        }
        CellFailure failure = now.failure();
        long nanos = clocks.nanos();
        if (failure == null || !failure.holds(nanos)) {
            return null;
        }
        reporter.report(new TokenEvent.FailureRemembered(
                reporter.whose(), failure.exception().code(), failure.holdsFor(nanos)));
        return CompletableFuture.failedFuture(failure.remembered(nanos));
    }

    private void start(@Nullable Held<T> present, Instant wanted, CompletableFuture<T> mine) {
        reporter.report(new TokenEvent.AttemptStarted(reporter.whose()));
        long started = clocks.nanos();
        CompletionStage<Held<T>> next;
        try {
            next = renewal.start(present, wanted);
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
        change(before -> before.closed() ? before : before.holding(next, trustFrom(nanos, next.life)));
        mine.complete(next.token);
        reporter.report(new TokenEvent.Renewed(
                reporter.whose(), reporter.id(next.token), Duration.ofNanos(nanos - started), next.life.total()));
    }

    private void fail(CompletableFuture<T> mine, FederationException exception) {
        CellSnapshot<T> seen = state;
        Clocks.Moment now = clocks.now();
        Duration served = seen.held() == null ? Duration.ZERO : seen.held().life.servedFor(now);
        int failures = seen.failure() == null ? 1 : seen.failure().countWith(exception);
        Duration wait = waitAfter(exception, failures, served);
        CellFailure failure = new CellFailure(exception, now.nanos() + wait.toNanos(), failures);
        change(before -> before.closed() ? before : before.failed(failure));
        mine.completeExceptionally(exception);
        reporter.report(new TokenEvent.AttemptFailed(reporter.whose(), exception, wait, served));
        if (!served.isZero() && !side.causedElsewhere(exception)) {
            failure.log(reporter.whose(), served, wait);
        }
    }

    /** Trouble with the JWT is remembered where JWTs are kept; a second memory here would outlast it. */
    private Duration waitAfter(FederationException exception, int failures, Duration served) {
        Optional<Duration> elsewhere = side.causedElsewhere(exception) ? exception.retryAfter() : Optional.empty();
        return elsewhere.orElseGet(() -> Backoff.after(failures, exception.problem(), served, random));
    }

    /** {@return what was there before the change} */
    private CellSnapshot<T> change(UnaryOperator<CellSnapshot<T>> to) {
        CellSnapshot<T> seen;
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
            return MethodHandles.lookup().findVarHandle(TokenCell.class, "state", CellSnapshot.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
