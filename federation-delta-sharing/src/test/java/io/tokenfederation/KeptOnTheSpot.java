// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** Time that stands still until told, and tokens that are kept by it and renewed on the thread that asks. */
public final class KeptOnTheSpot extends Clock {
    private volatile Instant now = Instant.parse("2026-11-22T08:00:00Z");
    private final AtomicLong nanos = new AtomicLong();

    public DatabricksTokenSource keep(IdpTokenSource source) {
        Engine engine = new Engine(
                new Attempts(Runnable::run, Duration.ofSeconds(20)),
                new Clocks(this, nanos::get, this::advance),
                new Random(1),
                event -> {},
                Duration.ofSeconds(30));
        return DirectTokens.of(source, engine);
    }

    public void advance(Duration step) {
        now = now.plus(step);
        nanos.addAndGet(step.toNanos());
    }

    @Override
    public Instant instant() {
        return now;
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
