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
        assertThat(wait.endInterrupted()).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    /** As a proxy selector might. */
    @Test
    void interruptThatIsSwallowedIsFollowedByAnother() {
        TimedWait wait = TimedWait.begin(Duration.ofNanos(1));

        assertThat(endsByInterrupt(new CompletableFuture<>())).isTrue();
        assertThat(endsByInterrupt(new CompletableFuture<>())).isTrue();

        assertThat(wait.endInterrupted()).isTrue();
    }

    /** A thread of the common pool runs what is queued while it waits. */
    @Test
    void waitWithinAWaitIsNotDisturbedByTheOuterOne() {
        TimedWait outer = TimedWait.begin(Duration.ofNanos(1));
        TimedWait inner = TimedWait.begin(LONG);
        CompletableFuture<String> reply = new CompletableFuture<>();
        Watch.over(Duration.ofMillis(50), () -> reply.complete("reply"));

        assertThat(endsByInterrupt(reply)).isFalse();

        assertThat(inner.end()).isFalse();
        assertThat(endsByInterrupt(new CompletableFuture<>())).isTrue();
        assertThat(outer.endInterrupted()).isTrue();
    }

    @Test
    void interruptOfTheApplicationsThatComesWithOursIsKept() {
        TimedWait wait = TimedWait.begin(Duration.ofNanos(1));
        assertThat(endsByInterrupt(new CompletableFuture<>())).isTrue();
        Thread.currentThread().interrupt();

        wait.endInterrupted();

        assertThat(Thread.interrupted()).isTrue();
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
        assertThat(wait.endInterrupted()).isTrue();
    }

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
        assertThat(wait.endInterrupted()).isTrue();
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
        wait.endInterrupted();
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
