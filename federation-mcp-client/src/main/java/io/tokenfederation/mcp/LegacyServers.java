// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.net.URI;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The servers that were asked for their era and are of the legacy one, so that the next client of this process need not ask
 * them (2026-07-28, "Versioning: Backward Compatibility"). Of a modern one nothing is kept: to be asked is all it takes, and
 * a tool's call may not be the first to learn that the era is another. A server is its address without the query, which may
 * hold a secret: under one origin there can be several, of either era. Thread-safe.
 */
final class LegacyServers {
    /** A server that has come to speak both eras takes an {@code initialize} still: it is asked again now and then. */
    private static final Duration HOLDS = Duration.ofMinutes(10);

    /** More than an application has to do with within that time; beyond it, those not asked for go first. */
    private static final int MOST = 1_000;

    private static final LegacyServers OF_THIS_PROCESS = new LegacyServers(System::nanoTime);

    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();

    /** When each was asked, that which was looked up last at the end; used under the lock alone. */
    private final Map<String, Long> asked = new LinkedHashMap<>(16, 0.75f, true);

    LegacyServers(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    static LegacyServers ofThisProcess() {
        return OF_THIS_PROCESS;
    }

    boolean contain(URI server) {
        lock.lock();
        try {
            String key = key(server);
            Long since = asked.get(key);
            if (since == null) {
                return false;
            }
            boolean holds = nanoTime.getAsLong() - since < HOLDS.toNanos();
            if (!holds) {
                asked.remove(key);
            }
            return holds;
        } finally {
            lock.unlock();
        }
    }

    /** It has just been asked. */
    void add(URI server) {
        lock.lock();
        try {
            asked.put(key(server), nanoTime.getAsLong());
            if (asked.size() > MOST) {
                Iterator<String> eldest = asked.keySet().iterator();
                eldest.next();
                eldest.remove();
            }
        } finally {
            lock.unlock();
        }
    }

    void remove(URI server) {
        lock.lock();
        try {
            asked.remove(key(server));
        } finally {
            lock.unlock();
        }
    }

    private static String key(URI server) {
        String origin = server.getScheme() + "://" + server.getHost() + ":" + server.getPort();
        return origin.toLowerCase(Locale.ROOT) + server.getRawPath();
    }
}
