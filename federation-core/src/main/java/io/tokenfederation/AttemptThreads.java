// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import java.lang.reflect.Method;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes the threads attempts run on: virtual ones where the JDK has them and they let go of their carrier whatever the
 * work holds, else daemons.
 *
 * <p>On JDK 21 to 23 a virtual thread that blocks in a {@code synchronized} method keeps its carrier, of which there are as
 * many as processors. Token sources are the application's, and many an SDK asks its server under such a lock: a slow
 * identity provider would stop every virtual thread of the application. So those have daemons too; who knows better
 * gives the builder an executor.
 *
 * @see <a href="https://openjdk.org/jeps/491">JEP 491: Synchronize Virtual Threads without Pinning</a>
 */
final class AttemptThreads {
    private static final int FIRST_WITHOUT_PINNING = 24;
    private static final String NAME = "token-federation-";
    private static final Optional<ThreadFactory> VIRTUAL =
            Runtime.version().feature() < FIRST_WITHOUT_PINNING ? Optional.empty() : virtual();

    private AttemptThreads() {}

    static ThreadFactory factory() {
        return VIRTUAL.orElseGet(AttemptThreads::daemons);
    }

    private static ThreadFactory daemons() {
        AtomicInteger count = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, NAME + count.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** By reflection, as this is compiled for a JDK that has none: {@code Thread.ofVirtual().name(NAME, 0).factory()}. */
    private static Optional<ThreadFactory> virtual() {
        try {
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            Method named = type.getMethod("name", String.class, long.class);
            Object builder = named.invoke(Thread.class.getMethod("ofVirtual").invoke(null), NAME, 0L);
            return Optional.of((ThreadFactory) type.getMethod("factory").invoke(builder));
        } catch (ReflectiveOperationException e) {
            return Optional.empty();
        }
    }
}
