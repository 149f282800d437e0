// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import java.time.Duration;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A thread's wait in {@code send} of the JDK's {@link java.net.http.HttpClient}, ended by an interrupt when its time is over:
 * then the JDK ends the exchange, whatever of the reply has come.
 *
 * <ol>
 *   <li>The thread is interrupted while it waits for a future, as {@code send} does: anywhere else the interrupt could close
 *       a connection it shares with other requests ({@link java.nio.channels.InterruptibleChannel}). If it waits otherwise
 *       for long, it is interrupted all the same.
 *   <li>An interrupt may be swallowed, by a proxy selector say: until the wait ends, others follow.
 *   <li>A thread of the common pool may run a task, with a wait of its own, while it waits: only the innermost is interrupted.
 *   <li>Interrupting and ending exclude each other: after the end none comes.
 *   <li>An interrupt of ours leaves no trace: the end clears it.
 * </ol>
 */
final class TimedWait {
    private static final Duration SOON = Duration.ofMillis(1);
    private static final Duration AGAIN = Duration.ofMillis(100);

    /** How often it is looked, each time soon after the last, whether the thread waits for a future. */
    private static final int MOST_TRIES = 1_000;

    private static final ThreadLocal<@Nullable TimedWait> INNERMOST = new ThreadLocal<>();

    private final Thread waiting = Thread.currentThread();
    private final @Nullable TimedWait outer = INNERMOST.get();
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean covered;

    // Guarded by the lock.
    private @Nullable Watch watch;
    private int interrupts;
    private int tries;
    private boolean ended;

    private TimedWait() {}

    /** From now on the calling thread has that much time. */
    static TimedWait begin(Duration time) {
        TimedWait wait = new TimedWait();
        if (wait.outer != null) {
            wait.outer.covered = true;
        }
        INNERMOST.set(wait);
        wait.arm(time);
        return wait;
    }

    private void arm(Duration time) {
        lock.lock();
        try {
            if (!ended) {
                watch = Watch.over(time, this::onTime);
            }
        } finally {
            lock.unlock();
        }
    }

    private void onTime() {
        lock.lock();
        try {
            if (ended) {
                return;
            }
            if (covered || !(waitsForAFuture() || ++tries >= MOST_TRIES)) {
                arm(SOON);
                return;
            }
            interrupts++;
            waiting.interrupt();
            arm(AGAIN);
        } finally {
            lock.unlock();
        }
    }

    private boolean waitsForAFuture() {
        return LockSupport.getBlocker(waiting) instanceof ForkJoinPool.ManagedBlocker;
    }

    /** The thread waits no longer; returns whether it was interrupted for its time. For that thread; again does nothing. */
    boolean end() {
        return end(0);
    }

    /** The same where an interrupt has been thrown: if that was ours, and one too many came, it was the application's. */
    boolean endInterrupted() {
        return end(1);
    }

    private boolean end(int thrown) {
        lock.lock();
        try {
            if (ended) {
                return interrupts > 0;
            }
            ended = true;
            if (watch != null) {
                watch.ended();
            }
            if (interrupts > thrown) {
                Thread.interrupted();
            }
        } finally {
            lock.unlock();
        }
        if (outer == null) {
            INNERMOST.remove();
        } else {
            outer.covered = false;
            INNERMOST.set(outer);
        }
        return interrupts > 0;
    }
}
