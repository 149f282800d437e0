// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What many threads bring for one that takes it in turn, and waits. Made for each reply, of which nearly none has to wait,
 * so it is lighter than the JDK's blocking queues with their locks.
 *
 * @param <T> what is brought
 */
final class Arrivals<T> {
    private final Queue<T> brought = new ConcurrentLinkedQueue<>();

    /** Set before the queue is looked at again, and read after something was put there: one of the two sees the other. */
    private volatile @Nullable Thread waiting;

    void bring(T one) {
        brought.add(one);
        Thread taker = waiting;
        if (taker != null) {
            LockSupport.unpark(taker);
        }
    }

    /** The next; null if none has come when the time is over. For one thread at a time. */
    @Nullable T take(Deadline deadline) throws InterruptedException {
        T next = brought.poll();
        if (next != null) {
            return next;
        }
        waiting = Thread.currentThread();
        try {
            for (next = brought.poll(); next == null && !deadline.passed(); next = brought.poll()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                LockSupport.parkNanos(this, deadline.left().toNanos());
            }
            return next;
        } finally {
            waiting = null;
        }
    }
}
