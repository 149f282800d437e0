// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import io.tokenfederation.internal.Watch;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what nobody waits for, on few threads that end by themselves. What cannot be sent soon is not sent: it is a
 * courtesy to the server. A thread that the application's token source keeps is interrupted, and another takes its place.
 */
final class Courier {
    private static final Duration MOMENT = Duration.ofSeconds(2);

    /** With the time of the token source, which is not that of the message. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private static final int THREADS = 2;
    private static final int MOST_THREADS = 16;
    private static final int WAITING = 256;

    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

    private final Duration longest;
    private final AtomicLong dropped = new AtomicLong();
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(THREADS, THREADS, 1, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), task -> {
                // Not with what the thread that needs the first message keeps for its own.
                Thread thread = new Thread(null, task, "mcp-courier", 0, false);
                thread.setDaemon(true);
                return thread;
            });

    private final ReentrantLock lock = new ReentrantLock();

    /** How many threads are kept by what should have ended; under the lock. */
    private int stuck;

    Courier() {
        this(LONGEST);
    }

    Courier(Duration longest) {
        this.longest = longest;
        threads.allowCoreThreadTimeOut(true);
    }

    /** Whether it will be tried; not if too much waits already. */
    boolean send(Consumer<Deadline> message) {
        FutureTask<Void> task = new FutureTask<>(() -> message.accept(Deadline.in(MOMENT)), null);
        try {
            // What it throws, also of the application's token source, stays in the task: there is nobody left to tell.
            threads.execute(() -> run(task));
            return true;
        } catch (RejectedExecutionException e) {
            LOG.debug("too much is to be told to the server; messages dropped: {}", dropped.incrementAndGet());
            return false;
        }
    }

    private void run(FutureTask<Void> message) {
        Watch watch = Watch.over(longest, () -> late(message));
        try {
            message.run();
        } finally {
            watch.ended();
            if (message.isCancelled()) {
                stuck(-1);
            }
        }
    }

    private void late(FutureTask<Void> message) {
        if (message.cancel(true)) {
            stuck(1);
        }
    }

    /** No more threads than that run, however much waits: each has a connection of its own. */
    private void stuck(int more) {
        lock.lock();
        try {
            stuck += more;
            int size = Math.max(THREADS, Math.min(THREADS + stuck, MOST_THREADS));
            // The pool allows at no time more core threads than threads.
            if (size > threads.getMaximumPoolSize()) {
                threads.setMaximumPoolSize(size);
                threads.setCorePoolSize(size);
            } else {
                threads.setCorePoolSize(size);
                threads.setMaximumPoolSize(size);
            }
        } finally {
            lock.unlock();
        }
    }
}
