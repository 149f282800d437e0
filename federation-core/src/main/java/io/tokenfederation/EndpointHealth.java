// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import java.time.Duration;
import java.util.Set;
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

    private final Clocks clocks;
    private final RandomGenerator random;
    private volatile @Nullable Trouble trouble;

    EndpointHealth(Clocks clocks, RandomGenerator random) {
        this.clocks = clocks;
        this.random = random;
    }

    /**
     * The last failure of the endpoint itself.
     *
     * @param until before when it is not worth asking, on the monotonic clock
     * @param asked whether the endpoint named the time
     */
    private record Trouble(FederationException failure, long until, boolean asked) {}

    /**
     * Checks whether the endpoint is worth asking.
     *
     * @param waitedFor whether callers have no token until it answers
     * @throws FederationException what it failed with for somebody else a short time ago
     */
    void requireWorthAsking(boolean waitedFor) {
        Trouble now = trouble;
        if (now == null || (waitedFor && !now.asked)) {
            return;
        }
        long left = now.until - clocks.nanos();
        if (left > 0) {
            throw now.failure.again(
                    now.failure.problem().retryAfter(Duration.ofNanos(left)).cause(now.failure));
        }
    }

    /** Makes a call, and remembers how the endpoint took it. */
    <T> T watch(Supplier<T> call) {
        try {
            T answer = call.get();
            trouble = null;
            return answer;
        } catch (TokenExchangeException e) {
            trouble = DOWN.contains(e.code()) ? troubleOf(e) : null;
            throw e;
        }
    }

    private Trouble troubleOf(TokenExchangeException failure) {
        Duration jittered = Duration.ofNanos((long) (PAUSE.toNanos() * (0.5 + 0.5 * random.nextDouble())));
        Duration asked = failure.retryAfter().orElse(Duration.ZERO);
        Duration longer = asked.compareTo(jittered) > 0 ? asked : jittered;
        Duration pause = longer.compareTo(PAUSE_MOST) < 0 ? longer : PAUSE_MOST;
        return new Trouble(failure, clocks.nanos() + pause.toNanos(), !asked.isZero());
    }
}
