// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TokenCellTest {
    private static final Duration HOUR = ScriptedRenewal.HOUR;
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** What is left of an hour before the 40 s nobody may be handed the token. */
    private static final Duration SERVED = Duration.ofSeconds(3_560);

    private final FakeClocks time = new FakeClocks();
    private final ScriptedRenewal renewal = new ScriptedRenewal(time);

    @Test
    void emptyCellHandsOutNothingAndStartsNothing() {
        TokenCell<String> cell = renewal.cell();

        assertThat(cell.now()).isNull();
        assertThat(renewal.count()).isZero();
    }

    @Test
    void freshTokenIsHandedOutWithoutAnAttempt() {
        TokenCell<String> cell = renewal.cellWithAToken();

        for (int minute = 0; minute < 35; minute++) {
            time.advance(Duration.ofMinutes(1));
            assertThat(cell.now()).isEqualTo("t1");
        }

        assertThat(renewal.count()).isEqualTo(1);
    }

    @Test
    void dueTokenIsServedWhileOneAttemptRuns() {
        TokenCell<String> cell = renewal.cellWithAToken();
        time.advance(Duration.ofMinutes(46));

        for (int i = 0; i < 64; i++) {
            assertThat(cell.now()).isEqualTo("t1");
        }

        assertThat(renewal.count()).isEqualTo(2);
    }

    @Test
    void renewedTokenReplacesTheOldOne() {
        TokenCell<String> cell = renewal.cellWithAToken();
        time.advance(Duration.ofMinutes(46));
        String during = cell.now();

        renewal.succeed(HOUR);

        assertThat(during).isEqualTo("t1");
        assertThat(cell.now()).isEqualTo("t2");
    }

    @Test
    void renewalThatEndsOnTheSpotIsHandedOutToWhoeverFoundTheTokenDue() {
        AtomicInteger count = new AtomicInteger();
        TokenCell<String> cell = new TokenCell<>(
                Side.DATABRICKS,
                (present, wanted) ->
                        CompletableFuture.completedFuture(renewal.held("t" + count.incrementAndGet(), HOUR)),
                time.clocks(),
                new Random(7),
                ScriptedRenewal.silent());
        cell.attempt(null).join();
        time.advance(Duration.ofMinutes(46));

        String token = cell.now();

        assertThat(token).isEqualTo("t2");
    }

    @Test
    void tokenIsServedUpToTheMargin() {
        TokenCell<String> cell = renewal.cellWithAToken();

        time.advance(SERVED.minusMillis(1));

        assertThat(cell.now()).isEqualTo("t1");
    }

    @Test
    void tokenIsNotServedPastTheMarginByTheMonotonicClockAlone() {
        TokenCell<String> cell = renewal.cellWithAToken();

        time.advanceMonotonic(SERVED);

        assertThat(cell.now()).isNull();
    }

    @Test
    void tokenIsNotServedPastTheMarginByTheWallClockAlone() {
        TokenCell<String> cell = renewal.cellWithAToken();

        time.advanceWall(SERVED);
        time.advanceMonotonic(SECOND);

        assertThat(cell.now()).isNull();
    }

    @Test
    void wallClockJumpIsNoticedWithinASecondHoweverOftenTheTokenWasAskedFor() {
        TokenCell<String> cell = renewal.cellWithAToken();
        for (int i = 0; i < 100; i++) {
            time.advance(Duration.ofMillis(990));
            cell.now();
        }

        time.advanceWall(HOUR);
        time.advanceMonotonic(SECOND);

        assertThat(cell.now()).isNull();
    }

    @Test
    void tokenThatEndedDuringASuspendIsNotServedASecondAfterWaking() {
        TokenCell<String> cell = renewal.cellWithAToken();
        time.advance(Duration.ofMinutes(10));
        cell.now();

        time.advanceWall(Duration.ofHours(8));
        time.advance(SECOND);

        assertThat(cell.now()).isNull();
    }

    @Test
    void suspendWhileTheTokenIsDueIsNoticedAtOnce() {
        TokenCell<String> cell = renewal.cellWithAToken();
        time.advance(Duration.ofMinutes(46));
        cell.now();

        time.advanceWall(Duration.ofHours(8));

        assertThat(cell.now()).isNull();
    }

    @Test
    void wallClockSteppingBackDoesNotLengthenALife() {
        TokenCell<String> cell = renewal.cellWithAToken();

        time.advanceWall(Duration.ofHours(-10));
        time.advance(SERVED);

        assertThat(cell.now()).isNull();
    }

    @Test
    void tokenThatIsDeadOnArrivalIsGivenToThoseWhoWaitedAndToNobodyAfterThem() {
        TokenCell<String> cell = renewal.cell();
        CompletableFuture<String> attempt = cell.attempt(null);

        renewal.succeed(Duration.ofSeconds(30));

        assertThat(attempt).isCompletedWithValue("t1");
        assertThat(cell.now()).isNull();
    }

    @Test
    void tokenIsThereBeforeWaitersAreReleased() {
        TokenCell<String> cell = renewal.cell();
        AtomicReference<@Nullable String> seen = new AtomicReference<>();
        CompletableFuture<Void> released = cell.attempt(null).thenAccept(token -> seen.set(cell.now()));

        renewal.succeed(HOUR);

        assertThat(released).isCompleted();
        assertThat(seen).hasValue("t1");
    }

    @Test
    void failureIsRememberedBeforeWaitersAreReleased() {
        TokenCell<String> cell = renewal.cell();
        AtomicReference<@Nullable CompletableFuture<String>> next = new AtomicReference<>();
        CompletableFuture<String> released =
                cell.attempt(null).whenComplete((token, failure) -> next.set(cell.attempt(null)));

        renewal.fail(ScriptedRenewal.outage());

        assertThat(released).isCompletedExceptionally();
        assertThat(next.get()).isCompletedExceptionally();
        assertThat(renewal.count()).isEqualTo(1);
    }
}
