// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.testkit.Fault;
import io.tokenfederation.testkit.LoopbackDatabricks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The stand-ins under the load of a test that counts: nothing is lost, nothing mixed up. */
class ManyCallersTest {
    private static final int CALLERS = 8;
    private static final int CALLS = 25;

    private final Federation federation = new Federation();
    private final LoopbackDatabricks databricks = federation.databricks;
    private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);

    @AfterEach
    void close() {
        callers.shutdownNow();
        federation.close();
    }

    @Test
    void eachCallerGetsTheTokenOfItsOwnServicePrincipal() throws Exception {
        String jwt = federation.subjectToken().sign();
        List<Callable<Boolean>> calls = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            ServicePrincipal principal = databricks.servicePrincipal("role-" + i);
            databricks.policy(principal, federation.policy().build());
            calls.add(() -> getsItsOwnTokens(principal, jwt));
        }

        List<Future<Boolean>> outcomes = callers.invokeAll(calls);

        for (Future<Boolean> outcome : outcomes) {
            assertThat(outcome.get()).isTrue();
        }
        assertThat(databricks.exchanges()).isEqualTo((long) CALLERS * CALLS);
        assertThat(databricks.exchangeRequests()).isEqualTo((long) CALLERS * CALLS);
    }

    @Test
    void aNumberOfFaultsIsShownExactlySoManyTimes() throws Exception {
        String token = federation.token();
        databricks.restApi().failNext(7, Fault.status(503));
        List<Callable<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < CALLERS * 4; i++) {
            calls.add(() -> federation.me(token).status());
        }

        List<Future<Integer>> outcomes = callers.invokeAll(calls);

        List<Integer> statuses = new ArrayList<>();
        for (Future<Integer> outcome : outcomes) {
            statuses.add(outcome.get());
        }
        assertThat(statuses).filteredOn(status -> status == 503).hasSize(7);
        assertThat(statuses).filteredOn(status -> status == 200).hasSize(CALLERS * 4 - 7);
    }

    private boolean getsItsOwnTokens(ServicePrincipal principal, String jwt) throws Exception {
        Map<String, String> form = federation.form(jwt);
        form.put("client_id", principal.toString());
        boolean own = true;
        for (int i = 0; i < CALLS; i++) {
            String token = federation.exchange(form).json().path("access_token").asText();
            String userName = federation.me(token).json().path("userName").asText();
            own &= userName.equals(principal.toString());
        }
        return own && databricks.exchanges(principal) == CALLS;
    }
}
