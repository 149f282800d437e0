// SPDX-License-Identifier: Apache-2.0
package samples.web;

import java.time.Duration;

/** Measures steps that follow each other. */
final class Stopwatch {
    private long lapBegan = System.nanoTime();

    /** The milliseconds since the last call, or since the beginning. */
    long lap() {
        long now = System.nanoTime();
        long millis = Duration.ofNanos(now - lapBegan).toMillis();
        lapBegan = now;
        return millis;
    }
}
