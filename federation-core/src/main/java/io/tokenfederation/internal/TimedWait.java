// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import java.time.Duration;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A thread's wait in {@link java.net.http.HttpClient#send}, ended by an interrupt when its time is over: then the JDK ends the
 * exchange, whatever of the reply has come. {@link java.net.http.HttpRequest#timeout()} ends with the headers, and each request
 * that has one wakes the client's selector thread once more, which costs a small call a tenth of its time.
 *
 * <ol>
 *   <li>The thread is interrupted while it waits for a future, as {@code send} does: anywhere else the interrupt could close a
 *       connection it shares with other requests ({@link java.nio.channels.InterruptibleChannel}). A client that is not the
 *       JDK's may wait otherwise, so in the end it is interrupted wherever it is.
 *   <li>Interrupting and ending exclude each other: after {@link #end} none comes.
 *   <li>An interrupt of ours leaves no trace: {@code end} clears it.
 * </ol>
 */
final class TimedWait {
    private static final Duration SOON = Duration.ofMillis(1);

    /** How often it is looked whether the thread waits for a future. */
    private static final int MOST_LOOKS = 1_000;

    private final Thread waiting = Thread.currentThread();
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private @Nullable Watch watch;
    private boolean late;
    private boolean interrupted;
    private boolean ended;
    private int looks;

    private TimedWait() {}

    /** From now on the calling thread has that much time. */
    static TimedWait begin(Duration time) {
        TimedWait wait = new TimedWait();
        wait.look(time);
        return wait;
    }

    private void look(Duration after) {
        lock.lock();
        try {
            if (!ended) {
                watch = Watch.over(after, this::late);
            }
        } finally {
            lock.unlock();
        }
    }

    private void late() {
        lock.lock();
        try {
            if (ended) {
                return;
            }
            late = true;
            if (waitsForAFuture() || ++looks == MOST_LOOKS) {
                interrupted = true;
                waiting.interrupt();
            } else {
                look(SOON);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean waitsForAFuture() {
        return LockSupport.getBlocker(waiting) instanceof ForkJoinPool.ManagedBlocker;
    }

    /** The thread waits no longer; returns whether its time was over before. For that thread; again does nothing. */
    boolean end() {
        lock.lock();
        try {
            if (!ended && interrupted) {
                Thread.interrupted();
            }
            if (!ended && watch != null) {
                watch.ended();
            }
            ended = true;
            return late;
        } finally {
            lock.unlock();
        }
    }
}
