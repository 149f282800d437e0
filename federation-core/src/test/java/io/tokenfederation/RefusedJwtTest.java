// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static io.tokenfederation.Loopback.EAST;
import static io.tokenfederation.Loopback.NORTH;
import static io.tokenfederation.Loopback.SECOND;
import static io.tokenfederation.Loopback.WEST;
import static io.tokenfederation.Loopback.failureFor;
import static io.tokenfederation.LoopbackTokenEndpoint.issued;
import static io.tokenfederation.LoopbackTokenEndpoint.refusesTheJwt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Databricks says {@code invalid_grant}: of a JWT that was kept that may be the JWT's fault, of a new one it is not. */
final class RefusedJwtTest {
    private final Loopback loopback = new Loopback();

    @AfterEach
    void stop() {
        loopback.close();
    }

    @Test
    void keptJwtIsReplacedByExactlyOneNewOne() {
        DatabricksTokenExchanger exchanger = withAKeptJwtThatIsRefusedFromNowOn();

        DatabricksToken token = exchanger.tokenFor(EAST);

        assertThat(token.servicePrincipal()).contains(EAST);
        assertThat(loopback.source.count()).isEqualTo(2);
        assertThat(loopback.databricks.count()).isEqualTo(3);
    }

    @Test
    void replacementServesTheOthersToo() {
        DatabricksTokenExchanger exchanger = withAKeptJwtThatIsRefusedFromNowOn();
        exchanger.tokenFor(EAST);

        exchanger.tokenFor(NORTH);

        assertThat(loopback.source.count()).isEqualTo(2);
        assertThat(loopback.databricks.count()).isEqualTo(4);
    }

    @Test
    void crowdThatIsRefusedTheKeptJwtCostsOneNewJwt() throws Exception {
        List<ServicePrincipal> twenty = principals(20);
        DatabricksTokenExchanger exchanger = loopback.builder().build();
        exchanger.tokenFor(WEST);
        String kept = loopback.databricks.sent("subject_token").get(0);
        loopback.databricks.answer(form -> kept.equals(form.get("subject_token")) ? refusesTheJwt() : issued("new"));

        List<DatabricksToken> tokens = Crowd.of(
                20,
                () -> exchanger.tokenFor(
                        twenty.get((int) (Thread.currentThread().getId() % 20))));

        assertThat(tokens).hasSize(20);
        assertThat(loopback.source.count()).isEqualTo(2);
    }

    @Test
    void newJwtThatIsRefusedIsNotReplaced() {
        loopback.databricks.answer(form -> refusesTheJwt());

        FederationException failure = failureFor(loopback.onTheSpot(), WEST);

        assertThat(failure.code()).isEqualTo("NO_FEDERATION_POLICY");
        assertThat(loopback.source.count()).isEqualTo(1);
        assertThat(loopback.databricks.count()).isEqualTo(1);
    }

    @Test
    void replacementThatIsRefusedTooIsTheEnd() {
        DatabricksTokenExchanger exchanger = loopback.onTheSpot();
        exchanger.tokenFor(WEST);
        loopback.databricks.answer(form -> refusesTheJwt());

        FederationException failure = failureFor(exchanger, EAST);

        assertThat(failure.code()).isEqualTo("NO_FEDERATION_POLICY");
        assertThat(loopback.source.count()).isEqualTo(2);
        assertThat(loopback.databricks.count()).isEqualTo(3);
    }

    @Test
    void refusalIsReportedWhereNoReplacementIsToBeHad() {
        DatabricksTokenExchanger exchanger = withAKeptJwtThatIsRefusedFromNowOn();
        loopback.source.then(Loopback.failing(ErrorCode.IDP_CLIENT_REJECTED));

        FederationException failure = failureFor(exchanger, EAST);

        assertThat(failure).isInstanceOf(TokenExchangeException.class);
        assertThat(failure.code()).isEqualTo("NO_FEDERATION_POLICY");
        assertThat(loopback.databricks.count()).isEqualTo(2);
    }

    /** The policy of one principal is wrong, and nothing is wrong with the JWT. */
    @Test
    void keptJwtServesColdPrincipalsWhileNoReplacementIsToBeHad() {
        DatabricksTokenExchanger exchanger = refusing(List.of(EAST));
        exchanger.tokenFor(WEST);
        loopback.source.then(Loopback.failing(ErrorCode.IDP_UNAVAILABLE));
        failureFor(exchanger, EAST);

        DatabricksToken cold = exchanger.tokenFor(NORTH);

        assertThat(cold.servicePrincipal()).contains(NORTH);
        assertThat(loopback.databricks.sent("subject_token").stream().distinct())
                .hasSize(1);
    }

    @Test
    void replacementIsSoughtAgainAfterTheOutage() {
        DatabricksTokenExchanger exchanger = withAKeptJwtThatIsRefusedFromNowOn();
        loopback.source.then(Loopback.failing(ErrorCode.IDP_UNAVAILABLE));
        failureFor(exchanger, EAST);
        loopback.source.then(() -> loopback.source.issue(Loopback.HOUR));
        loopback.time.advance(Duration.ofMinutes(2));

        DatabricksToken token = exchanger.tokenFor(EAST);

        assertThat(token.servicePrincipal()).contains(EAST);
    }

    @Test
    void identityProviderIsNotHammeredWhileNoReplacementIsToBeHad() {
        List<ServicePrincipal> fifty = principals(50);
        DatabricksTokenExchanger exchanger = refusing(fifty);
        exchanger.tokenFor(WEST);
        loopback.source.then(Loopback.failing(ErrorCode.IDP_UNAVAILABLE));

        for (int second = 0; second < 300; second++) {
            failureFor(exchanger, fifty.get(second % 50));
            loopback.time.advance(SECOND);
        }

        // Three tries each after 2.5 to 5, 5 to 10, 10 to 20, 20 to 40, then 30 to 60 s.
        assertThat(loopback.source.count()).isBetween(3, 1 + 3 * 14);
    }

    @Test
    void sourceThatGivesTheRefusedJwtAgainCausesNoSecondExchangeOfIt() {
        IdpToken only = loopback.userJwt();
        loopback.source.then(() -> IdpToken.parse(only.value()));
        DatabricksTokenExchanger exchanger = loopback.onTheSpot();
        exchanger.tokenFor(WEST);
        loopback.databricks.answer(form -> refusesTheJwt());

        FederationException failure = failureFor(exchanger, EAST);

        assertThat(failure.code()).isEqualTo("NO_FEDERATION_POLICY");
        assertThat(loopback.databricks.count()).isEqualTo(2);
    }

    @Test
    void oneMisconfiguredPrincipalDoesNotMintPerCall() {
        DatabricksTokenExchanger exchanger = refusing(List.of(EAST));

        for (int second = 0; second < 1_000; second++) {
            failureFor(exchanger, EAST);
            loopback.time.advance(SECOND);
        }

        assertThat(loopback.source.count()).isBetween(2, 7);
    }

    @Test
    void manyMisconfiguredPrincipalsDoNotMintPerPrincipal() {
        List<ServicePrincipal> fifty = principals(50);
        DatabricksTokenExchanger exchanger = refusing(fifty);

        for (int call = 0; call < 200; call++) {
            failureFor(exchanger, fifty.get(call % 50));
            loopback.time.advance(Duration.ofSeconds(5));
        }

        // After 0, 30, 90, 210, 450 and 930 s.
        assertThat(loopback.source.count()).isBetween(2, 8);
    }

    @Test
    void otherPrincipalsAreServedWhileOneIsRefused() {
        DatabricksTokenExchanger exchanger = refusing(List.of(EAST));
        DatabricksToken before = exchanger.tokenFor(WEST);

        failureFor(exchanger, EAST);

        assertThat(exchanger.tokenFor(WEST)).isEqualTo(before);
        assertThat(exchanger.tokenFor(NORTH).servicePrincipal()).contains(NORTH);
    }

    @Test
    void refusalForAnotherReasonMintsNothing() {
        DatabricksTokenExchanger exchanger = loopback.onTheSpot();
        exchanger.tokenFor(WEST);
        loopback.databricks.answer(form -> new LoopbackTokenEndpoint.Answer(400, "{\"error\":\"invalid_scope\"}"));

        failureFor(exchanger, EAST);

        assertThat(loopback.source.count()).isEqualTo(1);
        assertThat(loopback.databricks.count()).isEqualTo(2);
    }

    @Test
    void refusedJwtOfAUserIsNotReplacedByTheApplications() {
        DatabricksTokenExchanger exchanger = loopback.onTheSpot();
        exchanger.tokenFor(WEST);
        loopback.databricks.answer(form -> refusesTheJwt());

        assertThatExceptionOfType(TokenExchangeException.class)
                .isThrownBy(() -> exchanger.tokenForUser(loopback.userJwt()));

        assertThat(loopback.source.count()).isEqualTo(1);
        assertThat(loopback.databricks.count()).isEqualTo(2);
    }

    private DatabricksTokenExchanger withAKeptJwtThatIsRefusedFromNowOn() {
        DatabricksTokenExchanger exchanger = loopback.onTheSpot();
        exchanger.tokenFor(WEST);
        String kept = loopback.databricks.sent("subject_token").get(0);
        loopback.databricks.answer(form -> kept.equals(form.get("subject_token"))
                ? refusesTheJwt()
                : issued("token-" + loopback.databricks.count()));
        return exchanger;
    }

    private DatabricksTokenExchanger refusing(List<ServicePrincipal> unlucky) {
        List<String> ids = unlucky.stream().map(ServicePrincipal::toString).toList();
        loopback.databricks.answer(form ->
                ids.contains(form.get("client_id")) ? refusesTheJwt() : issued("token-" + loopback.databricks.count()));
        DatabricksTokenExchanger exchanger = loopback.onTheSpot();
        exchanger.tokenFor(WEST);
        return exchanger;
    }

    private static List<ServicePrincipal> principals(int count) {
        return Stream.generate(UUID::randomUUID)
                .map(ServicePrincipal::new)
                .limit(count)
                .toList();
    }
}
