// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Callers whose tokens were verified a short time ago: at most so many, the least recently used goes first.
 *
 * <p>A caller is found by the SHA-256 of the whole token, signature included, so no token is kept, and only a token that
 * was verified finds one. It is kept to the token's end, and no longer than the issuer's keys are: a key that the issuer
 * withdrew is noticed as soon as without this.
 */
final class VerifiedCallers {
    private static final Duration LONGEST = KeptKeys.KEPT;
    private static final float LOAD = 0.75f;

    private final ReentrantLock lock = new ReentrantLock();
    /** The least recently used is first. */
    private final Map<String, Kept> kept = new LinkedHashMap<>(16, LOAD, true);

    private final int most;

    VerifiedCallers(int most) {
        this.most = most;
    }

    private record Kept(Caller caller, Instant until) {}

    @Nullable Caller get(String key, Instant now) {
        lock.lock();
        try {
            Kept found = kept.get(key);
            if (found != null && now.isBefore(found.until)) {
                return found.caller;
            }
            kept.remove(key);
            return null;
        } finally {
            lock.unlock();
        }
    }

    void put(String key, Caller caller, Instant tokenEnds, Instant now) {
        Instant longest = now.plus(LONGEST);
        Instant until = tokenEnds.isBefore(longest) ? tokenEnds : longest;
        lock.lock();
        try {
            kept.put(key, new Kept(caller, until));
            if (kept.size() > most) {
                kept.remove(kept.keySet().iterator().next());
            }
        } finally {
            lock.unlock();
        }
    }

    static String keyOf(String token) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
