// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static io.tokenfederation.Loopback.EAST;
import static io.tokenfederation.Loopback.WEST;
import static io.tokenfederation.LoopbackTokenEndpoint.unavailable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that overlap with what another one learns of the endpoint. */
final class EndpointProbeTest {
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Loopback loopback = new Loopback();

    @AfterEach
    void stop() {
        loopback.close();
    }

    @Test
    void oneCallAtATimeFindsOutWhetherThePauseWasLongEnough() {
        EndpointHealth health = healthAfterTrouble(unavailableFailure());
        loopback.time.advance(LONGEST_PAUSE);
        AtomicInteger calls = new AtomicInteger();

        health.watch(
                () -> {
                    for (int i = 0; i < 20; i++) {
                        assertThatExceptionOfType(TokenExchangeException.class)
                                .isThrownBy(() -> health.watch(calls::incrementAndGet, false));
                    }
                    return calls.incrementAndGet();
                },
                false);

        assertThat(calls).hasValue(1);
        assertThat(health.watch(calls::incrementAndGet, false)).isEqualTo(2);
    }

    @Test
    void callersWithoutATokenDoNotWaitForThatCall() {
        EndpointHealth health = healthAfterTrouble(unavailableFailure());
        loopback.time.advance(LONGEST_PAUSE);

        String answer = health.watch(() -> health.watch(() -> "waited for", true), false);

        assertThat(answer).isEqualTo("waited for");
    }

    @Test
    void callThatDiesOfSomethingElseLetsTheNextOneTry() {
        EndpointHealth health = healthAfterTrouble(unavailableFailure());
        loopback.time.advance(LONGEST_PAUSE);
        Error broken = new LinkageError("as the test says");
        Throwable died = catchThrowable(() -> health.watch(
                () -> {
                    throw broken;
                },
                false));

        String answer = health.watch(() -> "tried", false);

        assertThat(died).isSameAs(broken);
        assertThat(answer).isEqualTo("tried");
    }

    @Test
    void callThatBeganBeforeTheEndpointAskedForPatienceDoesNotEndItByItsSuccess() {
        EndpointHealth health = new EndpointHealth(loopback.time.clocks(), new Random(5));

        health.watch(() -> trouble(health, patience(60)), true);

        loopback.time.advance(Duration.ofSeconds(59));
        assertThatExceptionOfType(TokenExchangeException.class)
                .isThrownBy(() -> health.requireWorthAsking(true))
                .satisfies(asked -> assertThat(asked.retryAfter()).contains(Loopback.SECOND));
    }

    @Test
    void callThatBeganBeforeDoesNotShortenThatTimeByItsFailure() {
        EndpointHealth health = new EndpointHealth(loopback.time.clocks(), new Random(5));
        Throwable late = catchThrowable(() -> health.watch(
                () -> {
                    trouble(health, patience(60));
                    throw unavailableFailure();
                },
                true));

        loopback.time.advance(Duration.ofSeconds(59));

        assertThat(late).hasMessageContaining("EXCHANGE_UNAVAILABLE");
        assertThatExceptionOfType(TokenExchangeException.class).isThrownBy(() -> health.requireWorthAsking(true));
    }

    @Test
    void renewalThatHasWaitedForAThreadDoesNotAskAnEndpointThatFailedMeanwhile() {
        List<Runnable> queued = new ArrayList<>();
        DatabricksTokenExchanger slow = loopback.builder().executor(queued::add).build();
        CompletableFuture<?> first = CompletableFuture.allOf(slow.tokenForAsync(WEST), slow.tokenForAsync(EAST));
        runAll(queued);
        assertThat(first).isCompleted();
        loopback.time.advance(Loopback.DUE);
        loopback.databricks.answer(form -> unavailable());

        List.of(WEST, EAST).forEach(slow::tokenFor);
        runAll(queued);

        assertThat(loopback.databricks.count()).isEqualTo(3);
    }

    private static void runAll(List<Runnable> queued) {
        while (!queued.isEmpty()) {
            queued.remove(0).run();
        }
    }

    private EndpointHealth healthAfterTrouble(TokenExchangeException failure) {
        EndpointHealth health = new EndpointHealth(loopback.time.clocks(), new Random(5));
        trouble(health, failure);
        return health;
    }

    private static String trouble(EndpointHealth health, TokenExchangeException failure) {
        Throwable thrown = catchThrowable(() -> health.watch(
                () -> {
                    throw failure;
                },
                true));
        return thrown == failure ? "failed as it should" : String.valueOf(thrown);
    }

    private static TokenExchangeException unavailableFailure() {
        return new TokenExchangeException(Problem.of(ErrorCode.EXCHANGE_UNAVAILABLE, "down"));
    }

    private static TokenExchangeException patience(int seconds) {
        return new TokenExchangeException(
                Problem.of(ErrorCode.EXCHANGE_RATE_LIMITED, "too many").retryAfter(Duration.ofSeconds(seconds)));
    }
}
