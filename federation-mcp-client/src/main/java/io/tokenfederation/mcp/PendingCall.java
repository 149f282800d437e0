// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * A call that runs on a thread of its own. However this future is done with (cancelled, timed out by
 * {@link #orTimeout}, completed by somebody else), the call ends then too: its connection is freed, and the client tries to tell
 * the server.
 *
 * @param <T> what the call brings
 */
final class PendingCall<T extends @Nullable Object> extends CompletableFuture<T> {
    private final FutureTask<Void> task;
    private volatile boolean ended;

    private PendingCall(Callable<T> call) {
        task = new FutureTask<>(() -> run(call), null);
    }

    static <T extends @Nullable Object> CompletableFuture<T> start(Callable<T> call, Executor threads) {
        PendingCall<T> pending = new PendingCall<>(call);
        // Held by this future, which is what is returned: dependants of the other would not end the call.
        pending.whenComplete((value, failure) -> pending.end()).exceptionally(failure -> null);
        try {
            threads.execute(pending.task);
        } catch (RuntimeException | Error e) {
            // An executor that is full or shut down, or no memory for a thread: a future fails, it does not throw.
            pending.ended = true;
            pending.completeExceptionally(e);
        }
        return pending;
    }

    /** What depends on this call is its own: cancelling that leaves the call alone. */
    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }

    private void run(Callable<T> call) {
        try {
            T value = call.call();
            ended = true;
            complete(value);
        } catch (Throwable e) {
            // Whoever waits for the future hears of it, whatever it is.
            ended = true;
            completeExceptionally(e);
        }
    }

    /** Interrupts the call's thread, unless this is that thread, which has ended the call by itself. */
    private void end() {
        if (!ended) {
            task.cancel(true);
        }
    }
}
