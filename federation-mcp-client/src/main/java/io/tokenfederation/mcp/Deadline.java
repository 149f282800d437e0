// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * The moment by which a call has ended, whatever it takes: handshake, replay and body included, but not the time of the
 * token source, by which it moves. For the one thread that makes the call.
 */
final class Deadline {
    /** That moment, by {@link System#nanoTime()}. */
    private long nanos;

    private Deadline(long nanos) {
        this.nanos = nanos;
    }

    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
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

    /** Not negative. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
    }

    boolean passed() {
        return nanos - System.nanoTime() <= 0;
    }
}
