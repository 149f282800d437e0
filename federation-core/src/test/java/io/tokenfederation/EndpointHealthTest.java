// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static io.tokenfederation.Loopback.EAST;
import static io.tokenfederation.Loopback.NORTH;
import static io.tokenfederation.Loopback.WEST;
import static io.tokenfederation.Loopback.failureFor;
import static io.tokenfederation.LoopbackTokenEndpoint.asksForPatience;
import static io.tokenfederation.LoopbackTokenEndpoint.issued;
import static io.tokenfederation.LoopbackTokenEndpoint.refusesTheJwt;
import static io.tokenfederation.LoopbackTokenEndpoint.unavailable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one principal's exchange learns of the endpoint, the others need not find out. */
final class EndpointHealthTest {
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Loopback loopback = new Loopback();
    private final DatabricksTokenExchanger exchanger = loopback.onTheSpot();

    @AfterEach
    void stop() {
        loopback.close();
    }

    @Test
    void outageSeenByOneStopsTheRenewalsOfTheOthers() {
        DatabricksToken east = bothDueInAnOutageThatWestHasSeen();

        DatabricksToken served = exchanger.tokenFor(EAST);

        assertThat(served).isEqualTo(east);
        assertThat(loopback.databricks.count()).isEqualTo(3);
    }

    @Test
    void renewalsGoOnAfterAPause() {
        DatabricksToken east = bothDueInAnOutageThatWestHasSeen();
        loopback.databricks.answer(form -> issued("renewed"));
        loopback.time.advance(LONGEST_PAUSE);

        DatabricksToken served = exchanger.tokenFor(EAST);

        assertThat(served).isNotEqualTo(east);
    }

    @Test
    void callerWithoutATokenAsksAllTheSame() {
        bothDueInAnOutageThatWestHasSeen();
        loopback.databricks.answer(form -> issued("north"));

        DatabricksToken token = exchanger.tokenFor(NORTH);

        assertThat(token.value()).isEqualTo("north");
    }

    @Test
    void successClearsTheOutageForAll() {
        DatabricksToken east = bothDueInAnOutageThatWestHasSeen();
        loopback.databricks.answer(form -> issued("works"));
        exchanger.tokenFor(NORTH);

        DatabricksToken renewed = exchanger.tokenFor(EAST);

        assertThat(renewed).isNotEqualTo(east);
    }

    @Test
    void refusalIsAnAnswerTooAndClearsTheOutage() {
        bothDueInAnOutageThatWestHasSeen();
        loopback.databricks.answer(form -> refusesTheJwt());
        failureFor(exchanger, NORTH);
        loopback.databricks.answer(form -> issued("works"));

        DatabricksToken renewed = exchanger.tokenFor(EAST);

        assertThat(renewed.value()).isEqualTo("works");
    }

    @Test
    void failureOfTheIdentityProviderIsNoOutageOfDatabricks() {
        exchanger.tokenFor(WEST);
        loopback.time.advance(Loopback.DUE);
        loopback.source.then(Loopback.failing(ErrorCode.IDP_UNREACHABLE));
        exchanger.tokenFor(WEST);

        DatabricksToken token = exchanger.tokenFor(EAST);

        assertThat(token.servicePrincipal()).contains(EAST);
    }

    @Test
    void endpointThatAsksForPatienceIsLeftAloneByAll() {
        loopback.databricks.answer(form -> asksForPatience(429, "60"));
        failureFor(exchanger, WEST);
        loopback.time.advance(Duration.ofSeconds(59));

        FederationException principal = failureFor(exchanger, EAST);
        FederationException user =
                catchThrowableOfType(FederationException.class, () -> exchanger.tokenForUser(loopback.userJwt()));

        assertThat(List.of(principal, user)).allSatisfy(failure -> {
            assertThat(failure.code()).isEqualTo("EXCHANGE_RATE_LIMITED");
            assertThat(failure.retryAfter()).contains(Duration.ofSeconds(1));
        });
        assertThat(loopback.databricks.count()).isEqualTo(1);
    }

    @Test
    void patienceEndsWhenTheEndpointSaid() {
        loopback.databricks.answer(form -> asksForPatience(429, "60"));
        failureFor(exchanger, WEST);
        loopback.databricks.answer(form -> issued("works"));
        loopback.time.advance(Duration.ofSeconds(60));

        DatabricksToken token = exchanger.tokenFor(EAST);

        assertThat(token.value()).isEqualTo("works");
    }

    /** Scenario S11: while the token is usable, nothing is sent for as long as the endpoint asked. */
    @Test
    void noCallIsMadeForAsLongAsTheEndpointAsked() {
        DatabricksToken first = exchanger.tokenFor(WEST);
        loopback.time.advance(Loopback.DUE);
        loopback.databricks.answer(form -> asksForPatience(429, "60"));
        exchanger.tokenFor(WEST);

        for (int second = 0; second < 59; second++) {
            loopback.time.advance(Loopback.SECOND);
            assertThat(exchanger.tokenFor(WEST)).isEqualTo(first);
        }

        assertThat(loopback.databricks.count()).isEqualTo(2);
    }

    @Test
    void patienceWithoutEndEndsAfterTenMinutes() {
        loopback.databricks.answer(form -> asksForPatience(429, "999999999999"));
        failureFor(exchanger, WEST);
        loopback.databricks.answer(form -> issued("works"));
        loopback.time.advance(Duration.ofMinutes(10));

        DatabricksToken token = exchanger.tokenFor(EAST);

        assertThat(token.value()).isEqualTo("works");
    }

    @Test
    void hundredPrincipalsInAnOutageAskAsIfTheyWereOne() {
        List<ServicePrincipal> hundred = Stream.generate(UUID::randomUUID)
                .map(ServicePrincipal::new)
                .limit(100)
                .toList();
        hundred.forEach(exchanger::tokenFor);
        loopback.time.advance(Loopback.DUE);
        loopback.databricks.answer(form -> unavailable());

        for (int second = 0; second < 300; second++) {
            hundred.forEach(exchanger::tokenFor);
            loopback.time.advance(Loopback.SECOND);
        }

        // One each 2.5 to 5 s, and no principal more often than its own waits allow.
        assertThat(loopback.databricks.count() - 100).isBetween(5, 120);
    }

    /** {@return the token EAST has; three requests were sent} */
    private DatabricksToken bothDueInAnOutageThatWestHasSeen() {
        exchanger.tokenFor(WEST);
        DatabricksToken east = exchanger.tokenFor(EAST);
        loopback.time.advance(Loopback.DUE);
        loopback.databricks.answer(form -> unavailable());
        exchanger.tokenFor(WEST);
        return east;
    }
}
