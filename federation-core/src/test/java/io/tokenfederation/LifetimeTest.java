// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LifetimeTest {
    private final FakeClocks time = new FakeClocks();
    private final Random random = new Random(3);

    @Test
    void renewalIsDueAtARandomPointInSixtyToSeventyFivePercentOfWhatIsServed() {
        for (int i = 0; i < 1_000; i++) {
            Lifetime life = living(Duration.ofHours(1));

            assertThat(sinceNow(life.refreshAt())).isBetween(Duration.ofSeconds(2_136), Duration.ofSeconds(2_670));
        }
    }

    @Test
    void whatWasIssuedTogetherIsNotRenewedTogether() {
        Lifetime one = living(Duration.ofHours(1));

        Lifetime other = living(Duration.ofHours(1));

        assertThat(one.refreshAt()).isNotEqualTo(other.refreshAt());
    }

    @Test
    void servingEndsFortySecondsBeforeTheEnd() {
        Lifetime life = living(Duration.ofHours(1));

        assertThat(sinceNow(life.serveUntil())).isEqualTo(Duration.ofSeconds(3_560));
        assertThat(life.serveUntilWall()).isEqualTo(time.wall().plusSeconds(3_560));
    }

    @ParameterizedTest
    @ValueSource(ints = {41, 45, 60, 90, 119, 120, 300, 3_600, 86_400})
    void renewalIsDueBeforeServingEnds(int seconds) {
        Lifetime life = living(Duration.ofSeconds(seconds));

        assertThat(sinceNow(life.refreshAt())).isPositive().isLessThan(sinceNow(life.serveUntil()));
    }

    @ParameterizedTest
    @ValueSource(ints = {-3_600, 0, 1, 39, 40})
    void lifeShorterThanTheMarginIsNoLife(int seconds) {
        Lifetime life = living(Duration.ofSeconds(seconds));

        assertThat(life.usable(time.now())).isFalse();
    }

    @Test
    void nextOneMustEndLaterByATenthOfTheTimeItIsHandedOut() {
        Lifetime life = living(Duration.ofSeconds(1_040));

        assertThat(gains(life, 100)).isTrue();
        assertThat(gains(life, 99)).isFalse();
        assertThat(gains(life, 0)).isFalse();
    }

    /** Most of such a life is the margin: where it is due, no renewal ends a tenth of the life later. */
    @ParameterizedTest
    @ValueSource(ints = {42, 43, 44, 45, 46, 50})
    void shortLifeIsWorthRenewingWhenItIsDue(int seconds) {
        for (int i = 0; i < 100; i++) {
            Duration whole = Duration.ofSeconds(seconds);
            Lifetime life = living(whole);
            Clocks.Moment due = new Clocks.Moment(time.wall().plus(sinceNow(life.refreshAt())), life.refreshAt());

            assertThat(life.gainsBy(due.wall().plus(whole), Lifetime.WHENEVER, due))
                    .isTrue();
        }
    }

    @Test
    void onceOfNoUseAnythingThatEndsLaterIsAGain() {
        Lifetime life = living(Duration.ofSeconds(1_000));
        time.advance(Duration.ofMinutes(16));

        assertThat(gains(life, 1)).isTrue();
        assertThat(gains(life, 0)).isFalse();
    }

    @Test
    void whatReachesATimeThatTheOldOneDoesNotIsAGainHoweverSmall() {
        Lifetime life = living(Duration.ofSeconds(1_000));
        Instant wanted = life.expiresAt().plusSeconds(5);

        assertThat(life.gainsBy(wanted, wanted, time.now())).isTrue();
        assertThat(life.gainsBy(wanted.minusSeconds(1), wanted, time.now())).isFalse();
    }

    @Test
    void timeThatTheOldOneReachesTooIsNoReasonForANewOne() {
        Lifetime life = living(Duration.ofSeconds(1_000));

        assertThat(life.gainsBy(life.expiresAt().plusSeconds(5), life.expiresAt(), time.now()))
                .isFalse();
    }

    /** Some issuers write exp in milliseconds, which is the year 58000; nanoseconds end in 292 years. */
    @Test
    void endInTheDistantFutureDoesNotOverflow() {
        Lifetime life =
                Lifetime.of(time.now(), Instant.ofEpochSecond(1_795_262_400_000L), Lifetime.DATABRICKS_MARGIN, random);

        assertThat(life.usable(time.now())).isTrue();
        assertThat(life.due(time.now().nanos())).isFalse();
    }

    private boolean gains(Lifetime life, int secondsLater) {
        return life.gainsBy(life.expiresAt().plusSeconds(secondsLater), Lifetime.WHENEVER, time.now());
    }

    private Lifetime living(Duration life) {
        return Lifetime.of(time.now(), time.wall().plus(life), Lifetime.DATABRICKS_MARGIN, random);
    }

    private Duration sinceNow(long nanos) {
        return Duration.ofNanos(nanos - time.now().nanos());
    }
}
