// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static io.tokenfederation.Loopback.HOUR;
import static io.tokenfederation.Loopback.WEST;
import static io.tokenfederation.Loopback.failureFor;
import static io.tokenfederation.LoopbackTokenEndpoint.issued;
import static io.tokenfederation.LoopbackTokenEndpoint.unavailable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The situations in which token caches fail, one by one, through the exchanger. Some have a test of their own elsewhere:
 *
 * <ul>
 *   <li>S8, a source that is stuck: {@link StuckSourceTest#noExchangeIsSentThatCannotHelp}
 *   <li>S9, six cold principals: {@link ExchangerRenewalTest#sixColdPrincipalsCostOneJwtAndSixExchanges}
 *   <li>S11, an endpoint that asks for patience: {@link EndpointHealthTest#noCallIsMadeForAsLongAsTheEndpointAsked}
 *   <li>S12, a body that stalls: {@code HttpTransportTest}, and {@link
 *       StuckSourceTest#sourceThatBlocksIsInterruptedAndTheWaitersAreReleased}
 *   <li>S14, random users: {@link UserTokensTest#hundredThousandUsersLeaveTenThousandAndEachOneForgottenIsTold}
 *   <li>S15, a store shared by a fleet: there is none
 *   <li>S17, secrets: {@link PrintedSecretsTest}, {@code EchoedSecretsTest}, {@link TokenEventsTest#noEventShowsAToken}
 * </ul>
 */
final class TokenEngineScenariosTest {
    private final Loopback loopback = new Loopback();
    private final CountDownLatch answerNow = new CountDownLatch(1);

    @AfterEach
    void stop() {
        answerNow.countDown();
        loopback.close();
    }

    @Test
    void s01AStampedeOnAColdPrincipalIsOneExchange() throws Exception {
        DatabricksTokenExchanger exchanger = loopback.builder().build();

        List<DatabricksToken> tokens = Crowd.of(256, () -> exchanger.tokenFor(WEST));

        assertThat(tokens).containsOnly(exchanger.tokenFor(WEST));
        assertThat(loopback.source.count()).isEqualTo(1);
        assertThat(loopback.databricks.count()).isEqualTo(1);
    }

    @Test
    void s02AFailureIsSharedByTwentyAndThenRemembered() throws Exception {
        DatabricksTokenExchanger exchanger = loopback.builder().build();
        loopback.source.then(Loopback.failing(ErrorCode.IDP_CLIENT_REJECTED));

        List<FederationException> failures = Crowd.of(20, () -> failureFor(exchanger, WEST));
        failures.add(failureFor(exchanger, WEST));

        assertThat(failures).extracting(FederationException::code).containsOnly("IDP_CLIENT_REJECTED");
        assertThat(loopback.source.count()).isEqualTo(1);
        assertThat(loopback.databricks.count()).isZero();
    }

    @Test
    void s03ADueTokenIsServedToAllWhileOneRenewalRuns() throws Exception {
        DatabricksTokenExchanger exchanger = loopback.builder().build();
        DatabricksToken first = exchanger.tokenFor(WEST);
        loopback.time.advance(Loopback.DUE);
        loopback.source.then(this::afterTheTestSaysSo);

        List<DatabricksToken> served = Crowd.of(64, () -> exchanger.tokenFor(WEST));

        assertThat(served).containsOnly(first);
        assertThat(loopback.events(TokenEvent.AttemptStarted.class)).hasSize(4);
    }

    @Test
    void s04AFailingProviderIsAskedAFewTimesWhileTheTokenServes() {
        DatabricksTokenExchanger exchanger = loopback.onTheSpot();
        DatabricksToken first = exchanger.tokenFor(WEST);
        loopback.time.advance(Loopback.DUE);
        loopback.source.then(Loopback.failing(ErrorCode.IDP_UNREACHABLE));

        for (int i = 0; i < 2_000; i++) {
            assertThat(exchanger.tokenFor(WEST)).isEqualTo(first);
            loopback.time.advance(Duration.ofMillis(1));
        }

        assertThat(loopback.source.count()).isLessThanOrEqualTo(1 + 3);
        assertThat(loopback.databricks.count()).isEqualTo(1);
    }

    @Test
    void s05ATokenThatEndedIsRenewedOnceForAll() throws Exception {
        DatabricksTokenExchanger exchanger = loopback.builder().build();
        DatabricksToken ended = exchanger.tokenFor(WEST);
        loopback.time.advance(HOUR);

        List<DatabricksToken> tokens = Crowd.of(64, () -> exchanger.tokenFor(WEST));

        assertThat(tokens).hasSize(64).doesNotContain(ended);
        assertThat(loopback.source.count()).isEqualTo(2);
        assertThat(loopback.databricks.count()).isEqualTo(2);
    }

    @Test
    void s06InterruptingTheFirstCallerLeavesTheOthersUnharmed() throws Exception {
        DatabricksTokenExchanger exchanger = loopback.builder().build();
        loopback.source.then(this::afterTheTestSaysSo);
        CompletableFuture<FederationException> gaveUp = new CompletableFuture<>();
        Thread first = new Thread(() -> gaveUp.complete(failureFor(exchanger, WEST)));
        first.start();
        CompletableFuture<DatabricksToken> follower = exchanger.tokenForAsync(WEST);

        first.interrupt();
        first.join();
        answerNow.countDown();

        assertThat(gaveUp.join().code()).isEqualTo("TOKEN_WAIT_INTERRUPTED");
        assertThat(follower.join().servicePrincipal()).contains(WEST);
        assertThat(loopback.source.count()).isEqualTo(1);
        assertThat(loopback.databricks.count()).isEqualTo(1);
    }

    @Test
    void s07AnExecutorThatRefusesIsAnErrorNowAndTheNextCallWorks() {
        AtomicBoolean full = new AtomicBoolean(true);
        DatabricksTokenExchanger exchanger = loopback.builder()
                .executor(work -> {
                    if (full.getAndSet(false)) {
                        throw new RejectedExecutionException("full");
                    }
                    work.run();
                })
                .build();
        FederationException failure = failureFor(exchanger, WEST);
        loopback.time.advance(failure.retryAfter().orElse(Loopback.SECOND.multipliedBy(2)));

        DatabricksToken token = exchanger.tokenFor(WEST);

        assertThat(failure.code()).isEqualTo("EXECUTOR_REJECTED");
        assertThat(token.servicePrincipal()).contains(WEST);
    }

    @Test
    void s10AThousandSimultaneousRejectionsAreOneRenewal() throws Exception {
        DatabricksTokenExchanger exchanger = loopback.builder().build();
        DatabricksToken refused = exchanger.tokenFor(WEST);

        List<DatabricksToken> next = Crowd.of(100, () -> {
            for (int i = 0; i < 10; i++) {
                exchanger.rejected(refused);
            }
            return exchanger.tokenFor(WEST);
        });

        assertThat(next).hasSize(100).doesNotContain(refused);
        assertThat(loopback.databricks.count()).isEqualTo(2);
        assertThat(loopback.source.count()).isEqualTo(1);
    }

    /** The wall clock is set ten minutes back or forth, or the machine sleeps, when its monotonic clock stands still. */
    @ParameterizedTest
    @ValueSource(strings = {"PT-10M", "PT10M", "PT8H"})
    void s13AClockThatJumpsNeverMakesADeadTokenServe(Duration jump) {
        DatabricksTokenExchanger exchanger = loopback.onTheSpot();
        DatabricksToken first = exchanger.tokenFor(WEST);
        loopback.time.advanceWall(jump);

        for (int second = 0; second < 3_560; second++) {
            loopback.time.advance(Loopback.SECOND);
            DatabricksToken token = exchanger.tokenFor(WEST);
            assertThat(token.expiresAt()).isAfter(loopback.time.wall().plus(Lifetime.DATABRICKS_MARGIN));
        }

        assertThat(exchanger.tokenFor(WEST)).isNotEqualTo(first);
        assertThat(loopback.source.count()).isBetween(2, 3);
    }

    /** 500 processes are started in the same second, and each asks for JWTs of an hour for a day. */
    @Test
    void s16AFleetStartedTogetherDoesNotStayTogether() {
        int peak = peakAfterTheStart(HOUR);

        assertThat(peak).isLessThanOrEqualTo(10);
    }

    /** Five minutes leave 39 s to spread 500 in. */
    @Test
    void s16AFleetWithShortTokensIsSpreadToo() {
        int peak = peakAfterTheStart(Duration.ofMinutes(5));

        assertThat(peak).isLessThanOrEqualTo(40);
    }

    private static int peakAfterTheStart(Duration life) {
        Random random = new Random(16);
        FakeClocks time = new FakeClocks();
        int[] perSecond = new int[(int) Duration.ofDays(1).toSeconds()];
        for (int process = 0; process < 500; process++) {
            long now = 0;
            while (now < Duration.ofDays(1).toNanos()) {
                perSecond[(int) Duration.ofNanos(now).toSeconds()]++;
                Clocks.Moment asked = new Clocks.Moment(time.wall(), now);
                now = Lifetime.of(asked, time.wall().plus(life), Lifetime.DATABRICKS_MARGIN, random)
                        .refreshAt();
            }
        }
        return IntStream.of(perSecond).skip(1).max().orElseThrow();
    }

    @Test
    void s18TenThousandWaitersOnOneColdPrincipalEndTogether() throws Exception {
        DatabricksTokenExchanger exchanger = loopback.builder().build();
        loopback.source.then(this::afterTheTestSaysSo);
        List<CompletableFuture<DatabricksToken>> waiting = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            waiting.add(exchanger.tokenForAsync(WEST));
        }

        List<DatabricksToken> blocked = Crowd.of(200, () -> {
            answerNow.countDown();
            return exchanger.tokenFor(WEST);
        });

        DatabricksToken token = exchanger.tokenFor(WEST);
        assertThat(blocked).containsOnly(token);
        assertThat(waiting).allMatch(call -> call.join().equals(token));
        assertThat(loopback.source.count()).isEqualTo(1);
        assertThat(loopback.databricks.count()).isEqualTo(1);
    }

    @Test
    void s18TenThousandVirtualThreadsOnOneColdPrincipalEndTogether() throws Exception {
        DatabricksTokenExchanger exchanger = loopback.builder().build();
        AtomicInteger got = new AtomicInteger();
        CountDownLatch ended = new CountDownLatch(VirtualThreads.available() ? 10_000 : 0);

        for (long i = ended.getCount(); i > 0; i--) {
            VirtualThreads.start(() -> {
                exchanger.tokenFor(WEST);
                got.incrementAndGet();
                ended.countDown();
            });
        }
        ended.await();

        assertThat(got).hasValue(VirtualThreads.available() ? 10_000 : 0);
        assertThat(loopback.source.count()).isLessThanOrEqualTo(1);
    }

    @Test
    void outageOfTheLastQuarterCostsAHandfulOfAttemptsAndNoCall() {
        DatabricksTokenExchanger exchanger = loopback.onTheSpot();
        DatabricksToken first = exchanger.tokenFor(WEST);
        loopback.time.advance(Loopback.DUE);
        loopback.databricks.answer(form -> unavailable());

        for (int second = 0; second < 790; second++) {
            assertThat(exchanger.tokenFor(WEST)).isEqualTo(first);
            loopback.time.advance(Loopback.SECOND);
        }
        loopback.databricks.answer(form -> issued("back"));
        loopback.time.advance(Duration.ofMinutes(2));

        assertThat(catchThrowableOfType(FederationException.class, () -> exchanger.tokenFor(WEST)))
                .isNull();
        assertThat(loopback.databricks.count()).isLessThan(40);
        assertThat(loopback.source.count()).isLessThanOrEqualTo(3);
    }

    private IdpToken afterTheTestSaysSo() {
        try {
            answerNow.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return loopback.userJwt();
    }
}
