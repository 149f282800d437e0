// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to leave a failing endpoint alone: with jitter, so that a fleet does not come back at once, and never sooner than
 * the endpoint asked for.
 */
final class Backoff {
    /** While a token is still served there is time. */
    private static final Duration SERVING_FIRST = Duration.ofSeconds(5);

    private static final Duration SERVING_MOST = Duration.ofSeconds(60);

    /** Near its end, each try counts: MUST_REFRESH. Nobody waits even then, as the token is still good. */
    private static final Duration PRESSING = Duration.ofMinutes(2);

    private static final Duration PRESSING_MOST = Duration.ofSeconds(15);

    /** While callers get errors, look again soon. */
    private static final Duration FAILING_FIRST = Duration.ofSeconds(1);

    private static final Duration FAILING_MOST = Duration.ofSeconds(15);

    /** Nobody repairs a wrong secret in seconds, and each try counts towards lock-outs and quotas. */
    private static final Duration TERMINAL_FIRST = Duration.ofSeconds(60);

    /** A token that serves no longer than this is not tried to renew again after a terminal failure. */
    private static final Duration LAST_LOOK = Duration.ofSeconds(30);

    private static final Duration TERMINAL_MOST = Duration.ofMinutes(10);

    /** A server may ask for hours by mistake; nobody must need a restart to recover. */
    private static final Duration ASKED_MOST = Duration.ofMinutes(10);

    /** Who limits the rate means it: quotas of M2M tokens end with the hour. One that ends with the day is tried each hour. */
    private static final Duration LIMITED_MOST = Duration.ofHours(1);

    private static final int TOO_MANY_REQUESTS = 429;

    private Backoff() {}

    /**
     * Computes the wait after a failure.
     *
     * @param failures how many attempts have failed in a row, this one included
     * @param problem what this one failed with
     * @param served how long a token will still be served; zero if there is none. When it ends, callers get errors, so the
     *     next try is not later than that
     */
    static Duration after(int failures, Problem problem, Duration served, RandomGenerator random) {
        Duration wait;
        if (problem.retryable()) {
            double share = 0.5 + 0.5 * random.nextDouble();
            Duration most = served.compareTo(PRESSING) < 0 ? PRESSING_MOST : SERVING_MOST;
            wait = served.isZero()
                    ? scaled(doubled(FAILING_FIRST, failures, FAILING_MOST), share)
                    : min(scaled(doubled(SERVING_FIRST, failures, most), share), served);
        } else {
            Duration rare = scaled(doubled(TERMINAL_FIRST, failures, TERMINAL_MOST), 0.8 + 0.4 * random.nextDouble());
            // Once more before the token ends, in case the trouble is mended by then; after that, callers are told at
            // once.
            wait = served.compareTo(LAST_LOOK) < 0 ? rare : min(rare, scaled(served, 0.9));
        }
        boolean limited = problem.httpStatus().orElse(0) == TOO_MANY_REQUESTS;
        Duration asked = min(problem.retryAfter().orElse(Duration.ZERO), limited ? LIMITED_MOST : ASKED_MOST);
        return wait.compareTo(asked) < 0 ? asked : wait;
    }

    private static Duration doubled(Duration first, int failures, Duration most) {
        return min(first.multipliedBy(1L << Math.min(failures - 1, 10)), most);
    }

    private static Duration scaled(Duration step, double share) {
        return Duration.ofNanos((long) (step.toNanos() * share));
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
