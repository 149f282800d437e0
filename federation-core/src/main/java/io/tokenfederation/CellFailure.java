// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import java.time.Duration;

/**
 * How the last attempt of a {@link TokenCell} failed.
 *
 * @param exception what it failed with
 * @param retryAt before when, on the monotonic clock, nobody tries again
 * @param count how many attempts have failed like this in a row
 */
record CellFailure(FederationException exception, long retryAt, int count) {
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
        return exception.again(exception.problem().retryAfter(holdsFor(nanos)).cause(exception));
    }
}
