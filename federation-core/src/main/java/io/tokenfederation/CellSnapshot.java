// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link TokenCell} knows at one moment.
 *
 * @param held the token, if there is one
 * @param trustedUntil until when, on the monotonic clock, it may be handed out without a further look
 * @param failure how the last attempt failed, if it did
 * @param flight what completes when the attempt under way ends, if there is one
 * @param rejectableFrom from when, on the monotonic clock, it may be dropped because somebody refused it
 * @param rejectPause how long it could not, the last time
 * @param closed whether this is the last one
 */
record CellSnapshot<T>(
        TokenCell.@Nullable Held<T> held,
        long trustedUntil,
        @Nullable CellFailure failure,
        @Nullable CompletableFuture<T> flight,
        long rejectableFrom,
        long rejectPause,
        boolean closed) {
    static final String CLOSED = "the exchanger is closed";

    /** A resource that refuses every token must not turn its traffic into token requests. */
    private static final long REJECTION_PAUSE = Duration.ofSeconds(30).toNanos();

    private static final long REJECTION_PAUSE_MOST = Duration.ofMinutes(10).toNanos();

    static <T> CellSnapshot<T> empty(long nanos) {
        return new CellSnapshot<>(null, 0, null, null, nanos, 0, false);
    }

    /** @throws IllegalStateException if nothing comes after this */
    CellSnapshot<T> open() {
        if (closed) {
            throw new IllegalStateException(CLOSED);
        }
        return this;
    }

    CellSnapshot<T> trustedUntil(long nanos) {
        return new CellSnapshot<>(held, nanos, failure, flight, rejectableFrom, rejectPause, closed);
    }

    CellSnapshot<T> flying(CompletableFuture<T> attempt) {
        return new CellSnapshot<>(held, trustedUntil, failure, attempt, rejectableFrom, rejectPause, closed);
    }

    CellSnapshot<T> holding(TokenCell.Held<T> next, long trusted) {
        return new CellSnapshot<>(next, trusted, null, null, rejectableFrom, rejectPause, closed);
    }

    CellSnapshot<T> failed(CellFailure how) {
        return new CellSnapshot<>(held, trustedUntil, how, null, rejectableFrom, rejectPause, closed);
    }

    CellSnapshot<T> without(long nanos) {
        long pause = pauseAfterARejection(nanos);
        return new CellSnapshot<>(null, 0, failure, flight, nanos + pause, pause, closed);
    }

    CellSnapshot<T> doubting(long nanos) {
        long pause = pauseAfterARejection(nanos);
        TokenCell.Held<T> doubted = held == null ? null : held.doubtedToo();
        return new CellSnapshot<>(doubted, trustedUntil, failure, flight, nanos + pause, pause, closed);
    }

    private long pauseAfterARejection(long nanos) {
        boolean soon = rejectPause > 0 && nanos - rejectableFrom < rejectPause;
        return soon ? Math.min(2 * rejectPause, REJECTION_PAUSE_MOST) : REJECTION_PAUSE;
    }

    CellSnapshot<T> shut() {
        return new CellSnapshot<>(null, 0, null, null, rejectableFrom, rejectPause, true);
    }
}
