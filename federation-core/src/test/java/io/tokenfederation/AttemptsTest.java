// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class AttemptsTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void workRunsOnADaemonThreadAndNotOnTheCallers() {
        Attempts attempts = new Attempts(Attempts.threads(), LONG);

        Thread worker = attempts.run(Thread::currentThread).join();

        assertThat(worker).isNotSameAs(Thread.currentThread());
        assertThat(worker.isDaemon()).isTrue();
        assertThat(worker.getName()).startsWith("token-federation-");
    }

    /** Before that, a virtual thread that blocks under a lock of the application's keeps a processor from it. */
    @Test
    void workRunsOnAVirtualThreadFromJdk24On() {
        Attempts attempts = new Attempts(Attempts.threads(), LONG);

        Thread worker = attempts.run(Thread::currentThread).join();

        assertThat(VirtualThreads.isVirtual(worker)).isEqualTo(Runtime.version().feature() >= 24);
    }

    @Test
    void noMoreThanEightRunAtOnce() throws InterruptedException {
        Attempts attempts = new Attempts(Attempts.threads(), LONG);
        CountDownLatch eight = new CountDownLatch(8);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CompletableFuture<Void> mayGoOn = new CompletableFuture<>();

        List<CompletableFuture<Integer>> all = IntStream.range(0, 40)
                .mapToObj(each -> attempts.run(() -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    eight.countDown();
                    mayGoOn.join();
                    return running.decrementAndGet();
                }))
                .toList();
        eight.await();
        mayGoOn.complete(null);

        all.forEach(CompletableFuture::join);
        assertThat(most).hasValue(8);
    }

    /** A timer that outlives the attempt would hold its token. */
    @Test
    void nothingHoldsTheResultOnceItIsDelivered() {
        Attempts attempts = new Attempts(Runnable::run, LONG);
        WeakReference<Object> delivered =
                new WeakReference<>(attempts.run(Object::new).join());

        boolean gone = false;
        for (int i = 0; i < 50 && !gone; i++) {
            System.gc();
            gone = delivered.get() == null;
        }

        assertThat(gone).isTrue();
    }

    @Test
    void workThatTakesTooLongIsInterruptedAndGivenUp() throws InterruptedException {
        Attempts attempts = new Attempts(Attempts.threads(), Duration.ofMillis(50));
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);

        CompletableFuture<String> result = attempts.run(() -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return "too late";
        });

        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(result::join)
                .withCauseInstanceOf(TimeoutException.class);
        interrupted.await();
    }

    @Test
    void waitingForAThreadIsNotCountedAsTheWorksTime() {
        Queue<Runnable> queued = new ArrayDeque<>();
        Attempts attempts = new Attempts(queued::add, Duration.ofMillis(200));
        CompletableFuture<String> first = attempts.run(() -> "first");

        assertThat(first)
                .satisfies(waiting -> assertThat(catchThrowable(() -> waiting.get(250, TimeUnit.MILLISECONDS)))
                        .isInstanceOf(TimeoutException.class));
        queued.remove().run();

        assertThat(first).isCompletedWithValue("first");
    }

    @Test
    void workTheExecutorNeverComesToIsGivenUp() {
        Attempts attempts = new Attempts(work -> {}, Duration.ofMillis(20));

        CompletableFuture<String> result = attempts.run(() -> "never");

        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(result::join)
                .withCauseInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void errorOfTheWorkReachesTheWaiter() {
        Attempts attempts = new Attempts(Runnable::run, LONG);
        StackOverflowError deep = new StackOverflowError();

        CompletableFuture<String> result = attempts.run(() -> {
            throw deep;
        });

        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(result::join)
                .withCause(deep);
    }

    @Test
    void rejectionIsThrown() {
        Attempts attempts = new Attempts(
                work -> {
                    throw new RejectedExecutionException("full");
                },
                LONG);

        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> attempts.run(() -> "never"));
    }

    @Test
    void threadThatWasInterruptedForOneAttemptServesTheNext() {
        Attempts hasty = new Attempts(Attempts.threads(), Duration.ofMillis(20));
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < 8; i++) {
            CompletableFuture<String> stuck = hasty.run(() -> {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return "too late";
            });
            assertThat(stuck).failsWithin(LONG);
        }
        Attempts patient = new Attempts(Attempts.threads(), LONG);

        Boolean interrupted =
                patient.run(() -> Thread.currentThread().isInterrupted()).join();

        assertThat(interrupted).isFalse();
    }
}
