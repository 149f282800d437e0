// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** A map of bounded size: when it is full, what was not used for the longest time goes. Thread-safe. */
final class RecentlyUsed<K, V> {
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<K, V> entries = new LinkedHashMap<>(16, 0.75f, true);
    private final int most;
    private final Runnable onEvict;

    RecentlyUsed(int most, Runnable onEvict) {
        this.most = most;
        this.onEvict = onEvict;
    }

    V get(K key, Function<K, V> make) {
        V made;
        lock.lock();
        try {
            V known = entries.get(key);
            if (known != null) {
                return known;
            }
            made = make.apply(key);
            entries.put(key, made);
            if (entries.size() <= most) {
                return made;
            }
            Iterator<K> eldest = entries.keySet().iterator();
            eldest.next();
            eldest.remove();
        } finally {
            lock.unlock();
        }
        onEvict.run();
        return made;
    }

    List<V> all() {
        lock.lock();
        try {
            return new ArrayList<>(entries.values());
        } finally {
            lock.unlock();
        }
    }
}
