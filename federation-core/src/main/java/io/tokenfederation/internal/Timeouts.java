// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import java.time.Duration;

/** Checks the times people configure: a day is longer than any of them can mean, and keeps the arithmetic in range. */
public final class Timeouts {
    private static final Duration LONGEST = Duration.ofDays(1);

    private Timeouts() {}

    /**
     * Checks a time.
     *
     * @param time the time
     * @param name the setting's name, for the message
     * @return the time
     * @throws IllegalArgumentException if it is not more than zero, or more than a day
     */
    public static Duration require(Duration time, String name) {
        if (time.isNegative() || time.isZero() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + " must be more than zero and at most a day; it is " + time);
        }
        return time;
    }
}
