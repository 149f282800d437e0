// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many passwords were tried for each username, known or not. An attempt is counted before its password is looked at, so
 * that attempts at the same time are not more than attempts in a row. Thread-safe.
 */
final class Guesses {
    private record Tries(int count, Instant until) {}

    /** Usernames come from outside; beyond this many, those that are not locked any more are forgotten. */
    private static final int MANY = 10_000;

    static final int MOST = 5;
    static final Duration LOCKED = Duration.ofMinutes(1);

    private final Map<String, Tries> tries = new ConcurrentHashMap<>();
    private final InstantSource clock;

    Guesses(InstantSource clock) {
        this.clock = clock;
    }

    /** Counts an attempt; if there were too many, how long to wait, and then the password must not be looked at. */
    Optional<Duration> take(String username) {
        Instant now = clock.instant();
        if (tries.size() > MANY) {
            tries.values().removeIf(old -> !now.isBefore(old.until()));
        }
        Tries counted = tries.compute(username, (name, old) -> {
            if (old == null || !now.isBefore(old.until())) {
                return new Tries(1, now.plus(LOCKED));
            }
            return old.count() > MOST ? old : new Tries(old.count() + 1, now.plus(LOCKED));
        });
        return counted.count() > MOST ? Optional.of(Duration.between(now, counted.until())) : Optional.empty();
    }

    void forget(String username) {
        tries.remove(username);
    }
}
