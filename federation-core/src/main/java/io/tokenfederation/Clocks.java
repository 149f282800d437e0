// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The two clocks a token's life is measured with. The wall clock can be set, and the monotonic one stands still while
 * the machine sleeps: a token is usable only if both say so.
 */
record Clocks(InstantSource wall, LongSupplier monotonic) {
    static final Clocks SYSTEM = new Clocks(Clock.systemUTC(), System::nanoTime);

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
