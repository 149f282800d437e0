// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.databrickssdk;

import io.tokenfederation.DatabricksToken;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that requests under way may carry. The SDK makes requests with other tokens too, such as a data plane's: a
 * refusal of one of those says nothing of ours, and ours must not be sent in its place.
 */
final class RecentTokens {
    /** A request lasts minutes at most, and a token a minute at least. */
    private static final int KEPT = 8;

    private final Lock adding = new ReentrantLock();
    private volatile List<DatabricksToken> newestFirst = List.of();

    void add(DatabricksToken token) {
        List<DatabricksToken> known = newestFirst;
        if (!known.isEmpty() && known.get(0).equals(token)) {
            return;
        }
        adding.lock();
        try {
            newestFirst = Stream.concat(Stream.of(token), newestFirst.stream().filter(other -> !other.equals(token)))
                    .limit(KEPT)
                    .toList();
        } finally {
            adding.unlock();
        }
    }

    /** The token that a header carries; empty if it is none of these. */
    Optional<DatabricksToken> carriedBy(@Nullable String header) {
        if (header == null) {
            return Optional.empty();
        }
        return newestFirst.stream()
                .filter(token -> MessageDigest.isEqual(bytes(Bearer.of(token)), bytes(header)))
                .findFirst();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
