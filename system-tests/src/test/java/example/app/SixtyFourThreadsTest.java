// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.DatabricksToken;
import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.ServicePrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A cold start under load, counted at the stand-ins. */
class SixtyFourThreadsTest {
    @Test
    void sixPrincipalsCostOneCallToTheIdentityProviderAndSixExchanges() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(64);
        try (Deployment deployment = new Deployment()) {
            DatabricksTokenExchanger databricks = deployment.exchanger();
            List<ServicePrincipal> principals = List.copyOf(deployment.principals.values());
            CyclicBarrier together = new CyclicBarrier(64);

            List<Future<DatabricksToken>> asked = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                ServicePrincipal principal = principals.get(i % principals.size());
                asked.add(threads.submit(() -> {
                    together.await();
                    return databricks.tokenFor(principal);
                }));
            }

            for (int i = 0; i < 64; i++) {
                assertThat(asked.get(i).get().servicePrincipal()).contains(principals.get(i % principals.size()));
            }
            assertThat(deployment.idp.tokenRequests()).isEqualTo(1);
            assertThat(deployment.databricks.exchangeRequests()).isEqualTo(6);
            assertThat(principals)
                    .allSatisfy(principal -> assertThat(deployment.databricks.exchanges(principal))
                            .isEqualTo(1));
        } finally {
            threads.shutdownNow();
        }
    }
}
