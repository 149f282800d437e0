// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static io.tokenfederation.Loopback.EAST;
import static io.tokenfederation.Loopback.HOUR;
import static io.tokenfederation.Loopback.NORTH;
import static io.tokenfederation.Loopback.WEST;
import static io.tokenfederation.Loopback.failureFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SourcePerPrincipalTest {
    private final Loopback loopback = new Loopback();
    private final CountingSource west = new CountingSource(loopback.time, HOUR);
    private final CountingSource east = new CountingSource(loopback.time, HOUR);

    @AfterEach
    void stop() {
        loopback.close();
    }

    @Test
    void eachPrincipalIsServedByItsOwnSource() {
        IdpToken ofWest = west.issue(HOUR);
        west.then(() -> ofWest);
        DatabricksTokenExchanger exchanger =
                built(loopback.bare().idpTokenSource(WEST, west).idpTokenSource(EAST, east));

        exchanger.tokenFor(WEST);
        exchanger.tokenFor(EAST);

        assertThat(west.count()).isEqualTo(1);
        assertThat(east.count()).isEqualTo(1);
        assertThat(loopback.databricks.sent("subject_token"))
                .startsWith(ofWest.value())
                .doesNotHaveDuplicates();
    }

    @Test
    void principalWithASourceOfItsOwnNeverUsesTheSharedOne() {
        west.then(Loopback.failing(ErrorCode.IDP_CLIENT_REJECTED));
        DatabricksTokenExchanger exchanger = built(loopback.builder().idpTokenSource(WEST, west));

        FederationException failure = failureFor(exchanger, WEST);

        assertThat(failure.code()).isEqualTo("IDP_CLIENT_REJECTED");
        assertThat(loopback.source.count()).isZero();
        assertThat(loopback.databricks.count()).isZero();
    }

    @Test
    void failureOfOneSourceConcernsNoOther() {
        west.then(Loopback.failing(ErrorCode.IDP_CLIENT_REJECTED));
        DatabricksTokenExchanger exchanger =
                built(loopback.builder().idpTokenSource(WEST, west).idpTokenSource(EAST, east));
        failureFor(exchanger, WEST);

        assertThat(exchanger.tokenFor(EAST).servicePrincipal()).contains(EAST);
        assertThat(exchanger.tokenFor(NORTH).servicePrincipal()).contains(NORTH);
    }

    @Test
    void oneSourceGivenToTwoPrincipalsIsAskedOnce() {
        DatabricksTokenExchanger exchanger =
                built(loopback.bare().idpTokenSource(WEST, west).idpTokenSource(EAST, west));

        exchanger.tokenFor(WEST);
        exchanger.tokenFor(EAST);

        assertThat(west.count()).isEqualTo(1);
    }

    @Test
    void sharedSourceGivenToAPrincipalAsWellIsAskedOnce() {
        DatabricksTokenExchanger exchanger = built(loopback.builder().idpTokenSource(WEST, loopback.source));

        exchanger.tokenFor(WEST);
        exchanger.tokenFor(EAST);

        assertThat(loopback.source.count()).isEqualTo(1);
    }

    @Test
    void eventsNameThePrincipalOfAJwtThatServesItAlone() {
        built(loopback.bare().idpTokenSource(WEST, west)).tokenFor(WEST);

        assertThat(loopback.events)
                .contains(new TokenEvent.AttemptStarted(
                        new TokenEvent.Whose(TokenEvent.Kind.APPLICATION, Optional.of(WEST))));
    }

    @Test
    void eventsNameNobodyWhereAJwtServesTwo() {
        built(loopback.bare().idpTokenSource(WEST, west).idpTokenSource(EAST, west))
                .tokenFor(WEST);

        assertThat(loopback.events)
                .contains(new TokenEvent.AttemptStarted(
                        new TokenEvent.Whose(TokenEvent.Kind.APPLICATION, Optional.empty())));
    }

    @Test
    void principalWithoutAnySourceIsNamed() {
        DatabricksTokenExchanger exchanger = built(loopback.bare().idpTokenSource(WEST, west));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> exchanger.tokenFor(EAST))
                .withMessageContaining(EAST.toString());
        assertThatIllegalArgumentException().isThrownBy(() -> exchanger.readyTokenFor(EAST));
        assertThat(exchanger.tokenFor(WEST)).isNotNull();
    }

    @Test
    void secondSourceForOnePrincipalIsRefused() {
        DatabricksTokenExchangerBuilder builder = loopback.bare().idpTokenSource(WEST, west);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.idpTokenSource(WEST, east))
                .withMessageContaining(WEST.toString());
    }

    @Test
    void sourceAddedAfterBuildingChangesNothing() {
        DatabricksTokenExchangerBuilder builder = loopback.builder().executor(Runnable::run);
        DatabricksTokenExchanger exchanger = builder.build();
        builder.idpTokenSource(WEST, west);

        exchanger.tokenFor(WEST);

        assertThat(west.count()).isZero();
    }

    private static DatabricksTokenExchanger built(DatabricksTokenExchangerBuilder builder) {
        return builder.executor(Runnable::run).build();
    }
}
