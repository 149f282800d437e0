// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class TokenCellFailureTest {
    private static final Duration STEP = Duration.ofMillis(10);

    private final FakeClocks time = new FakeClocks();
    private final ScriptedRenewal renewal = new ScriptedRenewal(time);

    @Test
    void failureIsSharedByAllWhoWait() {
        TokenCell<String> cell = renewal.cell();
        List<CompletableFuture<String>> waiters =
                Stream.generate(() -> cell.attempt(null)).limit(20).toList();

        renewal.fail(ScriptedRenewal.outage());

        assertThat(waiters).allMatch(CompletableFuture::isCompletedExceptionally);
        assertThat(renewal.count()).isEqualTo(1);
    }

    @Test
    void failureIsAnsweredFromMemoryWithTheTimeLeft() {
        TokenCell<String> cell = failedOnce(ScriptedRenewal.outage());
        time.advance(STEP);

        FederationException remembered = failureOf(cell.attempt(null));

        assertThat(remembered.code()).isEqualTo("EXCHANGE_UNAVAILABLE");
        assertThat(remembered.retryAfter().orElseThrow()).isBetween(Duration.ofMillis(490), Duration.ofMillis(990));
        assertThat(renewal.count()).isEqualTo(1);
    }

    @Test
    void firstTransientFailureIsRememberedForHalfASecondToASecond() {
        TokenCell<String> cell = failedOnce(ScriptedRenewal.outage());

        Duration waited = untilNextAttempt(cell);

        assertThat(waited).isBetween(Duration.ofMillis(500), Duration.ofMillis(1_010));
    }

    @Test
    void waitsDoubleUpToFifteenSeconds() {
        TokenCell<String> cell = failedOnce(ScriptedRenewal.outage());

        for (int seconds : List.of(1, 2, 4, 8, 15, 15, 15)) {
            Duration step = Duration.ofSeconds(seconds);
            assertThat(untilNextAttempt(cell)).isBetween(step.dividedBy(2), step.plus(STEP));
            renewal.fail(ScriptedRenewal.outage());
        }
    }

    @Test
    void terminalFailureIsRememberedForAMinuteMoreOrLess() {
        TokenCell<String> cell = failedOnce(ScriptedRenewal.refusal());

        Duration waited = untilNextAttempt(cell);

        assertThat(waited)
                .isBetween(Duration.ofSeconds(48), Duration.ofSeconds(72).plus(STEP));
    }

    @Test
    void refusalAfterALongOutageIsRememberedNoLongerThanAnyOther() {
        TokenCell<String> cell = failedOnce(ScriptedRenewal.outage());
        for (int i = 0; i < 8; i++) {
            untilNextAttempt(cell);
            renewal.fail(ScriptedRenewal.outage());
        }
        untilNextAttempt(cell);
        renewal.fail(ScriptedRenewal.refusal());

        Duration waited = untilNextAttempt(cell);

        assertThat(waited).isLessThanOrEqualTo(Duration.ofSeconds(72).plus(STEP));
    }

    @Test
    void retryAfterIsAFloor() {
        TokenCell<String> cell = failedOnce(throttled(Duration.ofSeconds(60)));

        Duration waited = untilNextAttempt(cell);

        assertThat(waited).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void successAfterAFailureStartsTheWaitsAnew() {
        TokenCell<String> cell = failedOnce(ScriptedRenewal.outage());
        untilNextAttempt(cell);
        renewal.succeed(Duration.ofSeconds(30));
        CompletableFuture<String> next = cell.attempt(null);
        renewal.fail(ScriptedRenewal.outage());

        Duration waited = untilNextAttempt(cell);

        assertThat(next).isCompletedExceptionally();
        assertThat(waited).isLessThanOrEqualTo(Duration.ofMillis(1_010));
    }

    /** Scenario S4: an identity provider that fails at once, and a caller that asks without pause. */
    @Test
    void failingRenewalsAreBackedOffWhileTheTokenServes() {
        TokenCell<String> cell = renewal.cellWithAToken();
        time.advance(Duration.ofMinutes(46));

        for (int i = 0; i < 200; i++) {
            assertThat(cell.now()).isEqualTo("t1");
            renewal.fail(ScriptedRenewal.outage());
            time.advance(STEP);
        }

        assertThat(renewal.count()).isEqualTo(2);
    }

    @Test
    void tokenServesThroughAnOutageUntilTheMarginAndNoAttemptIsWasted() {
        TokenCell<String> cell = renewal.cellWithAToken();
        time.advance(Duration.ofMinutes(45));

        for (int second = 0; second < 3_560 - 2_700; second++) {
            assertThat(cell.now()).isEqualTo("t1");
            renewal.fail(ScriptedRenewal.outage());
            time.advance(Duration.ofSeconds(1));
        }

        assertThat(cell.now()).isNull();
        // 5, 10, 20, 40, then 60 s, each at least halved by jitter.
        assertThat(renewal.count()).isBetween(15, 35);
    }

    @Test
    void tokenThatStopsServingIsRenewedAtOnceHoweverLongTheLastWaitWas() {
        TokenCell<String> cell = renewal.cellWithAToken();
        time.advance(Duration.ofSeconds(3_559));
        cell.now();
        renewal.fail(ScriptedRenewal.outage());
        time.advance(Duration.ofSeconds(1));

        CompletableFuture<String> attempt = cell.attempt(null);

        assertThat(attempt).isNotDone();
        assertThat(renewal.count()).isEqualTo(3);
    }

    @Test
    void terminalFailureOfTheLastRenewalIsWhatCallersGetAtTheMargin() {
        TokenCell<String> cell = renewal.cellWithAToken();
        time.advance(Duration.ofSeconds(3_559));
        cell.now();
        renewal.fail(ScriptedRenewal.refusal());
        time.advance(Duration.ofSeconds(1));

        FederationException failure = failureOf(cell.attempt(null));

        assertThat(failure.code()).isEqualTo("NO_FEDERATION_POLICY");
        assertThat(renewal.count()).isEqualTo(2);
    }

    static Stream<Throwable> surprises() {
        return Stream.of(
                new IllegalStateException("surprise"),
                new RejectedExecutionException("full"),
                new StackOverflowError("deep"),
                new NoClassDefFoundError("gone"));
    }

    @ParameterizedTest
    @MethodSource("surprises")
    void renewalThatThrowsOnTheSpotLeavesTheSlotFree(Throwable surprise) {
        AtomicInteger attempts = new AtomicInteger();
        TokenCell<String> cell = cellOf(() -> {
            attempts.incrementAndGet();
            throw TokenCellFailureTest.<RuntimeException>sneaky(surprise);
        });
        CompletableFuture<String> first = cell.attempt(null);
        time.advance(Duration.ofSeconds(2));

        CompletableFuture<String> second = cell.attempt(null);

        assertThat(first).isCompletedExceptionally();
        assertThat(second).isCompletedExceptionally();
        assertThat(attempts).hasValue(2);
    }

    @ParameterizedTest
    @MethodSource("surprises")
    void renewalThatEndsInASurpriseIsFollowedByOneThatWorks(Throwable surprise) {
        TokenCell<String> cell = failedOnce(surprise);
        time.advance(Duration.ofSeconds(2));
        CompletableFuture<String> next = cell.attempt(null);

        renewal.succeed(ScriptedRenewal.HOUR);

        assertThat(next).isCompletedWithValue("t2");
    }

    /** Scenario S7. */
    @Test
    void executorThatRejectsIsNamed() {
        TokenCell<String> cell = cellOf(() -> {
            throw new RejectedExecutionException("full");
        });

        FederationException failure = failureOf(cell.attempt(null));

        assertThat(failure.code()).isEqualTo("EXECUTOR_REJECTED");
        assertThat(failure.retryable()).isTrue();
    }

    @Test
    void attemptThatTookTooLongIsNamed() {
        TokenCell<String> cell = cellOf(() -> CompletableFuture.failedFuture(new TimeoutException()));

        FederationException failure = failureOf(cell.attempt(null));

        assertThat(failure.code()).isEqualTo("EXCHANGE_UNREACHABLE");
    }

    @Test
    void attemptThatEndsWithNothingIsAFailure() {
        TokenCell<String> cell = cellOf(() -> CompletableFuture.completedFuture(null));

        FederationException failure = failureOf(cell.attempt(null));

        assertThat(failure.code()).isEqualTo("ATTEMPT_FAILED");
    }

    private TokenCell<String> cellOf(Supplier<CompletionStage<TokenCell.Held<String>>> next) {
        return new TokenCell<>(
                Side.DATABRICKS,
                (present, wanted) -> next.get(),
                time.clocks(),
                new Random(7),
                ScriptedRenewal.silent());
    }

    private TokenCell<String> failedOnce(Throwable failure) {
        TokenCell<String> cell = renewal.cell();
        CompletableFuture<String> attempt = cell.attempt(null);
        renewal.fail(failure);
        assertThat(attempt).isCompletedExceptionally();
        return cell;
    }

    private Duration untilNextAttempt(TokenCell<String> cell) {
        Duration waited = Duration.ZERO;
        int before = renewal.count();
        while (cell.attempt(null).isDone()) {
            time.advance(STEP);
            waited = waited.plus(STEP);
        }
        assertThat(renewal.count()).isEqualTo(before + 1);
        return waited;
    }

    private static TokenExchangeException throttled(Duration asked) {
        return new TokenExchangeException(
                Problem.of(ErrorCode.EXCHANGE_RATE_LIMITED, "slow down").retryAfter(asked));
    }

    private static FederationException failureOf(CompletableFuture<String> attempt) {
        return assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(attempt::join)
                .havingCause()
                .asInstanceOf(type(FederationException.class))
                .actual();
    }

    @SuppressWarnings("unchecked") // The cast is to a type variable and checks nothing: that is how it gets through.
    private static <E extends Throwable> RuntimeException sneaky(Throwable any) throws E {
        throw (E) any;
    }
}
