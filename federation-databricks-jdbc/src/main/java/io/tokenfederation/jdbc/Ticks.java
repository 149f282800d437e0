// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The time of day, and something to be done later. */
interface Ticks {
    Ticks ON_DAEMON_THREADS = new DaemonTicks();

    Instant now();

    void in(Duration delay, Runnable task);

    /** Shared by all data sources; the threads end when nothing is to be done for a while. */
    final class DaemonTicks implements Ticks {
        /** A task may wait for a token, for half a minute at most; others must not wait behind it. */
        private static final int THREADS = 4;

        private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(THREADS, task -> {
            Thread thread = new Thread(task, "federated-jdbc");
            thread.setDaemon(true);
            return thread;
        });

        private DaemonTicks() {
            executor.setKeepAliveTime(10, TimeUnit.SECONDS);
            executor.allowCoreThreadTimeOut(true);
        }

        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public void in(Duration delay, Runnable task) {
            // Nobody waits for it, and tasks catch what they throw.
            ScheduledFuture<?> unused = executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        }
    }
}
