// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static io.tokenfederation.Loopback.EAST;
import static io.tokenfederation.Loopback.WEST;
import static io.tokenfederation.Loopback.failureFor;
import static io.tokenfederation.LoopbackTokenEndpoint.asksForPatience;
import static io.tokenfederation.LoopbackTokenEndpoint.issued;
import static io.tokenfederation.LoopbackTokenEndpoint.unavailable;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RetryTest {
    private final Loopback loopback = new Loopback();

    @AfterEach
    void stop() {
        loopback.close();
    }

    @Test
    void exchangeIsTriedThreeTimesWhileCallersWait() {
        loopback.databricks.answer(form -> unavailable());

        FederationException failure = failureFor(loopback.onTheSpot(), WEST);

        assertThat(failure.code()).isEqualTo("EXCHANGE_UNAVAILABLE");
        assertThat(loopback.databricks.count()).isEqualTo(3);
        assertThat(loopback.source.count()).isEqualTo(1);
    }

    @Test
    void tryThatWorksEndsTheAttempt() {
        loopback.databricks.answer(form -> loopback.databricks.count() < 2 ? unavailable() : issued("second"));

        DatabricksToken token = loopback.onTheSpot().tokenFor(WEST);

        assertThat(token.value()).isEqualTo("second");
        assertThat(loopback.databricks.count()).isEqualTo(2);
    }

    @Test
    void renewalInTheBackgroundIsTriedOnce() {
        DatabricksTokenExchanger exchanger = loopback.onTheSpot();
        DatabricksToken first = exchanger.tokenFor(WEST);
        loopback.time.advance(Loopback.DUE);
        loopback.databricks.answer(form -> unavailable());

        DatabricksToken served = exchanger.tokenFor(WEST);

        assertThat(served).isEqualTo(first);
        assertThat(loopback.databricks.count()).isEqualTo(2);
    }

    @Test
    void sourceIsAskedThreeTimesWhileCallersWait() {
        loopback.source.then(Loopback.failing(ErrorCode.IDP_UNREACHABLE));

        FederationException failure = failureFor(loopback.onTheSpot(), WEST);

        assertThat(failure.code()).isEqualTo("IDP_UNREACHABLE");
        assertThat(loopback.source.count()).isEqualTo(3);
    }

    @Test
    void sourceIsAskedOnceInTheBackground() {
        DatabricksTokenExchanger exchanger = loopback.onTheSpot();
        exchanger.tokenFor(WEST);
        loopback.time.advance(Loopback.DUE);
        loopback.source.then(Loopback.failing(ErrorCode.IDP_UNREACHABLE));

        exchanger.tokenFor(WEST);

        assertThat(loopback.source.count()).isEqualTo(2);
    }

    @Test
    void retryAfterIsTheShortestPause() {
        loopback.databricks.answer(
                form -> loopback.databricks.count() < 2 ? asksForPatience(503, "5") : issued("second"));

        loopback.onTheSpot().tokenFor(WEST);

        assertThat(loopback.events(TokenEvent.Retried.class))
                .extracting(TokenEvent.Retried::pause)
                .containsExactly(Duration.ofSeconds(5));
    }

    /** The last is 32,000 years, more than nanoseconds in a long can say. */
    @ParameterizedTest
    @ValueSource(strings = {"6", "20", "3600", "999999999999"})
    void retryAfterLongerThanACallersPatienceEndsTheAttemptAtOnce(String seconds) {
        loopback.databricks.answer(form -> asksForPatience(429, seconds));

        FederationException failure = failureFor(
                loopback.builder()
                        .requestTimeout(Duration.ofSeconds(10))
                        .executor(Runnable::run)
                        .build(),
                WEST);

        assertThat(failure.code()).isEqualTo("EXCHANGE_RATE_LIMITED");
        assertThat(loopback.databricks.count()).isEqualTo(1);
        assertThat(loopback.events(TokenEvent.Retried.class)).isEmpty();
    }

    @Test
    void sourceThatAsksForEternalPatienceFailsWithItsOwnReason() {
        loopback.source.then(() -> {
            throw new IdpTokenException(
                    Problem.of(ErrorCode.IDP_RATE_LIMITED, "later").retryAfter(Duration.ofSeconds(Long.MAX_VALUE)));
        });

        FederationException failure = failureFor(loopback.onTheSpot(), WEST);

        assertThat(failure.code()).isEqualTo("IDP_RATE_LIMITED");
        assertThat(loopback.source.count()).isEqualTo(1);
    }

    @Test
    void slowTryIsNotRepeatedWhereTheDeadlineWouldCutItOff() {
        loopback.databricks.answer(form -> {
            loopback.time.advance(Duration.ofSeconds(11));
            return unavailable();
        });

        FederationException failure = failureFor(
                loopback.builder()
                        .requestTimeout(Duration.ofSeconds(10))
                        .executor(Runnable::run)
                        .build(),
                WEST);

        assertThat(failure.code()).isEqualTo("EXCHANGE_UNAVAILABLE");
        assertThat(loopback.databricks.count()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"invalid_scope", "invalid_request", "unsupported_grant_type", "invalid_grant"})
    void terminalRefusalIsNotRepeated(String error) {
        loopback.databricks.answer(form -> new LoopbackTokenEndpoint.Answer(400, "{\"error\":\"" + error + "\"}"));

        failureFor(loopback.onTheSpot(), WEST);

        assertThat(loopback.databricks.count()).isEqualTo(1);
    }

    @Test
    void terminalFailureOfTheSourceIsNotRepeated() {
        loopback.source.then(Loopback.failing(ErrorCode.IDP_CLIENT_REJECTED));

        failureFor(loopback.onTheSpot(), WEST);

        assertThat(loopback.source.count()).isEqualTo(1);
    }

    @Test
    void attemptInterruptedDuringAPauseStopsAndKeepsTheInterrupt() {
        loopback.databricks.answer(form -> unavailable());
        Clocks clocks = loopback.time.clocks();
        DatabricksTokenExchanger exchanger = loopback.builder()
                .clocks(new Clocks(clocks.wall(), clocks.monotonic(), pause -> {
                    throw new InterruptedException();
                }))
                .executor(Runnable::run)
                .build();

        FederationException failure = failureFor(exchanger, WEST);
        boolean interrupted = Thread.interrupted();

        assertThat(failure.code()).isEqualTo("EXCHANGE_UNAVAILABLE");
        assertThat(interrupted).isTrue();
        assertThat(loopback.databricks.count()).isEqualTo(1);
    }

    @Test
    void attemptInterruptedDuringATryStops() {
        AtomicInteger tries = new AtomicInteger();
        loopback.source.then(() -> {
            tries.incrementAndGet();
            Thread.currentThread().interrupt();
            throw new IdpTokenException(Problem.of(ErrorCode.IDP_UNREACHABLE, "interrupted"));
        });

        FederationException failure = failureFor(loopback.onTheSpot(), WEST);
        boolean interrupted = Thread.interrupted();

        assertThat(failure.code()).isEqualTo("IDP_UNREACHABLE");
        assertThat(interrupted).isTrue();
        assertThat(tries).hasValue(1);
    }

    @Test
    void failedAttemptOfOneIsNotRepeatedForAnother() {
        loopback.source.then(Loopback.failing(ErrorCode.IDP_UNREACHABLE));
        DatabricksTokenExchanger exchanger = loopback.onTheSpot();
        failureFor(exchanger, WEST);

        failureFor(exchanger, EAST);

        assertThat(loopback.source.count()).isEqualTo(3);
    }

    @Test
    void pausesAreSpreadFromNothingToAQuarterAndThenToHalfASecond() {
        Retry retry = new Retry(3, Duration.ofSeconds(20), loopback.time.clocks(), new Random(5));
        List<Duration> first = new ArrayList<>();
        List<Duration> second = new ArrayList<>();

        for (int i = 0; i < 500; i++) {
            List<Duration> pauses = pausesOf(retry);
            first.add(pauses.get(0));
            second.add(pauses.get(1));
        }

        assertThat(first).allMatch(pause -> pause.toMillis() <= 250);
        assertThat(first).anyMatch(pause -> pause.toMillis() < 25).anyMatch(pause -> pause.toMillis() > 225);
        assertThat(second).allMatch(pause -> pause.toMillis() <= 500);
        assertThat(second).anyMatch(pause -> pause.toMillis() < 50).anyMatch(pause -> pause.toMillis() > 450);
    }

    private static List<Duration> pausesOf(Retry retry) {
        List<Duration> pauses = new ArrayList<>();
        try {
            retry.call(
                    () -> {
                        throw ScriptedRenewal.outage();
                    },
                    (failure, pause) -> pauses.add(pause));
        } catch (TokenExchangeException e) {
            return pauses;
        }
        throw new AssertionError("an outage does not end by itself");
    }
}
