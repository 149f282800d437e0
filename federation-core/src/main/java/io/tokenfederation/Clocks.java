// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The two clocks a token's life is measured with. The wall clock can be set, and the monotonic one stands still while
 * the machine sleeps: a token is usable only if both say so.
 *
 * @param pause how an attempt waits between two tries
 */
record Clocks(InstantSource wall, LongSupplier monotonic, Pause pause) {
    static final Clocks SYSTEM =
            new Clocks(Clock.systemUTC(), System::nanoTime, time -> TimeUnit.NANOSECONDS.sleep(time.toNanos()));

    /** Lets time pass on an attempt's own thread. */
    @FunctionalInterface
    interface Pause {
        void sleep(Duration time) throws InterruptedException;
    }

    /**
     * One moment on both.
     *
     * @param nanos since some fixed moment; compare by subtraction
     */
    record Moment(Instant wall, long nanos) {}

    Moment now() {
        return new Moment(wall.instant(), nanos());
    }

    long nanos() {
        return monotonic.getAsLong();
    }
}
