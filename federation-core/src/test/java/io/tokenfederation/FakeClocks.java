// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Time that stands still until told. The monotonic clock starts close to its overflow, as it may anywhere. */
final class FakeClocks {
    private volatile Instant wall = Instant.parse("2026-11-21T12:00:00Z");
    private final AtomicLong nanos =
            new AtomicLong(Long.MAX_VALUE - Duration.ofMinutes(1).toNanos());

    Clocks clocks() {
        return new Clocks(() -> wall, nanos::get, this::advance);
    }

    Clocks.Moment now() {
        return clocks().now();
    }

    Instant wall() {
        return wall;
    }

    void advance(Duration step) {
        advanceWall(step);
        advanceMonotonic(step);
    }

    void advanceWall(Duration step) {
        wall = wall.plus(step);
    }

    void advanceMonotonic(Duration step) {
        nanos.addAndGet(step.toNanos());
    }
}
