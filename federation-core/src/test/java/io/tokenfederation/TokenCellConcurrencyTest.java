// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TokenCellConcurrencyTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final FakeClocks time = new FakeClocks();
    private final ScriptedRenewal renewal = new ScriptedRenewal(time);

    /** Scenario S1. */
    @Test
    void sixtyFourThreadsShareOneAttempt() throws Exception {
        TokenCell<String> cell = renewal.cell();
        CountDownLatch waiting = new CountDownLatch(64);
        CompletableFuture<List<String>> crowd = CompletableFuture.supplyAsync(() -> {
            try {
                return Crowd.of(64, () -> {
                    CompletableFuture<String> attempt = cell.attempt(null);
                    waiting.countDown();
                    return Waiting.forToken(attempt, LONG, "the token");
                });
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        waiting.await();

        renewal.succeed(ScriptedRenewal.HOUR);

        assertThat(crowd.get()).hasSize(64).containsOnly("t1");
        assertThat(renewal.count()).isEqualTo(1);
    }

    @Test
    void callersWhoArriveWhileTheAttemptEndsStartNoSecondOne() throws Exception {
        ExecutorService elsewhere = Executors.newSingleThreadExecutor();
        try {
            for (int round = 0; round < 300; round++) {
                AtomicInteger attempts = new AtomicInteger();
                TokenCell<String> cell = new TokenCell<>(
                        Side.DATABRICKS,
                        (present, wanted) -> CompletableFuture.supplyAsync(
                                () -> renewal.held("t" + attempts.incrementAndGet(), ScriptedRenewal.HOUR), elsewhere),
                        time.clocks(),
                        new Random(round),
                        ScriptedRenewal.silent());

                List<String> got = Crowd.of(8, () -> tokenOf(cell));

                assertThat(got).containsOnly("t1");
                assertThat(attempts).hasValue(1);
            }
        } finally {
            elsewhere.shutdownNow();
        }
    }

    /** Scenario S10: a thousand requests get a 401 at the same time. */
    @Test
    void thousandRejectionsCauseOneRenewal() throws Exception {
        TokenCell<String> cell = renewal.cellWithAToken();
        AtomicInteger asked = new AtomicInteger();

        List<CompletableFuture<String>> got = Crowd.of(100, () -> {
            CompletableFuture<String> last = new CompletableFuture<>();
            for (int i = 0; i < 10; i++) {
                cell.reject("t1");
                asked.incrementAndGet();
                last = cell.attempt(null);
            }
            return last;
        });
        renewal.succeed(ScriptedRenewal.HOUR);

        assertThat(asked).hasValue(1_000);
        assertThat(got).allMatch(attempt -> "t2".equals(attempt.join()));
        assertThat(renewal.count()).isEqualTo(2);
    }

    @Test
    void thousandLateRejectionsDropNothing() throws Exception {
        TokenCell<String> cell = renewal.cellWithAToken();
        cell.reject("t1");
        CompletableFuture<String> next = cell.attempt(null);
        renewal.succeed(ScriptedRenewal.HOUR);

        List<@Nullable String> got = Crowd.of(100, () -> {
            for (int i = 0; i < 10; i++) {
                cell.reject("t1");
            }
            return cell.now();
        });

        assertThat(next).isCompletedWithValue("t2");
        assertThat(got).containsOnly("t2");
    }

    /** Scenario S6. */
    @Test
    void interruptingOneWaiterLeavesTheOthersUnharmed() throws Exception {
        TokenCell<String> cell = renewal.cell();
        CompletableFuture<Throwable> interrupted = new CompletableFuture<>();
        AtomicBoolean flag = new AtomicBoolean();
        Thread first = new Thread(() -> {
            Throwable failure = catchThrowable(() -> Waiting.forToken(cell.attempt(null), LONG, "the token"));
            flag.set(Thread.currentThread().isInterrupted());
            interrupted.complete(failure);
        });
        first.start();
        CompletableFuture<String> other = cell.attempt(null);

        first.interrupt();
        first.join();
        renewal.succeed(ScriptedRenewal.HOUR);

        assertThat(interrupted.join())
                .isInstanceOfSatisfying(
                        TokenExchangeException.class, e -> assertThat(e.code()).isEqualTo("TOKEN_WAIT_INTERRUPTED"))
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(flag).isTrue();
        assertThat(Waiting.forToken(other, LONG, "the token")).isEqualTo("t1");
        assertThat(renewal.count()).isEqualTo(1);
    }

    @Test
    void waiterThatGivesUpLeavesTheOthersUnharmed() {
        TokenCell<String> cell = renewal.cell();
        CompletableFuture<String> other = cell.attempt(null);

        Throwable gaveUp =
                catchThrowable(() -> Waiting.forToken(cell.attempt(null), Duration.ofMillis(1), "the token"));
        renewal.succeed(ScriptedRenewal.HOUR);

        assertThat(gaveUp)
                .isInstanceOfSatisfying(
                        TokenExchangeException.class, e -> assertThat(e.code()).isEqualTo("TOKEN_WAIT_TIMED_OUT"));
        assertThat(other).isCompletedWithValue("t1");
    }

    @Test
    void eachWaiterGetsTheSharedFailureInAnExceptionOfItsOwn() {
        TokenCell<String> cell = renewal.cell();
        CompletableFuture<String> attempt = cell.attempt(null);
        TokenExchangeException shared = ScriptedRenewal.outage();
        renewal.fail(shared);

        for (int waiter = 0; waiter < 2; waiter++) {
            assertThatExceptionOfType(TokenExchangeException.class)
                    .isThrownBy(() -> Waiting.forToken(attempt, LONG, "the token"))
                    .isNotSameAs(shared)
                    .withCause(shared)
                    .satisfies(e -> assertThat(e.code()).isEqualTo("EXCHANGE_UNAVAILABLE"));
        }
    }

    private static String tokenOf(TokenCell<String> cell) {
        String token = cell.now();
        return token != null ? token : Waiting.forToken(cell.attempt(null), LONG, "the token");
    }
}
