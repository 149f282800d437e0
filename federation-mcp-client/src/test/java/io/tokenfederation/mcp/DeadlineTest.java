// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How the time of a call is shared out. */
class DeadlineTest {
    private static final Duration LONGEST = Duration.ofSeconds(5);

    @Test
    void firstTryHasHalfTheTimeOfTheCall() {
        Deadline call = Deadline.in(Duration.ofSeconds(4));

        Duration left = call.half(LONGEST).left();

        assertThat(left).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void firstTryHasNoMoreThanTheLongestOfALongCall() {
        Deadline call = Deadline.in(Duration.ofHours(1));

        assertThat(call.half(LONGEST).left()).isBetween(Duration.ofSeconds(1), LONGEST);
        assertThat(call.left()).isGreaterThan(Duration.ofMinutes(59));
    }

    @Test
    void firstTryOfACallThatIsOverIsOver() {
        assertThat(Deadline.in(Duration.ZERO).half(LONGEST).passed()).isTrue();
    }

    @Test
    void whatDoesNotCountForTheFirstTryDoesNotCountForTheCall() {
        Deadline call = Deadline.in(Duration.ofHours(1));
        Duration later = call.left().minusMillis(50);

        Duration during = call.half(LONGEST).outside(() -> {
            while (call.left().compareTo(later) > 0) {
                Thread.onSpinWait();
            }
            return call.left();
        });

        assertThat(call.left()).isGreaterThan(during);
    }
}
