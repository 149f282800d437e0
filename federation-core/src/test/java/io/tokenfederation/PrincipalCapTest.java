// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static io.tokenfederation.Loopback.EAST;
import static io.tokenfederation.Loopback.SECOND;
import static io.tokenfederation.Loopback.WEST;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A caller that asks for ever new principals does not fill the memory. */
final class PrincipalCapTest {
    private static final int MOST = 10_000;

    private final Loopback loopback = new Loopback();
    private final DatabricksTokenExchanger exchanger = loopback.onTheSpot();

    @AfterEach
    void stop() {
        loopback.close();
    }

    @Test
    void principalThatWasIdleLongestGoesWhenThereAreTooMany() {
        DatabricksTokenSource idle = exchanger.sourceFor(WEST);
        loopback.time.advance(SECOND);
        DatabricksTokenSource used = exchanger.sourceFor(EAST);
        askFor(MOST - 2);
        assertThat(exchanger.sourceFor(WEST)).isSameAs(idle);

        askFor(1);

        assertThat(exchanger.sourceFor(EAST)).isSameAs(used);
        assertThat(exchanger.sourceFor(WEST)).isNotSameAs(idle);
    }

    @Test
    void principalThatIsUsedStaysHoweverManyComeBy() {
        DatabricksToken token = exchanger.tokenFor(WEST);
        askFor(MOST);

        for (int i = 0; i < 100; i++) {
            loopback.time.advance(SECOND);
            assertThat(exchanger.tokenFor(WEST)).isEqualTo(token);
            askFor(1);
        }

        assertThat(loopback.databricks.count()).isEqualTo(1);
    }

    private void askFor(int principals) {
        for (int i = 0; i < principals; i++) {
            exchanger.sourceFor(new ServicePrincipal(UUID.randomUUID()));
        }
    }
}
