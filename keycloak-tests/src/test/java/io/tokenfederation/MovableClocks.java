// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** The machine's clocks, moved ahead: the identity provider is real and its time passes by itself. */
final class MovableClocks {
    private final AtomicLong ahead = new AtomicLong();

    void advance(Duration time) {
        ahead.addAndGet(time.toNanos());
    }

    Clocks clocks() {
        return new Clocks(
                () -> Instant.now().plusNanos(ahead.get()),
                () -> System.nanoTime() + ahead.get(),
                Clocks.SYSTEM.pause());
    }
}
