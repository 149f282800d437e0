// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The threads on which calls run for which nobody waits, unless the application has its own. */
final class CallThreads {
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
            return Executors.newCachedThreadPool(task -> {
                Thread thread = new Thread(task, "mcp-call");
                thread.setDaemon(true);
                return thread;
            });
        }
    }
}
