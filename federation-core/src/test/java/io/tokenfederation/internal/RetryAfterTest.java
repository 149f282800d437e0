// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RetryAfterTest {
    @Test
    void stateOfARateLimitOnAnotherRefusalIsNoAdvice() {
        HttpHeaders state = headers(Map.of(
                "x-ratelimit-reset", List.of(String.valueOf(NOW.getEpochSecond() + 600)),
                "x-ratelimit-remaining", List.of("29")));

        assertThat(RetryAfter.of(503, state, NOW)).isEmpty();
    }

    private static final Instant NOW = Instant.ofEpochSecond(1_795_262_400);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Retry-After|60|60",
                "retry-after|7|7",
                "Retry-After|0|0",
                "Retry-After|Sat, 21 Nov 2026 12:01:30 GMT|90",
                "Retry-After|Sat, 21 Nov 2026 11:00:00 GMT|0",
                "x-ratelimit-reset|1795262460|60",
                "X-Rate-Limit-Reset|1795262410|10",
                "x-ratelimit-reset|30|0",
                "Auth0-Client-Quota-Limit|b=per_hour;q=10;r=0;t=3540|3540",
                "Auth0-Client-Quota-Limit|b=per_hour;q=10;r=0;t=3540,b=per_day;q=100;r=0;t=40000|40000",
                "Auth0-Organization-Quota-Limit|b=per_hour;q=10;r=0;t=12|12"
            })
    void waitIsRead(String name, String value, long seconds) {
        assertThat(RetryAfter.of(429, headers(Map.of(name, List.of(value))), NOW))
                .contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Retry-After|soon",
                "Retry-After|-5",
                "Retry-After|1.5",
                "Retry-After|99999999999999999999",
                "Retry-After|''",
                "x-ratelimit-reset|2026-11-21",
                "Auth0-Client-Quota-Limit|b=per_hour;q=10;r=7;t=3540",
                "Auth0-Client-Quota-Limit|b=per_hour;q=10;r=10;t=3540",
                "X-Other|60"
            })
    void nonsenseIsNoWait(String name, String value) {
        assertThat(RetryAfter.of(429, headers(Map.of(name, List.of(value))), NOW))
                .isEmpty();
    }

    @Test
    void longestWaitCounts() {
        HttpHeaders headers = headers(Map.of("Retry-After", List.of("5"), "x-ratelimit-reset", List.of("1795262430")));

        assertThat(RetryAfter.of(429, headers, NOW)).contains(Duration.ofSeconds(30));
    }

    private static HttpHeaders headers(Map<String, List<String>> headers) {
        return HttpHeaders.of(headers, (name, value) -> true);
    }
}
