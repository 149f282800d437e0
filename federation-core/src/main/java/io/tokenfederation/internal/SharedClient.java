// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One client for all who say when they are done with it. When the last of them is, its connections and threads end: from
 * Java 21 on as soon as its last reply is read, before when the JVM next collects garbage. Thread-safe.
 *
 * <ol>
 *   <li>Open: somebody holds it, or a request is being sent. Holders come and go under the lock; requests are counted without
 *       it, as there are many.
 *   <li>Over, for ever, once neither is so: under the lock, with no holder left, the count is set from zero to
 *       {@link #OVER}, before it is shut down. Who comes then is refused, and makes the next one.
 *   <li>The last holder to leave says so before it looks at the count, and the last request looks for that after it has
 *       counted down: one of the two sees the other.
 * </ol>
 */
final class SharedClient implements ClientSource.Use {
    private static final ReentrantLock MAKING = new ReentrantLock();

    /** By connect timeout, of which there are few; under the lock. Held weakly, for holders that are forgotten unreleased. */
    private static final Map<Duration, WeakReference<SharedClient>> NEWEST = new HashMap<>();

    private static final @Nullable Method SHUTDOWN = shutdown();

    /** Instead of a count of requests. */
    private static final int OVER = -1;

    private final HttpClient client;
    private final ReentrantLock lock = new ReentrantLock();

    /** Weakly: who is forgotten will ask for nothing, and is not to keep it open for the others. */
    private final Set<Object> holders = Collections.newSetFromMap(new WeakHashMap<>());

    private final AtomicInteger requests = new AtomicInteger();

    /** Whether there is no holder: the last has left, or none has come yet. */
    private volatile boolean left = true;

    private SharedClient(Duration connectTimeout) {
        this.client = OneClient.build(connectTimeout);
    }

    static SharedClient heldBy(Object holder, Duration connectTimeout) {
        return open(connectTimeout, client -> client.hold(holder));
    }

    /** For one request of somebody who holds none; it has begun. */
    static SharedClient begun(Duration connectTimeout) {
        return open(connectTimeout, SharedClient::begin);
    }

    private static SharedClient open(Duration connectTimeout, Predicate<SharedClient> joined) {
        MAKING.lock();
        try {
            WeakReference<SharedClient> known = NEWEST.get(connectTimeout);
            SharedClient client = known == null ? null : known.get();
            while (client == null || !joined.test(client)) {
                client = new SharedClient(connectTimeout);
                NEWEST.put(connectTimeout, new WeakReference<>(client));
            }
            return client;
        } finally {
            MAKING.unlock();
        }
    }

    private boolean hold(Object holder) {
        lock.lock();
        try {
            left = false;
            return requests.get() != OVER && holders.add(holder);
        } finally {
            lock.unlock();
        }
    }

    void leave(Object holder) {
        lock.lock();
        try {
            holders.remove(holder);
            // Not isEmpty(), which counts those who were collected just now.
            left = !holders.iterator().hasNext();
        } finally {
            lock.unlock();
        }
        endIfUnused();
    }

    /** Whether a request may be sent; if so, it is to be closed. */
    boolean begin() {
        int before = requests.get();
        while (before != OVER && !requests.compareAndSet(before, before + 1)) {
            before = requests.get();
        }
        return before != OVER;
    }

    @Override
    public void close() {
        if (requests.decrementAndGet() == 0 && left) {
            endIfUnused();
        }
    }

    @Override
    public HttpClient client() {
        return client;
    }

    private void endIfUnused() {
        lock.lock();
        try {
            if (!left || !requests.compareAndSet(0, OVER)) {
                return;
            }
        } finally {
            lock.unlock();
        }
        if (SHUTDOWN != null) {
            try {
                // It waits for nothing, and lets replies that are being read come to their end.
                SHUTDOWN.invoke(client);
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new LinkageError("HttpClient.shutdown() cannot be called", e);
            }
        }
    }

    /** A method of Java 21, looked up because this is compiled for 17. */
    private static @Nullable Method shutdown() {
        try {
            return HttpClient.class.getMethod("shutdown");
        } catch (NoSuchMethodException e) {
            return null;
        }
    }
}
