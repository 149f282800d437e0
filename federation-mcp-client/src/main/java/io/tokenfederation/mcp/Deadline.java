// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.time.Duration;

/**
 * The moment by which a call has ended, whatever it takes: handshake, replay and body included.
 *
 * @param nanos that moment, by {@link System#nanoTime()}
 */
record Deadline(long nanos) {
    private static final Duration LONGEST = Duration.ofDays(1);

    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** Checks a setting. */
    static Duration require(Duration time, String name) {
        if (time.isNegative() || time.isZero() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + " must be more than zero and at most a day; it is " + time);
        }
        return time;
    }

    Deadline orIn(Duration time) {
        return left().compareTo(time) < 0 ? this : in(time);
    }

    /** Not negative. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
    }

    boolean passed() {
        return nanos - System.nanoTime() <= 0;
    }
}
