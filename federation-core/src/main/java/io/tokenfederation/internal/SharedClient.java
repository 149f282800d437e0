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
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One client for all who say when they are done with it. When the last of them is, its connections and threads end: from
 * Java 21 on as soon as its last reply is read, before when the JVM next collects garbage. Thread-safe.
 *
 * <ol>
 *   <li>Open: somebody holds it, or a request is being sent.
 *   <li>Over, for ever, once neither is so. This is said under the lock, before it is shut down; who comes then is refused,
 *       and makes the next one.
 * </ol>
 */
final class SharedClient implements ClientSource.Use {
    private static final ReentrantLock MAKING = new ReentrantLock();

    /** By connect timeout, of which there are few; under the lock. Held weakly, for holders that are forgotten unreleased. */
    private static final Map<Duration, WeakReference<SharedClient>> NEWEST = new HashMap<>();

    private static final @Nullable Method SHUTDOWN = shutdown();

    private final HttpClient client;
    private final ReentrantLock lock = new ReentrantLock();

    /** Weakly: who is forgotten will ask for nothing, and is not to keep it open for the others. */
    private final Set<Object> holders = Collections.newSetFromMap(new WeakHashMap<>());

    private int requests;
    private boolean over;

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
            return !over && holders.add(holder);
        } finally {
            lock.unlock();
        }
    }

    void leave(Object holder) {
        lock.lock();
        try {
            holders.remove(holder);
            endIfUnused();
        } finally {
            lock.unlock();
        }
    }

    /** Whether a request may be sent; if so, it is to be closed. */
    boolean begin() {
        lock.lock();
        try {
            requests += over ? 0 : 1;
            return !over;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            requests--;
            endIfUnused();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public HttpClient client() {
        return client;
    }

    private void endIfUnused() {
        // Not isEmpty(), which counts those who were collected just now.
        if (requests > 0 || holders.iterator().hasNext() || over) {
            return;
        }
        over = true;
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
