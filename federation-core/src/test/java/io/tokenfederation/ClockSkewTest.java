// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static io.tokenfederation.Loopback.EAST;
import static io.tokenfederation.Loopback.HOUR;
import static io.tokenfederation.Loopback.WEST;
import static io.tokenfederation.Loopback.failureFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.internal.HttpTransport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The endpoint's clock is the real one; this machine's is the test's. */
final class ClockSkewTest {
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    private final Loopback loopback = new Loopback();
    private final List<TokenEvent.ClockSkewDetected> skews = new CopyOnWriteArrayList<>();
    private final DatabricksTokenExchanger exchanger = loopback.builder()
            .executor(Runnable::run)
            .listener(event -> {
                if (event instanceof TokenEvent.ClockSkewDetected skew) {
                    skews.add(skew);
                }
            })
            .build();

    @AfterEach
    void stop() {
        loopback.close();
    }

    @Test
    void differenceIsReportedOnceAndNotWithEachReply() {
        machineIsAheadBy(FIVE_MINUTES);

        List.of(WEST, EAST).forEach(exchanger::tokenFor);

        assertThat(skews).hasSize(1);
        assertThat(skews.get(0).serverAhead())
                .isBetween(FIVE_MINUTES.plusSeconds(20).negated(), FIVE_MINUTES.negated());
        assertThat(skews.get(0).whose().servicePrincipal()).contains(WEST);
    }

    @Test
    void clocksThatAgreeToWithinHalfAMinuteAreNoEvent() {
        machineIsAheadBy(Duration.ofSeconds(-25));

        exchanger.tokenFor(WEST);

        assertThat(skews).isEmpty();
    }

    @Test
    void changedDifferenceIsReportedAgain() {
        machineIsAheadBy(FIVE_MINUTES);
        exchanger.tokenFor(WEST);
        machineIsAheadBy(FIVE_MINUTES.negated());

        exchanger.tokenFor(EAST);

        assertThat(skews).hasSize(2);
        assertThat(skews.get(1).serverAhead()).isPositive();
    }

    @Test
    void differenceThatComesBackIsReportedAgain() {
        machineIsAheadBy(FIVE_MINUTES);
        exchanger.tokenFor(WEST);
        machineIsAheadBy(Duration.ZERO);
        exchanger.tokenFor(EAST);
        machineIsAheadBy(FIVE_MINUTES);

        exchanger.tokenForUser(loopback.userJwt());

        assertThat(skews).hasSize(2);
    }

    @Test
    void expiredJwtIsReportedWithTheClockOfTheIdentityProvider() {
        machineIsAheadBy(HOUR.multipliedBy(2));
        loopback.source.then(() -> {
            askTheIdentityProvider();
            return loopback.source.issue(HOUR.negated());
        });

        FederationException failure = failureFor(exchanger, WEST);

        assertThat(failure.code()).isEqualTo("IDP_TOKEN_EXPIRED");
        assertThat(failure.retryable()).isTrue();
        assertThat(failure)
                .hasMessageContaining("ago by this machine's clock; the clock of the identity provider is 7")
                .hasMessageContaining(" s behind this machine's");
        assertThat(skews).extracting(skew -> skew.whose().kind()).containsExactly(TokenEvent.Kind.APPLICATION);
    }

    @Test
    void clockOfDatabricksWillDoWhereTheIdentityProvidersIsNotKnown() {
        machineIsAheadBy(FIVE_MINUTES.negated());
        exchanger.tokenFor(WEST);
        loopback.time.advance(HOUR);
        loopback.source.then(() -> loopback.source.issue(Duration.ofSeconds(20)));

        FederationException failure = failureFor(exchanger, WEST);

        assertThat(failure.code()).isEqualTo("IDP_TOKEN_TOO_SHORT");
        assertThat(failure).hasMessageContaining("; the clock of Databricks is").hasMessageContaining("ahead of");
    }

    @Test
    void failureOfAnotherKindSaysNothingOfClocks() {
        machineIsAheadBy(FIVE_MINUTES);
        exchanger.tokenFor(WEST);
        loopback.time.advance(HOUR);
        loopback.source.then(Loopback.failing(ErrorCode.IDP_CLIENT_REJECTED));

        assertThat(failureFor(exchanger, WEST).getMessage()).doesNotContain("clock of");
    }

    private void machineIsAheadBy(Duration ahead) {
        loopback.time.advanceWall(
                Duration.between(loopback.time.wall(), Instant.now().plus(ahead)));
    }

    /** As any source of this library does: through the transport, on the attempt's thread. */
    private void askTheIdentityProvider() throws IOException {
        HttpRequest request = HttpTransport.request(URI.create(loopback.databricks.url() + "/oidc/v1/token"))
                .POST(BodyPublishers.ofString("grant_type=client_credentials"))
                .build();
        try {
            HttpTransport.create(Duration.ofSeconds(5), Duration.ofSeconds(10)).send(request, 1 << 20);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
