// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** Time that stands still until told, for stand-ins and exchanger alike; in this package because only it may set clocks. */
public final class TestTime extends Clock {
    private final Instant start = Instant.parse("2026-11-21T12:00:00Z");
    private final AtomicLong passed = new AtomicLong();

    /** Lets an exchanger live by this time, and do what is due on the thread that asks. */
    public DatabricksTokenExchangerBuilder govern(DatabricksTokenExchangerBuilder builder) {
        return clock(builder).executor(Runnable::run);
    }

    /** Lets an exchanger live by this time, with its own threads. */
    public DatabricksTokenExchangerBuilder clock(DatabricksTokenExchangerBuilder builder) {
        return builder.clocks(new Clocks(this, passed::get, this::advance));
    }

    public void advance(Duration step) {
        passed.addAndGet(step.toNanos());
    }

    @Override
    public Instant instant() {
        return start.plusNanos(passed.get());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
