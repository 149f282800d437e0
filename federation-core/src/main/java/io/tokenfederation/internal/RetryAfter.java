// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * When a server that refused may be asked again: {@code Retry-After} (RFC 9110 §10.2.3, seconds or a date), the moment a
 * rate limit ends (Auth0 {@code x-ratelimit-reset}, Okta {@code X-Rate-Limit-Reset}: epoch seconds), or the end of an
 * Auth0 quota bucket that is used up ({@code Auth0-Client-Quota-Limit}).
 */
public final class RetryAfter {
    private static final Pattern DIGITS = Pattern.compile("\\d{1,12}");
    private static final Pattern EMPTY_BUCKET = Pattern.compile("r=0;t=(\\d{1,9})");

    private RetryAfter() {}

    /**
     * Reads the headers of a refusal. The state of a rate limit stands on every reply of some servers; only on a 429 does
     * it say when to come back.
     *
     * @param status the reply's status
     * @param headers the reply's headers
     * @param now the time the reply came
     * @return how long to wait, not negative: the longest the headers ask for; empty if they ask for nothing
     */
    public static Optional<Duration> of(int status, HttpHeaders headers, Instant now) {
        Optional<Duration> asked = headers.firstValue("Retry-After").flatMap(value -> retryAfter(value.strip(), now));
        return status == 429 ? longest(asked, headers, now) : asked.map(RetryAfter::notNegative);
    }

    private static Optional<Duration> longest(Optional<Duration> asked, HttpHeaders headers, Instant now) {
        return Stream.of(
                        asked,
                        headers.firstValue("x-ratelimit-reset").flatMap(value -> reset(value.strip(), now)),
                        headers.firstValue("x-rate-limit-reset").flatMap(value -> reset(value.strip(), now)),
                        headers.firstValue("Auth0-Client-Quota-Limit").flatMap(RetryAfter::quota),
                        headers.firstValue("Auth0-Organization-Quota-Limit").flatMap(RetryAfter::quota))
                .flatMap(Optional::stream)
                .map(RetryAfter::notNegative)
                .max(Duration::compareTo);
    }

    private static Duration notNegative(Duration wait) {
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    private static Optional<Duration> retryAfter(String value, Instant now) {
        if (DIGITS.matcher(value).matches()) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        try {
            Instant at = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(Duration.between(now, at));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> reset(String value, Instant now) {
        return DIGITS.matcher(value).matches()
                ? Optional.of(Duration.ofSeconds(Long.parseLong(value) - now.getEpochSecond()))
                : Optional.empty();
    }

    private static Optional<Duration> quota(String value) {
        Matcher buckets = EMPTY_BUCKET.matcher(value);
        long longest = -1;
        while (buckets.find()) {
            longest = Math.max(longest, Long.parseLong(buckets.group(1)));
        }
        return longest < 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(longest));
    }
}
