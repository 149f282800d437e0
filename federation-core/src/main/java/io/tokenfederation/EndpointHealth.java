// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What one principal's exchange has learned of the endpoint, for all of them: while it is down, those whose tokens still
 * serve leave it alone; while it asks for patience, all do.
 */
final class EndpointHealth {
    private static final Set<String> DOWN = Set.of(
            ErrorCode.EXCHANGE_UNREACHABLE.name(),
            ErrorCode.EXCHANGE_UNAVAILABLE.name(),
            ErrorCode.EXCHANGE_RATE_LIMITED.name());

    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration PAUSE_MOST = Duration.ofMinutes(10);

    /** How soon to come back while somebody else is trying whether the endpoint is well again. */
    private static final Duration PROBED = Duration.ofSeconds(1);

    private final Clocks clocks;
    private final RandomGenerator random;
    private final AtomicReference<@Nullable Trouble> trouble = new AtomicReference<>();

    EndpointHealth(Clocks clocks, RandomGenerator random) {
        this.clocks = clocks;
        this.random = random;
    }

    /**
     * The last failure of the endpoint itself.
     *
     * @param until before when it is not worth asking, on the monotonic clock
     * @param asked whether the endpoint named the time
     * @param probed whether somebody is trying if it is over
     */
    private record Trouble(FederationException failure, long until, boolean asked, AtomicBoolean probed) {
        boolean lasts(long nanos) {
            return until - nanos > 0;
        }

        FederationException again(Duration retryAfter) {
            return failure.again(failure.problem().retryAfter(retryAfter).cause(failure));
        }
    }

    /**
     * Checks whether the endpoint is worth asking.
     *
     * @param waitedFor whether callers have no token until it answers
     * @throws FederationException what it failed with for somebody else a short time ago
     */
    void requireWorthAsking(boolean waitedFor) {
        Trouble known = trouble.get();
        long nanos = clocks.nanos();
        if (known != null && known.lasts(nanos) && (known.asked || !waitedFor)) {
            throw known.again(Duration.ofNanos(known.until - nanos));
        }
    }

    /**
     * Makes a call, and remembers how the endpoint took it. After trouble, one call at a time finds out whether it is
     * over; only those with callers waiting do not wait for that one.
     *
     * @param waitedFor whether callers have no token until it returns
     * @throws FederationException what the call failed with; or, if it was not made, what another one did
     */
    <T> T watch(Supplier<T> call, boolean waitedFor) {
        // Once more: this may have waited for a thread since it was found worth asking.
        requireWorthAsking(waitedFor);
        Trouble before = trouble.get();
        if (before == null || waitedFor) {
            return watch(call, before);
        }
        if (!before.probed.compareAndSet(false, true)) {
            throw before.again(PROBED);
        }
        try {
            return watch(call, before);
        } finally {
            before.probed.set(false);
        }
    }

    /** @param before what was known when the call began: only that is made good by an answer */
    private <T> T watch(Supplier<T> call, @Nullable Trouble before) {
        try {
            T answer = call.get();
            trouble.compareAndSet(before, null);
            return answer;
        } catch (TokenExchangeException e) {
            if (DOWN.contains(e.code())) {
                Trouble next = troubleOf(e);
                trouble.updateAndGet(known -> known != null && outlasts(known, next) ? known : next);
            } else {
                trouble.compareAndSet(before, null);
            }
            throw e;
        }
    }

    /** A time the endpoint asked for stands, whatever another call has died of meanwhile. */
    private boolean outlasts(Trouble known, Trouble next) {
        return known.asked && known.lasts(clocks.nanos()) && known.until - next.until > 0;
    }

    private Trouble troubleOf(TokenExchangeException failure) {
        Duration jittered = Duration.ofNanos((long) (PAUSE.toNanos() * (0.5 + 0.5 * random.nextDouble())));
        Duration asked = failure.retryAfter().orElse(Duration.ZERO);
        Duration wait = asked.isZero() ? jittered : asked;
        Duration pause = wait.compareTo(PAUSE_MOST) < 0 ? wait : PAUSE_MOST;
        return new Trouble(failure, clocks.nanos() + pause.toNanos(), !asked.isZero(), new AtomicBoolean());
    }
}
