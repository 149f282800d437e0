// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class TimedWaitTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    @Test
    void waitForAFutureEndsWhenTheTimeIsOverAndLeavesNoInterrupt() {
        TimedWait wait = TimedWait.begin(Duration.ofMillis(1));

        boolean ended = endsByInterrupt(new CompletableFuture<>());

        assertThat(ended).isTrue();
        assertThat(wait.end()).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void threadThatDoesSomethingElseIsNotInterruptedUntilItWaits() {
        TimedWait wait = TimedWait.begin(Duration.ofNanos(1));
        CountDownLatch late = new CountDownLatch(1);
        Watch.over(Duration.ofMillis(50), late::countDown);

        boolean disturbed = false;
        while (late.getCount() > 0) {
            disturbed |= Thread.currentThread().isInterrupted();
        }

        assertThat(disturbed).isFalse();
        assertThat(endsByInterrupt(new CompletableFuture<>())).isTrue();
        assertThat(wait.end()).isTrue();
    }

    /** A client of another make may wait in its own way. */
    @Test
    void waitOfAnotherKindIsInterruptedInTheEnd() {
        TimedWait wait = TimedWait.begin(Duration.ofNanos(1));
        boolean ended = false;

        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            ended = true;
        }

        assertThat(ended).isTrue();
        assertThat(wait.end()).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void waitThatEndsInTimeIsNotInterruptedLater() throws Exception {
        TimedWait wait = TimedWait.begin(LONG);
        CompletableFuture.completedFuture("reply").get();

        assertThat(wait.end()).isFalse();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void interruptOfTheApplicationsIsKept() {
        TimedWait wait = TimedWait.begin(LONG);
        Thread.currentThread().interrupt();

        boolean late = wait.end();

        assertThat(late).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void interruptAfterTheEndIsTheApplications() {
        TimedWait wait = TimedWait.begin(Duration.ofNanos(1));
        endsByInterrupt(new CompletableFuture<>());
        wait.end();
        Thread.currentThread().interrupt();

        wait.end();

        assertThat(Thread.interrupted()).isTrue();
    }

    private static boolean endsByInterrupt(CompletableFuture<?> future) {
        try {
            future.get();
            return false;
        } catch (InterruptedException e) {
            return true;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
