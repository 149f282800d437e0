// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages nobody waits for: one that hangs holds the others up for a while, and not for good. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class CourierTest {
    private static final int HANGING = 4;

    private final Courier courier = new Courier(Duration.ofMillis(100));
    private final CountDownLatch sent = new CountDownLatch(1);

    @Test
    void messageThatHangsIsInterrupted() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(HANGING);

        for (int i = 0; i < HANGING; i++) {
            courier.send(deadline -> {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.countDown();
                }
            });
        }
        courier.send(deadline -> sent.countDown());

        assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(sent.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void messageThatHearsNoInterruptDoesNotHoldUpTheOthersForGood() throws Exception {
        CountDownLatch release = new CountDownLatch(1);

        for (int i = 0; i < HANGING; i++) {
            courier.send(deadline -> awaitWhateverComes(release));
        }
        courier.send(deadline -> sent.countDown());

        assertThat(sent.await(20, TimeUnit.SECONDS)).isTrue();
        release.countDown();
    }

    @Test
    void messageThatThrowsHoldsUpNone() throws Exception {
        for (int i = 0; i < HANGING; i++) {
            courier.send(deadline -> {
                throw new IllegalStateException("no token");
            });
        }
        courier.send(deadline -> sent.countDown());

        assertThat(sent.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void moreThanCanWaitIsDropped() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        Courier patient = new Courier(Duration.ofHours(1));
        for (int i = 0; i < 1_000; i++) {
            patient.send(deadline -> awaitWhateverComes(release));
        }

        patient.send(deadline -> sent.countDown());
        release.countDown();
        CountDownLatch next = new CountDownLatch(1);
        while (next.getCount() > 0) {
            patient.send(deadline -> next.countDown());
            Thread.onSpinWait();
        }

        assertThat(sent.getCount()).isEqualTo(1);
    }

    private static void awaitWhateverComes(CountDownLatch release) {
        boolean released = false;
        while (!released) {
            try {
                release.await();
                released = true;
            } catch (InterruptedException e) {
                // Like a read from a socket.
            }
        }
    }
}
