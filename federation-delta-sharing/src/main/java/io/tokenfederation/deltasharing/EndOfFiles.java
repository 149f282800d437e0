// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * What the server said at the end of its answer.
 *
 * @param refreshToken gets the same files with new addresses, by {@link TableQuery#refresh}; a credential
 * @param urlsExpireAt when the first of the addresses ends
 */
public record EndOfFiles(Optional<String> refreshToken, Optional<Instant> urlsExpireAt) {
    /**
     * Checks that nothing is missing.
     *
     * @param refreshToken gets the same files with new addresses
     * @param urlsExpireAt when the first of the addresses ends
     */
    public EndOfFiles {
        requireNonNull(refreshToken, "refreshToken");
        requireNonNull(urlsExpireAt, "urlsExpireAt");
    }

    /** Together with that of the page before: the newest token, the earliest end. */
    EndOfFiles after(EndOfFiles before) {
        Optional<Instant> earliest = before.urlsExpireAt
                .filter(earlier -> urlsExpireAt.isEmpty() || earlier.isBefore(urlsExpireAt.get()))
                .or(() -> urlsExpireAt);
        return new EndOfFiles(refreshToken.or(before::refreshToken), earliest);
    }

    /** {@return when the addresses end; not the token} */
    @Override
    public String toString() {
        return "EndOfFiles[refreshToken=" + (refreshToken.isPresent() ? "redacted" : "none") + ", urlsExpireAt="
                + urlsExpireAt.map(Instant::toString).orElse("unknown") + "]";
    }
}
