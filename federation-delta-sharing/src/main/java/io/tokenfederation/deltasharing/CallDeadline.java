// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import java.time.Duration;

/** The moment by which something has ended. */
record CallDeadline(long nanos) {
    static CallDeadline in(Duration time) {
        return new CallDeadline(System.nanoTime() + time.toNanos());
    }

    /** Not negative. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
    }

    boolean passed() {
        return left().isZero();
    }

    /** Whether there is time for this pause and something after it. */
    boolean allows(Duration pause) {
        return pause.compareTo(left()) < 0;
    }
}
