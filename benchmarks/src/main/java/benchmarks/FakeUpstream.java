// SPDX-License-Identifier: Apache-2.0
package benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;

/**
 * Makes up tokens in this process, for libraries that cache tokens but know nothing of an exchange: their upstream is
 * one call, and no network adds to it.
 */
final class FakeUpstream implements Upstream {
    /** A token and its end. */
    record Issued(String value, Instant expiresAt) {}

    private final Duration life;
    private final Duration delay;
    private final LongAdder calls = new LongAdder();
    private volatile boolean failing;

    FakeUpstream(Conditions conditions) {
        this(conditions.life(), conditions.delay());
    }

    FakeUpstream(Duration life, Duration delay) {
        this.life = life;
        this.delay = delay;
    }

    Issued issue() {
        calls.increment();
        if (failing) {
            throw new IllegalStateException("the endpoint is down");
        }
        if (!delay.isZero()) {
            sleep(delay);
        }
        Instant now = Instant.now();
        return new Issued("token-of-" + now.toEpochMilli(), now.plus(life));
    }

    @Override
    public Calls calls() {
        return new Calls(calls.sum(), 0);
    }

    @Override
    public void fail() {
        failing = true;
    }

    @Override
    public void close() {}

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in a call", e);
        }
    }
}
