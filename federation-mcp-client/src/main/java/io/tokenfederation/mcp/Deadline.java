// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The moment by which a call has ended, whatever it takes: handshake, replay and body included, but not the time of the
 * token source, by which it moves. For the one thread that makes the call.
 */
final class Deadline {
    /** Work that may fail. */
    @FunctionalInterface
    interface IoSupplier<T> {
        T get() throws IOException;
    }

    /** That moment, by {@link System#nanoTime()}. */
    private long nanos;

    private Deadline(long nanos) {
        this.nanos = nanos;
    }

    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** For what ends when nobody wants it any longer. */
    static Deadline never() {
        return in(Duration.ofDays(10 * 365));
    }

    Deadline orIn(Duration time) {
        return left().compareTo(time) < 0 ? this : in(time);
    }

    /** Does what does not count. */
    <T> T outside(Supplier<T> work) {
        long begun = System.nanoTime();
        try {
            return work.get();
        } finally {
            nanos += System.nanoTime() - begun;
        }
    }

    /** Does what does not count, and may fail. */
    <T> T outsideIo(IoSupplier<T> work) throws IOException {
        long begun = System.nanoTime();
        try {
            return work.get();
        } finally {
            nanos += System.nanoTime() - begun;
        }
    }

    /** Waits; at once over, with a failure, if there is less time left than that. */
    void pause(Duration time) throws HttpTimeoutException, InterruptedException {
        if (left().compareTo(time) < 0) {
            throw new HttpTimeoutException("no time is left to wait as long as the server asks");
        }
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
    }

    /** Not negative. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
    }

    boolean passed() {
        return nanos - System.nanoTime() <= 0;
    }
}
