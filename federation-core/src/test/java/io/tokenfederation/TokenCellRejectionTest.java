// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class TokenCellRejectionTest {
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final FakeClocks time = new FakeClocks();
    private final ScriptedRenewal renewal = new ScriptedRenewal(time);

    @Test
    void rejectedTokenIsHandedOutNoMore() {
        TokenCell<String> cell = renewal.cellWithAToken();

        cell.reject("t1");

        assertThat(cell.now()).isNull();
    }

    @Test
    void rejectionAloneStartsNoAttempt() {
        TokenCell<String> cell = renewal.cellWithAToken();

        cell.reject("t1");

        assertThat(renewal.count()).isEqualTo(1);
    }

    @Test
    void anotherTokenThanTheOneHeldIsNotDropped() {
        TokenCell<String> cell = renewal.cellWithAToken();

        cell.reject("t0");

        assertThat(cell.now()).isEqualTo("t1");
    }

    @Test
    void lateRejectionOfTheOldTokenLeavesTheNewOne() {
        TokenCell<String> cell = renewal.cellWithAToken();
        time.advance(Duration.ofMinutes(46));
        cell.now();
        renewal.succeed(ScriptedRenewal.HOUR);

        cell.reject("t1");

        assertThat(cell.now()).isEqualTo("t2");
    }

    @Test
    void secondRejectionWithinHalfAMinuteIsIgnored() {
        TokenCell<String> cell = rejectedAndRenewed();
        time.advance(PAUSE.minusMillis(1));

        cell.reject("t2");

        assertThat(cell.now()).isEqualTo("t2");
    }

    @Test
    void secondRejectionAfterHalfAMinuteCounts() {
        TokenCell<String> cell = rejectedAndRenewed();
        time.advance(PAUSE);

        cell.reject("t2");

        assertThat(cell.now()).isNull();
    }

    @Test
    void ignoredRejectionDoesNotLengthenThePause() {
        TokenCell<String> cell = rejectedAndRenewed();
        time.advance(PAUSE.minusSeconds(1));
        cell.reject("t2");
        time.advance(Duration.ofSeconds(1));

        cell.reject("t2");

        assertThat(cell.now()).isNull();
    }

    @Test
    void rejectionDuringARenewalWaitsForThatRenewal() {
        TokenCell<String> cell = renewal.cellWithAToken();
        time.advance(Duration.ofMinutes(46));
        cell.now();

        cell.reject("t1");
        CompletableFuture<String> next = cell.attempt(null);
        renewal.succeed(ScriptedRenewal.HOUR);

        assertThat(next).isCompletedWithValue("t2");
        assertThat(renewal.count()).isEqualTo(2);
    }

    @Test
    void failureAfterARejectionDoesNotBringTheTokenBack() {
        TokenCell<String> cell = renewal.cellWithAToken();
        cell.reject("t1");
        CompletableFuture<String> next = cell.attempt(null);

        renewal.fail(ScriptedRenewal.outage());

        assertThat(next).isCompletedExceptionally();
        assertThat(cell.now()).isNull();
    }

    @Test
    void rejectionDoesNotForgetHowLongTheEndpointAskedToBeLeftAlone() {
        TokenCell<String> cell = renewal.cellWithAToken();
        time.advance(Duration.ofMinutes(46));
        cell.now();
        renewal.fail(new TokenExchangeException(
                Problem.of(ErrorCode.EXCHANGE_RATE_LIMITED, "slow down").retryAfter(Duration.ofMinutes(5))));

        cell.reject("t1");
        CompletableFuture<String> next = cell.attempt(null);

        assertThat(next).isCompletedExceptionally();
        assertThat(renewal.count()).isEqualTo(2);
    }

    @Test
    void rejectionOfAnEmptyCellDoesNothing() {
        TokenCell<String> cell = renewal.cell();

        cell.reject("t1");

        assertThat(cell.now()).isNull();
        assertThat(renewal.count()).isZero();
    }

    @Test
    void pausesDoubleUpToTenMinutes() {
        TokenCell<String> cell = rejectedAndRenewed();

        for (int seconds : List.of(30, 60, 120, 240, 480, 600, 600)) {
            Duration pause = Duration.ofSeconds(seconds);
            time.advance(pause.minusMillis(1));
            assertThat(dropped(cell)).isFalse();
            time.advance(Duration.ofMillis(1));
            assertThat(dropped(cell)).isTrue();
            renew(cell);
        }
    }

    @Test
    void pauseIsHalfAMinuteAgainAfterAQuietTime() {
        TokenCell<String> cell = rejectedAndRenewed();
        time.advance(PAUSE);
        dropped(cell);
        renew(cell);
        time.advance(Duration.ofMinutes(2));
        dropped(cell);
        renew(cell);

        time.advance(PAUSE);

        assertThat(dropped(cell)).isTrue();
    }

    private void renew(TokenCell<String> cell) {
        CompletableFuture<String> next = cell.attempt(null);
        renewal.succeed(ScriptedRenewal.HOUR);
        next.join();
    }

    private boolean dropped(TokenCell<String> cell) {
        cell.reject("t" + renewal.count());
        return cell.now() == null;
    }

    private TokenCell<String> rejectedAndRenewed() {
        TokenCell<String> cell = renewal.cellWithAToken();
        cell.reject("t1");
        CompletableFuture<String> next = cell.attempt(null);
        renewal.succeed(ScriptedRenewal.HOUR);
        next.join();
        return cell;
    }
}
