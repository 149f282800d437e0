// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Something that must end in time, and what is done if it does not. Nearly everything does end in time, so beginning and
 * ending a watch is a place in a set and no more: the JDK's timers wake a thread for each.
 *
 * <p>One daemon thread looks after all that is open, and ends when there has been nothing for a while.
 */
public final class Watch {
    private static final Set<Watch> OPEN = ConcurrentHashMap.newKeySet();

    /** How far ahead the thread plans when nothing is open; if nothing is then, it ends. */
    private static final long IDLE = Duration.ofSeconds(10).toNanos();

    /**
     * When the thread looks again, by {@link System#nanoTime()}.
     *
     * <ol>
     *   <li>While it looks, this is further away than any watch, so whoever begins one wakes it.
     *   <li>Then it is the earliest end it has seen, and only what ends earlier wakes it. A watch is put into the set before
     *       this is read, so it is either seen or wakes.
     *   <li>A watch that is ended leaves it as it is: it wakes once for nothing, not once for each.
     * </ol>
     */
    private static volatile long planned;

    private static final AtomicReference<@Nullable Thread> GUARD = new AtomicReference<>();

    private final long end;
    private final Runnable late;

    private Watch(long end, Runnable late) {
        this.end = end;
        this.late = late;
    }

    /**
     * Begins to watch.
     *
     * @param time how long it may take
     * @param late what is done if it has not {@linkplain #ended ended} by then; must be quick; what it throws is lost
     * @return the watch, open
     */
    public static Watch over(Duration time, Runnable late) {
        Watch watch = new Watch(System.nanoTime() + time.toNanos(), late);
        OPEN.add(watch);
        Thread guard = GUARD.get();
        if (guard == null) {
            begin();
        } else if (watch.end - planned < 0) {
            LockSupport.unpark(guard);
        }
        return watch;
    }

    /** It has ended: nothing is done, unless that has begun. */
    public void ended() {
        OPEN.remove(this);
    }

    /** {@return how many have neither ended nor been late} */
    static int open() {
        return OPEN.size();
    }

    private void late() {
        try {
            late.run();
        } catch (RuntimeException e) {
            // The others are watched on; what it throws is lost, as the contract says.
        }
    }

    private static void begin() {
        // It outlives the call that needs it first, so it has nothing of that one's.
        Thread thread = new Thread(null, Watch::guard, "federation-watch", 0, false);
        thread.setDaemon(true);
        if (GUARD.compareAndSet(null, thread)) {
            planned = System.nanoTime() + Long.MAX_VALUE / 2;
            thread.start();
        }
    }

    private static void guard() {
        try {
            guardUntilIdle(Thread.currentThread());
        } finally {
            // Also when it dies of an error: the next watch begins another.
            GUARD.compareAndSet(Thread.currentThread(), null);
        }
    }

    private static void guardUntilIdle(Thread self) {
        boolean idle = false;
        while (true) {
            if (OPEN.isEmpty() && idle) {
                GUARD.set(null);
                // Whoever came just now has seen this thread, or begins another; both is too many.
                if (OPEN.isEmpty() || !GUARD.compareAndSet(null, self)) {
                    return;
                }
            }
            idle = OPEN.isEmpty();
            LockSupport.parkNanos(Watch.class, look());
        }
    }

    /** Does what is due; returns how long there is nothing to do. */
    private static long look() {
        long now = System.nanoTime();
        planned = now + Long.MAX_VALUE / 2;
        long left = IDLE;
        List<Watch> due = new ArrayList<>(1);
        for (Watch watch : OPEN) {
            long its = watch.end - now;
            if (its > 0) {
                left = Math.min(left, its);
            } else {
                due.add(watch);
            }
        }
        due.stream().filter(OPEN::remove).forEach(Watch::late);
        planned = now + left;
        return left;
    }
}
