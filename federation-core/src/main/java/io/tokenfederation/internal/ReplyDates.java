// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What time it is by the servers that answer: the {@code Date} of replies (RFC 9110 §6.6.1), told to whoever called.
 *
 * <p>By thread, because a call may go through a token source of the application's, which knows nothing of this.
 */
public final class ReplyDates {
    private static final ThreadLocal<@Nullable Consumer<Instant>> OBSERVER = new ThreadLocal<>();

    private ReplyDates() {}

    /**
     * Makes a call, and tells of the dates of all replies that come to this thread meanwhile.
     *
     * @param <T> what the call returns
     * @param observer told of each date, to the second
     * @param call the call
     * @return what the call returns
     */
    public static <T> T observing(Consumer<Instant> observer, Supplier<T> call) {
        OBSERVER.set(observer);
        try {
            return call.get();
        } finally {
            OBSERVER.remove();
        }
    }

    static void heard(HttpHeaders headers) {
        Consumer<Instant> observer = OBSERVER.get();
        if (observer == null) {
            return;
        }
        // A cache hands out the date of long ago, and says so (RFC 9111 §5.1).
        if (headers.firstValue("Age").filter(age -> !age.strip().equals("0")).isPresent()) {
            return;
        }
        String date = headers.firstValue("Date").orElse("");
        Instant said;
        try {
            said = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException e) {
            return; // no date, or in a form that is not sent any more
        }
        observer.accept(said);
    }
}
