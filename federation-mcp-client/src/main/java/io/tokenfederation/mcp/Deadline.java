// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The moment by which a call has ended, whatever it takes: handshake, replay and body included, but not the time of the
 * token source, by which it moves; later with progress, where that is wanted. For the one thread that makes the call.
 */
final class Deadline {
    /** Work that may fail. */
    @FunctionalInterface
    interface IoSupplier<T> {
        T get() throws IOException;
    }

    private static final Duration FOR_EVER = Duration.ofDays(10 * 365);

    /** That moment, by {@link System#nanoTime()}. */
    private long nanos;

    /** How far each news of progress moves it from then; zero if it does not. */
    private long step;

    /** Where it ends whatever the progress. */
    private long last;

    /** That of which this is a part; null if it stands for itself. */
    private final @Nullable Deadline whole;

    private Deadline(long nanos, long step, long last, @Nullable Deadline whole) {
        this.whole = whole;
        this.nanos = nanos;
        this.step = step;
        this.last = last;
    }

    static Deadline in(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        return new Deadline(end, 0, end, null);
    }

    /** For a first try, after which there must be time for another: half the time left, or the longest if that is less. */
    Deadline half(Duration longest) {
        long end = System.nanoTime() + Math.min(left().toNanos() / 2, longest.toNanos());
        return new Deadline(end, 0, end, this);
    }

    /** That comes later with each news of progress, but never later than the second time from now. */
    static Deadline in(Duration time, Duration longest) {
        long now = System.nanoTime();
        long step = Math.min(time.toNanos(), longest.toNanos());
        return new Deadline(now + step, step, now + longest.toNanos(), null);
    }

    /** Something goes on. */
    void progressed() {
        if (step > 0) {
            long anew = System.nanoTime() + step;
            nanos = anew - last < 0 ? anew : last;
        }
    }

    /** For what ends when nobody wants it any longer. */
    static Deadline never() {
        return in(FOR_EVER);
    }

    /** It holds no longer: from now on this ends when nobody wants it any longer. */
    void lift() {
        step = 0;
        last = System.nanoTime() + FOR_EVER.toNanos();
        nanos = last;
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
            later(System.nanoTime() - begun);
        }
    }

    /** Does what does not count, and may fail. */
    <T> T outsideIo(IoSupplier<T> work) throws IOException {
        long begun = System.nanoTime();
        try {
            return work.get();
        } finally {
            later(System.nanoTime() - begun);
        }
    }

    private void later(long time) {
        nanos += time;
        last += time;
        if (whole != null) {
            whole.later(time);
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
