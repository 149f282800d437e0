// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs blocking work away from every caller's thread, and ends it when it takes too long: the thread is interrupted,
 * which closes the connection of an exchange that is under way.
 */
final class Attempts {
    private static final int THREADS = 8;

    /** How many deadlines an attempt may wait for a thread; each thread is free again after one. */
    private static final int QUEUED_MOST = 3;

    private final Executor executor;
    private final Duration deadline;

    Attempts(Executor executor, Duration deadline) {
        this.executor = executor;
        this.deadline = deadline;
    }

    /** {@return at most eight threads that end when there is nothing to do, so that nobody has to close them} */
    static ExecutorService threads() {
        return threads(THREADS);
    }

    /** {@return so many of them} */
    static ExecutorService threads(int most) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                most, most, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), AttemptThreads.factory());
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    Duration deadline() {
        return deadline;
    }

    /**
     * Runs the work.
     *
     * @return its result; or its failure: {@link TimeoutException} if it took too long, {@link
     *     RejectedExecutionException} if the executor did not come to it
     * @throws RejectedExecutionException if the executor is full or closed
     */
    <T> CompletableFuture<T> run(Supplier<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        // Not delayedExecutor: what it runs later cannot be taken back, and would hold the result, a token, until then.
        CompletableFuture<@Nullable Void> started = new CompletableFuture<>();
        FutureTask<@Nullable Void> task = new FutureTask<>(
                () -> {
                    started.complete(null);
                    // The clock starts with the work: waiting for a thread is not the endpoint's fault.
                    result.orTimeout(deadline.toNanos(), TimeUnit.NANOSECONDS);
                    complete(result, work);
                },
                null);
        executor.execute(task);
        started.orTimeout(deadline.multipliedBy(QUEUED_MOST).toNanos(), TimeUnit.NANOSECONDS)
                .exceptionally(late -> {
                    result.completeExceptionally(
                            new RejectedExecutionException("the executor did not come to run the attempt", late));
                    return null;
                });
        return result.whenComplete((value, failure) -> {
            if (failure != null) {
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
