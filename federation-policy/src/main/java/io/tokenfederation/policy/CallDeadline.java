// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import java.time.Duration;

/** The moment by which a call has ended, with all its requests and pauses. */
record CallDeadline(long nanos) {
    /** One request may be stuck; the rest of the time is for the next. */
    private static final Duration ONE_REQUEST = Duration.ofSeconds(20);

    static CallDeadline in(Duration time) {
        return new CallDeadline(System.nanoTime() + time.toNanos());
    }

    /** Whether there is time for this pause and something after it. */
    boolean allows(Duration pause) {
        return pause.compareTo(left()) < 0;
    }

    boolean passed() {
        return left().isZero();
    }

    Duration forOneRequest() {
        Duration left = left();
        return left.compareTo(ONE_REQUEST) < 0 ? left : ONE_REQUEST;
    }

    private Duration left() {
        return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
    }
}
