// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One holder's part in a {@link SharedClient}. A request that comes after the release goes over one that is open. Thread-safe. */
final class LeasedClient implements ClientSource {
    private final Duration connectTimeout;

    /** Stands for this holder; known to nobody else, so that it is forgotten with it. */
    private final Object holder = new Object();

    /** Null once released: Java 17 ends a client's threads only when nobody holds it. */
    private final AtomicReference<@Nullable SharedClient> shared;

    LeasedClient(Duration connectTimeout) {
        this.connectTimeout = connectTimeout;
        this.shared = new AtomicReference<>(SharedClient.heldBy(holder, connectTimeout));
    }

    @Override
    public Use use() {
        SharedClient mine = shared.get();
        return mine != null && mine.begin() ? mine : SharedClient.begun(connectTimeout);
    }

    @Override
    public void release() {
        SharedClient mine = shared.getAndSet(null);
        if (mine != null) {
            mine.leave(holder);
        }
    }
}
