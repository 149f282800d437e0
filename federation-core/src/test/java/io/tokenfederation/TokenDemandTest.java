// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static io.tokenfederation.Loopback.EAST;
import static io.tokenfederation.Loopback.HOUR;
import static io.tokenfederation.Loopback.WEST;
import static io.tokenfederation.Loopback.failureFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TokenDemandTest {
    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);
    private static final Duration FOR_EVER = ChronoUnit.FOREVER.getDuration();

    private final Loopback loopback = new Loopback();

    @AfterEach
    void stop() {
        loopback.close();
    }

    @Test
    void tokenThatLivesLongEnoughIsHandedOut() {
        DatabricksTokenExchanger exchanger = loopback.onTheSpot();
        DatabricksToken held = exchanger.tokenFor(WEST);
        loopback.time.advance(HALF_AN_HOUR);

        DatabricksToken token = exchanger.tokenFor(WEST, TokenDemand.livingFor(HALF_AN_HOUR));

        assertThat(token).isEqualTo(held);
        assertThat(loopback.databricks.count()).isEqualTo(1);
    }

    @Test
    void tokenThatLivesTooShortIsReplacedByOneRenewal() {
        DatabricksTokenExchanger exchanger = loopback.onTheSpot();
        exchanger.tokenFor(WEST);
        loopback.time.advance(HALF_AN_HOUR.plusSeconds(1));

        for (int i = 0; i < 100; i++) {
            DatabricksToken token = exchanger.tokenFor(WEST, TokenDemand.livingFor(HALF_AN_HOUR));
            assertThat(token.expiresAt()).isEqualTo(loopback.time.wall().plus(HOUR));
        }

        assertThat(loopback.source.count()).isEqualTo(2);
        assertThat(loopback.databricks.count()).isEqualTo(2);
    }

    @Test
    void crowdWithTheSameDemandSharesOneRenewal() throws Exception {
        DatabricksTokenExchanger exchanger = loopback.builder().build();
        exchanger.tokenFor(WEST);
        loopback.time.advance(HALF_AN_HOUR.plusSeconds(1));

        List<DatabricksToken> tokens =
                Crowd.of(64, () -> exchanger.tokenFor(WEST, TokenDemand.livingFor(HALF_AN_HOUR)));

        assertThat(tokens).containsOnly(exchanger.tokenFor(WEST));
        assertThat(loopback.source.count()).isEqualTo(2);
        assertThat(loopback.databricks.count()).isEqualTo(2);
    }

    @Test
    void demandForNearlyAWholeLifeIsMetByANewToken() {
        DatabricksTokenExchanger exchanger = loopback.onTheSpot();
        exchanger.tokenFor(WEST);
        loopback.time.advance(Duration.ofMinutes(4));

        DatabricksToken token = exchanger.tokenFor(WEST, TokenDemand.livingFor(Duration.ofMinutes(57)));

        assertThat(token.expiresAt()).isEqualTo(loopback.time.wall().plus(HOUR));
    }

    /** The JWT at hand ends later than the token, and still too soon. */
    @Test
    void jwtThatAnotherPrincipalHasRenewedIsNotTakenWhereItEndsTooSoon() {
        DatabricksTokenExchanger exchanger = loopback.onTheSpot();
        exchanger.tokenFor(WEST);
        loopback.time.advance(Duration.ofMinutes(46));
        exchanger.tokenFor(EAST);
        loopback.time.advance(Duration.ofMinutes(10));

        DatabricksToken token = exchanger.tokenFor(WEST, TokenDemand.livingFor(Duration.ofMinutes(55)));

        assertThat(token.expiresAt()).isEqualTo(loopback.time.wall().plus(HOUR));
    }

    @Test
    void attemptUnderWayForLessIsFollowedByOneForTheDemand() throws InterruptedException {
        AtomicInteger lives = new AtomicInteger(10);
        loopback.source.then(() -> loopback.source.issue(Duration.ofMinutes(lives.getAndAdd(50))));
        BlockingQueue<Runnable> queued = new LinkedBlockingQueue<>();
        DatabricksTokenExchanger exchanger =
                loopback.builder().executor(queued::add).build();
        CompletableFuture<DatabricksToken> less = exchanger.tokenForAsync(WEST);
        CompletableFuture<DatabricksToken> demanded =
                CompletableFuture.supplyAsync(() -> exchanger.tokenFor(WEST, TokenDemand.livingFor(HALF_AN_HOUR)));

        // A JWT and an exchange for the one, and for the other.
        for (int i = 0; i < 4; i++) {
            queued.take().run();
        }

        assertThat(less.join().expiresAt()).isEqualTo(loopback.time.wall().plus(Duration.ofMinutes(10)));
        assertThat(demanded.join().expiresAt()).isEqualTo(loopback.time.wall().plus(HOUR));
    }

    /** Databricks may end a token before its JWT ends; a demand beyond that must not cost an exchange each time. */
    @Test
    void demandBeyondWhatDatabricksIssuesCausesNoStormOfExchanges() {
        DatabricksTokenExchanger exchanger = loopback.onTheSpot();
        loopback.databricks.answer(form -> new LoopbackTokenEndpoint.Answer(
                200, "{\"access_token\":\"short\",\"token_type\":\"Bearer\",\"expires_in\":600}"));

        for (int i = 0; i < 100; i++) {
            refusedDemand(exchanger, HALF_AN_HOUR);
            loopback.time.advance(Duration.ofMillis(100));
        }

        assertThat(loopback.databricks.count()).isEqualTo(2);
    }

    @Test
    void demandNoTokenCanMeetIsNamed() {
        DatabricksTokenExchanger exchanger = loopback.onTheSpot();

        TokenExchangeException failure = refusedDemand(exchanger, HOUR.plusSeconds(1));

        assertThat(failure.code()).isEqualTo("TOKEN_LIFE_TOO_SHORT");
        assertThat(failure.retryable()).isFalse();
    }

    @Test
    void demandNoTokenCanMeetIsNamedEachTimeAndCausesNoStormOfMints() {
        DatabricksTokenExchanger exchanger = loopback.onTheSpot();
        exchanger.tokenFor(WEST);
        List<String> codes = new ArrayList<>();

        for (int i = 0; i < 1_000; i++) {
            codes.add(refusedDemand(exchanger, HOUR.plusSeconds(1)).code());
            loopback.time.advance(Duration.ofMillis(100));
        }

        assertThat(codes).containsOnly("TOKEN_LIFE_TOO_SHORT");
        // 5, 10, 20, 40, then 60 s, each at least halved by jitter.
        assertThat(loopback.source.count()).isBetween(2, 8);
        assertThat(loopback.databricks.count()).isEqualTo(1);
    }

    @Test
    void demandNoTokenCanMeetHarmsNobodyElse() {
        DatabricksTokenExchanger exchanger = loopback.onTheSpot();
        DatabricksToken held = exchanger.tokenFor(WEST);

        refusedDemand(exchanger, HOUR.multipliedBy(2));

        assertThat(exchanger.tokenFor(WEST)).isEqualTo(held);
    }

    @Test
    void demandForEverIsAnsweredLikeAnyOther() {
        TokenExchangeException failure = refusedDemand(loopback.onTheSpot(), FOR_EVER);

        assertThat(failure.code()).isEqualTo("TOKEN_LIFE_TOO_SHORT");
    }

    @Test
    void failureOfTheRenewalIsReportedForWhatItIs() {
        DatabricksTokenExchanger exchanger = loopback.onTheSpot();
        exchanger.tokenFor(WEST);
        loopback.time.advance(HALF_AN_HOUR);
        loopback.source.then(Loopback.failing(ErrorCode.IDP_CLIENT_REJECTED));

        IdpTokenException failure = catchThrowableOfType(
                IdpTokenException.class,
                () -> exchanger.tokenFor(WEST, TokenDemand.livingFor(HALF_AN_HOUR.plusSeconds(1))));

        assertThat(failure.code()).isEqualTo("IDP_CLIENT_REJECTED");
    }

    @Test
    void callerWhoWaitsNoLongerHarmsNobodyElse() {
        List<Runnable> queued = new ArrayList<>();
        DatabricksTokenExchanger exchanger =
                loopback.builder().executor(queued::add).build();

        TokenExchangeException gaveUp = catchThrowableOfType(
                TokenExchangeException.class, () -> exchanger.tokenFor(WEST, TokenDemand.readyWithin(Duration.ZERO)));
        while (!queued.isEmpty()) {
            queued.remove(0).run();
        }

        assertThat(gaveUp.code()).isEqualTo("TOKEN_WAIT_TIMED_OUT");
        assertThat(exchanger.readyTokenFor(WEST)).isPresent();
    }

    @Test
    void tokenThatIsThereIsReadyWithinNoTime() {
        DatabricksTokenExchanger exchanger = loopback.onTheSpot();
        DatabricksToken held = exchanger.tokenFor(WEST);

        DatabricksToken token = exchanger.tokenFor(WEST, TokenDemand.readyWithin(Duration.ZERO));

        assertThat(token).isEqualTo(held);
    }

    @Test
    void callerMayWaitForEver() {
        DatabricksTokenExchanger exchanger = loopback.builder().build();

        DatabricksToken token = exchanger.tokenFor(WEST, TokenDemand.readyWithin(FOR_EVER));

        assertThat(token.servicePrincipal()).contains(WEST);
    }

    @Test
    void demandThatIsMetByNoUsableTokenFailsAsAnyCallDoes() {
        loopback.source.then(Loopback.failing(ErrorCode.IDP_CLIENT_REJECTED));
        DatabricksTokenExchanger exchanger = loopback.onTheSpot();

        assertThat(failureFor(exchanger, WEST).code()).isEqualTo("IDP_CLIENT_REJECTED");
    }

    @Test
    void timesAreNotNegative() {
        Duration negative = Duration.ofSeconds(-1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenDemand.livingFor(negative))
                .withMessageContaining("remaining");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenDemand.readyWithin(negative))
                .withMessageContaining("within");
        assertThat(TokenDemand.livingFor(HOUR).within(Duration.ZERO))
                .isEqualTo(new TokenDemand(HOUR, Optional.of(Duration.ZERO)));
    }

    private static TokenExchangeException refusedDemand(DatabricksTokenExchanger exchanger, Duration remaining) {
        TokenExchangeException failure = catchThrowableOfType(
                TokenExchangeException.class, () -> exchanger.tokenFor(WEST, TokenDemand.livingFor(remaining)));
        assertThat(failure).isNotNull();
        return failure;
    }
}
