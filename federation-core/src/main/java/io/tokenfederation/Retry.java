// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Repeats a call within one attempt, while callers wait for it: after what passes by itself, with full jitter, never
 * sooner than the server asked for, and never past the attempt's deadline.
 */
record Retry(int tries, Duration deadline, Clocks clocks, RandomGenerator random) {
    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration MOST = Duration.ofSeconds(2);

    /** A caller is better served by the reason, and the time to come back, than by a longer silence. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** @param onRetry told of each failure that is not the last, and of the pause after it */
    <T> T call(Supplier<T> call, BiConsumer<FederationException, Duration> onRetry) {
        long until = clocks.nanos() + deadline.toNanos();
        for (int failures = 1; ; failures++) {
            long started = clocks.nanos();
            try {
                return call.get();
            } catch (FederationException e) {
                Duration pause = pause(failures, e);
                long now = clocks.nanos();
                // A try that takes as long as this one would be cut off by the deadline, and its reason lost.
                boolean tooLate = pause.compareTo(PATIENCE) > 0 || now + pause.toNanos() + (now - started) - until >= 0;
                if (failures >= tries
                        || !e.retryable()
                        || tooLate
                        || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                onRetry.accept(e, pause);
                pause(e, pause);
            }
        }
    }

    private Duration pause(int failures, FederationException failure) {
        Duration step = FIRST.multipliedBy(1L << Math.min(failures - 1, 5));
        Duration most = step.compareTo(MOST) < 0 ? step : MOST;
        Duration jittered = Duration.ofNanos((long) (random.nextDouble() * most.toNanos()));
        Duration floor = failure.retryAfter().orElse(Duration.ZERO);
        // Past the deadline is past the deadline, and centuries do not fit into nanoseconds.
        Duration asked = floor.compareTo(deadline) < 0 ? floor : deadline;
        return asked.compareTo(jittered) > 0 ? asked : jittered;
    }

    private void pause(FederationException failure, Duration pause) {
        try {
            clocks.pause().sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure.addSuppressed(e);
            throw failure;
        }
    }
}
