// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class ArrivalsTest {
    private static final int MANY = 100_000;

    private final Arrivals<Integer> arrivals = new Arrivals<>();

    @Test
    void whatIsThereIsTakenInTurnEvenWhenTheTimeIsOver() throws Exception {
        arrivals.bring(1);
        arrivals.bring(2);

        assertThat(arrivals.take(Deadline.in(Duration.ZERO))).isEqualTo(1);
        assertThat(arrivals.take(Deadline.in(Duration.ZERO))).isEqualTo(2);
    }

    @Test
    void nothingComesUntilTheTimeIsOver() throws Exception {
        assertThat(arrivals.take(Deadline.in(Duration.ofMillis(1)))).isNull();
    }

    @Test
    void interruptEndsTheWait() {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> arrivals.take(Deadline.in(Duration.ofHours(1))));
        assertThat(Thread.interrupted()).isFalse();
    }

    /** A wake-up that is lost would leave the taker waiting for good. */
    @Test
    void noArrivalIsMissed() throws Exception {
        Thread bringer = new Thread(() -> IntStream.range(0, MANY).forEach(arrivals::bring));
        bringer.setDaemon(true);
        bringer.start();

        for (int next = 0; next < MANY; next++) {
            assertThat(arrivals.take(Deadline.in(Duration.ofHours(1)))).isEqualTo(next);
        }
    }
}
