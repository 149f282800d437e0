// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class WatchTest {
    private final CountDownLatch late = new CountDownLatch(1);

    @Test
    void whatDoesNotEndInTimeIsLate() throws InterruptedException {
        Watch.over(Duration.ofMillis(1), late::countDown);

        assertThat(late.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatBeginsLaterAndEndsEarlierIsNotForgotten() throws InterruptedException {
        Watch patient = Watch.over(Duration.ofHours(1), () -> {});

        Watch.over(Duration.ofMillis(1), late::countDown);

        assertThat(late.await(20, TimeUnit.SECONDS)).isTrue();
        patient.ended();
    }

    @Test
    void nothingIsKeptOfWhatHasEnded() {
        int before = Watch.open();

        for (int i = 0; i < 1_000; i++) {
            Watch.over(Duration.ofHours(1), late::countDown).ended();
        }

        assertThat(Watch.open()).isLessThanOrEqualTo(before);
        assertThat(late.getCount()).isOne();
    }

    @Test
    void manyAreLateOnceEach() throws InterruptedException {
        CountDownLatch all = new CountDownLatch(500);

        for (int i = 0; i < 500; i++) {
            Watch.over(Duration.ofNanos(i * 10_000L), all::countDown);
        }

        assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
    }
}
