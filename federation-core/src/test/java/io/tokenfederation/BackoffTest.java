// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BackoffTest {
    private static final Problem TRANSIENT = Problem.of(ErrorCode.IDP_UNAVAILABLE, "down");
    private static final Problem TERMINAL = Problem.of(ErrorCode.IDP_CLIENT_REJECTED, "wrong secret");

    private final Random random = new Random(1);

    @Test
    void nearItsEndATokensRenewalIsTriedAtLeastEveryFifteenSeconds() {
        Duration wait = Backoff.after(9, TRANSIENT, Duration.ofSeconds(119), random);

        assertThat(wait).isBetween(Duration.ofMillis(7_500), Duration.ofSeconds(15));
    }

    @ParameterizedTest
    @CsvSource({"1,500,1000", "2,1000,2000", "3,2000,4000", "4,4000,8000", "5,7500,15000", "99,7500,15000"})
    void failingCallersLookAgainSoon(int failures, long least, long most) {
        for (int i = 0; i < 1_000; i++) {
            assertThat(Backoff.after(failures, TRANSIENT, Duration.ZERO, random))
                    .isBetween(Duration.ofMillis(least), Duration.ofMillis(most));
        }
    }

    @ParameterizedTest
    @CsvSource({"1,2500,5000", "2,5000,10000", "4,20000,40000", "5,30000,60000", "2147483647,30000,60000"})
    void servedCallersLeaveMoreTime(int failures, long least, long most) {
        for (int i = 0; i < 1_000; i++) {
            assertThat(Backoff.after(failures, TRANSIENT, Duration.ofHours(1), random))
                    .isBetween(Duration.ofMillis(least), Duration.ofMillis(most));
        }
    }

    @ParameterizedTest
    @CsvSource({"1,48,72", "2,96,144", "3,192,288", "4,384,576", "5,480,720", "99,480,720"})
    void terminalFailuresAreNotHammered(int failures, long least, long most) {
        for (int i = 0; i < 1_000; i++) {
            assertThat(Backoff.after(failures, TERMINAL, Duration.ofHours(1), random))
                    .isBetween(Duration.ofSeconds(least), Duration.ofSeconds(most));
        }
    }

    @Test
    void nextTryIsNotLaterThanTheEndOfTheTokenThatServes() {
        Duration left = Duration.ofSeconds(2);

        Duration wait = Backoff.after(5, TRANSIENT, left, random);

        assertThat(wait).isEqualTo(left);
    }

    @Test
    void whatTheServerAskedForCountsMoreThanTheEndOfTheTokenThatServes() {
        Problem throttled = TRANSIENT.retryAfter(Duration.ofSeconds(60));

        Duration wait = Backoff.after(1, throttled, Duration.ofSeconds(2), random);

        assertThat(wait).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void waitsDifferSoThatAFleetDoesNotComeBackAtOnce() {
        Duration first = Backoff.after(1, TRANSIENT, Duration.ZERO, random);

        Duration second = Backoff.after(1, TRANSIENT, Duration.ZERO, random);

        assertThat(first).isNotEqualTo(second);
    }

    @Test
    void negativeRetryAfterIsNoReasonToHurry() {
        Problem odd = TRANSIENT.retryAfter(Duration.ofSeconds(-5));

        Duration wait = Backoff.after(1, odd, Duration.ZERO, random);

        assertThat(wait).isPositive();
    }

    @Test
    void aTokenThatStillServesIsTriedToRenewBeforeItEndsWhateverTheTrouble() {
        Problem terminal = Problem.of(ErrorCode.IDP_CLIENT_REJECTED, "wrong secret");

        assertThat(Backoff.after(6, terminal, Duration.ofSeconds(100), random)).isEqualTo(Duration.ofSeconds(90));
        assertThat(Backoff.after(6, terminal, Duration.ofSeconds(29), random)).isGreaterThan(Duration.ofMinutes(5));
        assertThat(Backoff.after(6, terminal, Duration.ZERO, random)).isGreaterThan(Duration.ofMinutes(5));
    }

    @Test
    void whoLimitsTheRateIsBelievedForAnHour() {
        Problem quota = TRANSIENT.httpStatus(429).retryAfter(Duration.ofMinutes(50));

        assertThat(Backoff.after(1, quota, Duration.ZERO, random)).isEqualTo(Duration.ofMinutes(50));
        assertThat(Backoff.after(1, quota.retryAfter(Duration.ofDays(1)), Duration.ZERO, random))
                .isEqualTo(Duration.ofHours(1));
    }

    @Test
    void endlessRetryAfterIsCapped() {
        Problem odd = TRANSIENT.retryAfter(Duration.ofSeconds(Long.MAX_VALUE));

        Duration wait = Backoff.after(1, odd, Duration.ZERO, random);

        assertThat(wait).isEqualTo(Duration.ofMinutes(10));
    }
}
