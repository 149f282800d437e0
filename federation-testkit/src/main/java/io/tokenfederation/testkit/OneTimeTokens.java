// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Random values that are good once: authorization codes and refresh tokens. One that was presented is remembered until it
 * would have expired, because its second appearance means that somebody else has it. Thread-safe.
 */
final class OneTimeTokens<T> {
    /** What was presented, and what is wrong with it. */
    record Redeemed<T>(T value, boolean again, boolean expired) {}

    private record Entry<T>(T value, Instant end, AtomicBoolean used) {}

    /** From this many on, those that have expired are forgotten. */
    private static final int MANY = 10_000;

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Map<String, Entry<T>> entries = new ConcurrentHashMap<>();
    private final InstantSource clock;
    private final Duration life;

    OneTimeTokens(InstantSource clock, Duration life) {
        this.clock = clock;
        this.life = life;
    }

    /** 256 bits that nobody guesses (RFC 6749 §10.10). */
    static String random() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return BASE64.encodeToString(bytes);
    }

    String issue(T value) {
        Instant now = clock.instant();
        if (entries.size() > MANY) {
            entries.values().removeIf(entry -> entry.end().isBefore(now));
        }
        String token = random();
        entries.put(token, new Entry<>(value, now.plus(life), new AtomicBoolean()));
        return token;
    }

    /** Uses the token up, whatever comes of it; empty if it was never issued. */
    Optional<Redeemed<T>> redeem(String token) {
        return Optional.ofNullable(entries.get(token))
                .map(entry -> new Redeemed<>(
                        entry.value(),
                        entry.used().getAndSet(true),
                        !clock.instant().isBefore(entry.end())));
    }
}
