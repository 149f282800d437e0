// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Sends what nobody waits for, on few threads that end by themselves. What cannot be sent soon is not sent: it is a
 * courtesy to the server.
 */
final class Courier {
    private static final Duration MOMENT = Duration.ofSeconds(2);
    private static final int THREADS = 2;
    private static final int WAITING = 256;

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            1,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            task -> {
                // Not with what the thread that needs the first message keeps for its own.
                Thread thread = new Thread(null, task, "mcp-courier", 0, false);
                thread.setDaemon(true);
                return thread;
            },
            new ThreadPoolExecutor.DiscardPolicy());

    Courier() {
        threads.allowCoreThreadTimeOut(true);
    }

    void send(Consumer<Deadline> message) {
        threads.execute(() -> {
            try {
                message.accept(Deadline.in(MOMENT));
            } catch (RuntimeException e) {
                // Also one of the application's token source: there is nobody left to tell.
            }
        });
    }
}
