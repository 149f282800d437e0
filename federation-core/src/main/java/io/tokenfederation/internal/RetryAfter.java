// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** When a server says it may be asked again (RFC 9110 §10.2.3: seconds, or a date). */
public final class RetryAfter {
    private RetryAfter() {}

    /**
     * Reads the header.
     *
     * @param headers the reply's headers
     * @param now the time the reply came
     * @return how long to wait, not negative; empty if the header is missing or says nothing readable
     */
    public static Optional<Duration> of(HttpHeaders headers, Instant now) {
        return headers.firstValue("Retry-After").flatMap(value -> parse(value.strip(), now));
    }

    private static Optional<Duration> parse(String value, Instant now) {
        try {
            if (!value.isEmpty() && value.length() <= 9 && value.chars().allMatch(Character::isDigit)) {
                return Optional.of(Duration.ofSeconds(Integer.parseInt(value)));
            }
            Duration wait = Duration.between(
                    now,
                    ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
