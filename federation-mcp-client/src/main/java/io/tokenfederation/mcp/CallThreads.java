// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads on which calls run for which nobody waits, unless the application has its own. */
final class CallThreads {
    /** Long enough for calls that follow one another; no closed client is to be seen in a thread dump for a minute. */
    private static final Duration IDLE = Duration.ofSeconds(1);

    /** Made when first needed; its threads end by themselves, and keep no JVM alive. */
    private static final class Shared {
        static final Executor THREADS = threads();
    }

    private CallThreads() {}

    static Executor shared() {
        return task -> Shared.THREADS.execute(task);
    }

    private static Executor threads() {
        try {
            // A method of Java 21, looked up because this is compiled for 17.
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            return new ThreadPoolExecutor(
                    0, Integer.MAX_VALUE, IDLE.toMillis(), TimeUnit.MILLISECONDS, new SynchronousQueue<>(), task -> {
                        // It serves one caller after the other, so it has nothing of the first one's.
                        Thread thread = new Thread(null, task, "mcp-call", 0, false);
                        thread.setDaemon(true);
                        return thread;
                    });
        }
    }
}
