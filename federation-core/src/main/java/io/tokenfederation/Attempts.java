// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Runs blocking work away from every caller's thread, and ends it when it takes too long: the thread is interrupted,
 * which closes the connection of an exchange that is under way.
 */
final class Attempts {
    private static final int THREADS = 8;

    private final Executor executor;
    private final Duration deadline;

    Attempts(Executor executor, Duration deadline) {
        this.executor = executor;
        this.deadline = deadline;
    }

    /** {@return at most eight daemon threads that end when there is nothing to do, so that nobody has to close them} */
    static Executor daemonThreads() {
        AtomicInteger count = new AtomicInteger();
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "token-federation-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    Duration deadline() {
        return deadline;
    }

    /**
     * Runs the work.
     *
     * @return its result; or its failure, {@link TimeoutException} if it took too long
     * @throws java.util.concurrent.RejectedExecutionException if the executor is full or closed
     */
    <T> CompletableFuture<T> run(Supplier<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        FutureTask<Void> task = new FutureTask<>(() -> complete(result, work), null);
        executor.execute(task);
        return result.orTimeout(deadline.toNanos(), TimeUnit.NANOSECONDS).whenComplete((value, failure) -> {
            if (failure instanceof TimeoutException) {
                task.cancel(true);
            }
        });
    }

    /** Errors are caught too: a waiter must never be left behind, whatever the work died of. */
    private static <T> void complete(CompletableFuture<T> result, Supplier<T> work) {
        try {
            result.complete(work.get());
        } catch (Throwable failure) {
            result.completeExceptionally(failure);
        }
    }
}
