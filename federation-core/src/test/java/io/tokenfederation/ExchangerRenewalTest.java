// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ExchangerRenewalTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final List<ServicePrincipal> SIX = Stream.generate(UUID::randomUUID)
            .map(ServicePrincipal::new)
            .limit(6)
            .toList();

    private final FakeClocks time = new FakeClocks();
    private LoopbackTokenEndpoint databricks;

    @BeforeEach
    void startDatabricks() throws IOException {
        databricks = new LoopbackTokenEndpoint();
    }

    @AfterEach
    void stopDatabricks() {
        databricks.close();
    }

    /** Scenario S9. */
    @Test
    void sixColdPrincipalsCostOneJwtAndSixExchanges() throws Exception {
        CountingSource source = new CountingSource(time, HOUR);
        DatabricksTokenExchanger exchanger = builder(source).build();
        AtomicInteger next = new AtomicInteger();

        List<DatabricksToken> tokens =
                Crowd.of(64, () -> exchanger.tokenFor(SIX.get(next.getAndIncrement() % SIX.size())));

        assertThat(source.count()).isEqualTo(1);
        assertThat(databricks.sent("client_id"))
                .containsExactlyInAnyOrderElementsOf(
                        SIX.stream().map(ServicePrincipal::toString).toList());
        assertThat(tokens).hasSize(64);
    }

    @Test
    void eachPrincipalGetsItsOwnToken() {
        databricks.answer(form -> LoopbackTokenEndpoint.issued("for-" + form.get("client_id")));
        DatabricksTokenExchanger exchanger = onTheSpot(new CountingSource(time, HOUR));

        for (ServicePrincipal principal : SIX) {
            DatabricksToken token = exchanger.tokenFor(principal);

            assertThat(token.value()).isEqualTo("for-" + principal);
            assertThat(token.servicePrincipal()).contains(principal);
        }
    }

    @Test
    void tokenEndsWithItsJwt() {
        DatabricksTokenExchanger exchanger = onTheSpot(new CountingSource(time, HOUR));

        DatabricksToken token = exchanger.tokenFor(SIX.get(0));

        assertThat(token.expiresAt()).isEqualTo(time.wall().plus(HOUR));
    }

    @Test
    void renewedJwtIsSharedByAllPrincipals() {
        CountingSource source = new CountingSource(time, HOUR);
        DatabricksTokenExchanger exchanger = onTheSpot(source);
        SIX.forEach(exchanger::tokenFor);
        time.advance(Duration.ofMinutes(46));

        SIX.forEach(exchanger::tokenFor);

        assertThat(source.count()).isEqualTo(2);
        assertThat(databricks.count()).isEqualTo(12);
        assertThat(databricks.sent("subject_token").stream().distinct()).hasSize(2);
    }

    @Test
    void principalsNobodyAsksForAreNotRenewed() {
        DatabricksTokenExchanger exchanger = onTheSpot(new CountingSource(time, HOUR));
        SIX.forEach(exchanger::tokenFor);
        String used = SIX.get(0).toString();

        useFor(exchanger.sourceFor(SIX.get(0)), Duration.ofHours(3), SECOND);

        assertThat(databricks.sent("client_id").stream().filter(used::equals)).hasSizeBetween(5, 6);
        assertThat(databricks.sent("client_id").stream().filter(id -> !used.equals(id)))
                .hasSize(5);
    }

    @Test
    void idleExchangerSendsNothing() {
        CountingSource source = new CountingSource(time, HOUR);
        DatabricksTokenExchanger exchanger = onTheSpot(source);
        exchanger.tokenFor(SIX.get(0));

        time.advance(Duration.ofDays(3));
        exchanger.tokenFor(SIX.get(0));

        assertThat(source.count()).isEqualTo(2);
        assertThat(databricks.count()).isEqualTo(2);
    }

    @Test
    void fiveMinuteJwtsServeSixPrincipalsForAnHourWithoutAGap() {
        CountingSource source = new CountingSource(time, Duration.ofMinutes(5));
        DatabricksTokenExchanger exchanger = onTheSpot(source);

        for (int second = 0; second < 3_600; second++) {
            for (ServicePrincipal principal : SIX) {
                assertUsable(exchanger.tokenFor(principal));
            }
            time.advance(SECOND);
        }

        // Each JWT serves 150 to 200 s.
        assertThat(source.count()).isBetween(18, 25);
        assertThat(databricks.count()).isBetween(6 * 18, 6 * 25);
    }

    @Test
    void oneMinuteJwtsServeWithoutAGap() {
        CountingSource source = new CountingSource(time, Duration.ofMinutes(1));
        DatabricksTokenExchanger exchanger = onTheSpot(source);

        useFor(exchanger.sourceFor(SIX.get(0)), Duration.ofMinutes(10), SECOND);

        // Such a JWT serves 15 to 20 s.
        assertThat(source.count()).isBetween(30, 45);
        assertThat(databricks.count()).isEqualTo(source.count());
    }

    /** Served for five seconds, of which callers see none pass without a token. */
    @Test
    void jwtsOfFortyFiveSecondsAreRenewedBeforeCallersMustWait() {
        CountingSource source = new CountingSource(time, Duration.ofSeconds(45));
        DatabricksTokenExchanger exchanger = onTheSpot(source);
        exchanger.tokenFor(SIX.get(0));

        for (int step = 0; step < 600; step++) {
            time.advance(Duration.ofMillis(100));
            assertThat(exchanger.readyTokenFor(SIX.get(0))).isPresent();
        }

        // Each JWT serves 2.2 to 3.8 s.
        assertThat(source.count()).isBetween(16, 28);
    }

    @Test
    void dayLongJwtIsMintedOnceHoweverManyPrincipalsComeLate() {
        CountingSource source = new CountingSource(time, Duration.ofHours(24));
        DatabricksTokenExchanger exchanger = onTheSpot(source);

        for (ServicePrincipal principal : SIX) {
            exchanger.tokenFor(principal);
            time.advance(Duration.ofHours(2));
        }

        assertThat(source.count()).isEqualTo(1);
    }

    @Test
    void shorterLifeSetAtTheProviderDoesNotStopServiceWhenTheLongTokenEnds() {
        CountingSource source = new CountingSource(time, Duration.ofHours(24));
        DatabricksTokenExchanger exchanger = onTheSpot(source);
        exchanger.tokenFor(SIX.get(0));
        source.then(() -> source.issue(Duration.ofMinutes(5)));

        useFor(exchanger.sourceFor(SIX.get(0)), Duration.ofHours(25), Duration.ofMinutes(1));

        assertUsable(exchanger.tokenFor(SIX.get(0)));
    }

    @Test
    void jwtInItsLastSecondsIsRenewedBeforeANewPrincipalGetsAToken() {
        CountingSource source = new CountingSource(time, HOUR);
        DatabricksTokenExchanger exchanger = onTheSpot(source);
        exchanger.tokenFor(SIX.get(0));
        time.advance(HOUR.minusSeconds(60));

        DatabricksToken token = exchanger.tokenFor(SIX.get(1));

        assertThat(token.expiresAt()).isEqualTo(time.wall().plus(HOUR));
    }

    @Test
    void rejectedTokenIsReplacedByOneOfTheSameJwt() {
        CountingSource source = new CountingSource(time, HOUR);
        DatabricksTokenExchanger exchanger = onTheSpot(source);
        DatabricksToken refused = exchanger.tokenFor(SIX.get(0));

        exchanger.rejected(refused);

        assertThat(exchanger.tokenFor(SIX.get(0))).isNotEqualTo(refused);
        assertThat(source.count()).isEqualTo(1);
    }

    @Test
    void rejectionConcernsNoOtherPrincipal() {
        DatabricksTokenExchanger exchanger = onTheSpot(new CountingSource(time, HOUR));
        DatabricksToken refused = exchanger.tokenFor(SIX.get(0));
        DatabricksToken other = exchanger.tokenFor(SIX.get(1));

        exchanger.rejected(refused);
        exchanger.sourceFor(SIX.get(1)).rejected(refused);

        assertThat(exchanger.tokenFor(SIX.get(1))).isEqualTo(other);
    }

    @Test
    void tokenFromElsewhereCanBeRejectedWithoutHarm() {
        DatabricksTokenExchanger exchanger = onTheSpot(new CountingSource(time, HOUR));
        DatabricksToken held = exchanger.tokenFor(SIX.get(0));

        exchanger.rejected(DatabricksToken.of("token-from-elsewhere", Instant.MAX));

        assertThat(exchanger.tokenFor(SIX.get(0))).isEqualTo(held);
    }

    private void useFor(DatabricksTokenSource tokens, Duration how, Duration step) {
        Instant end = time.wall().plus(how);
        while (time.wall().isBefore(end)) {
            assertUsable(tokens.token());
            time.advance(step);
        }
    }

    private void assertUsable(DatabricksToken token) {
        assertThat(token.expiresAt()).isAfter(time.wall().plus(Lifetime.DATABRICKS_MARGIN));
    }

    private DatabricksTokenExchanger onTheSpot(IdpTokenSource source) {
        return builder(source).executor(Runnable::run).build();
    }

    private DatabricksTokenExchangerBuilder builder(IdpTokenSource source) {
        return DatabricksTokenExchanger.builder()
                .workspace(databricks.url())
                .idpTokenSource(source)
                .clocks(time.clocks());
    }
}
