// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Repeats what reads and failed for a reason that passes: three times in all, with jitter, so that a fleet does not come
 * back at once, never sooner than the server asked for, and never past the deadline.
 *
 * @param deadline when it must have ended
 */
record Repetition(CallDeadline deadline) {
    private static final int TRIES = 3;
    private static final Duration FIRST = Duration.ofMillis(250);

    /** Those of 5xx that a gateway says of what is behind it; and a request that took too long to arrive. */
    private static final Set<Integer> PASSING = Set.of(408, 429, 502, 503, 504);

    <T> T of(Supplier<T> call) {
        for (int tries = 1; ; tries++) {
            try {
                return call.get();
            } catch (SharingException e) {
                if (tries == TRIES || !passes(e) || !waited(tries, e)) {
                    throw e;
                }
            }
        }
    }

    private static boolean passes(SharingException e) {
        return SharingErrorCode.SHARING_UNREACHABLE.is(e)
                || SharingErrorCode.SHARING_ANSWER_LOST.is(e)
                || (e.retryable() && PASSING.contains(e.httpStatus().orElse(0)));
    }

    /** Whether there was time for it. */
    private boolean waited(int tries, SharingException failure) {
        Duration jittered = jittered(tries);
        Duration asked = failure.retryAfter().orElse(Duration.ZERO);
        Duration wait = asked.compareTo(jittered) > 0 ? asked : jittered;
        return deadline.allows(wait) && slept(wait, failure);
    }

    /** Pauses as between the tries of a call; false if interrupted. */
    static boolean paused(int tries, SharingException failure) {
        return slept(jittered(tries), failure);
    }

    private static Duration jittered(int tries) {
        Duration step = FIRST.multipliedBy(1L << (tries - 1));
        return Duration.ofNanos((long)
                (step.toNanos() * (0.5 + 0.5 * ThreadLocalRandom.current().nextDouble())));
    }

    private static boolean slept(Duration wait, SharingException failure) {
        try {
            TimeUnit.NANOSECONDS.sleep(wait.toNanos());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure.addSuppressed(e);
            return false;
        }
    }
}
