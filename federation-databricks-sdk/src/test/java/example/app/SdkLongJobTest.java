// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.service.iam.MeRequest;
import com.databricks.sdk.service.sql.ExecuteStatementRequest;
import com.databricks.sdk.service.sql.StatementResponse;
import com.databricks.sdk.service.sql.StatementState;
import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.databrickssdk.FederatedCredentials;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SdkLongJobTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Databricks refuses a token in its last 30 s, and 10 more are kept for the call: 20 of each 60 s are of use. */
    @Test
    void anHourWithTokensOfAMinuteHasNoFailedCall() {
        try (World world = new World(MINUTE)) {
            WorkspaceClient west = world.client(world.west);
            Duration step = Duration.ofSeconds(5);
            int calls = 0;

            for (Duration passed = Duration.ZERO;
                    passed.compareTo(Duration.ofHours(1)) < 0;
                    passed = passed.plus(step)) {
                assertThat(west.currentUser().me(new MeRequest()).getUserName()).isEqualTo(world.west.toString());
                calls++;
                world.time.advance(step);
            }

            assertThat(calls).isEqualTo(720);
            assertThat(world.databricks.rejectedRequests()).isZero();
            // Due after 12 to 15 s of its 20, seen at the next call: every third call or every fourth.
            assertThat(world.databricks.exchanges()).isBetween(240L, 241L);
            assertThat(world.minted).hasValueBetween(240, 241);
        }
    }

    /** The SDK asks for headers under a lock: if renewing waited there, every call of the client would. */
    @Test
    void nobodyWaitsForTheRenewalOfATokenThatIsStillGood() throws Exception {
        CountDownLatch renewing = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        try (World world = new World(Duration.ofHours(1))) {
            DatabricksTokenExchanger slow = world.time
                    .clock(DatabricksTokenExchanger.builder()
                            .workspace(world.databricks.workspaceUrl().toString())
                            .idpTokenSource(() -> {
                                if (world.minted.get() == 1) {
                                    renewing.countDown();
                                    await(end);
                                }
                                return world.mint(Duration.ofHours(1));
                            }))
                    .build();
            DatabricksConfig config = FederatedCredentials.of(slow.sourceFor(world.west))
                    .applyTo(world.config())
                    .resolve();
            Map<String, String> first = config.authenticate();
            world.time.advance(Duration.ofMinutes(46));

            Map<String, String> second = config.authenticate();
            renewing.await();
            Map<String, String> third = config.authenticate();

            assertThat(List.of(second, third)).containsOnly(first);
        } finally {
            end.countDown();
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** The poll is a request of its own, with the token of its own moment. */
    @Test
    void aStatementOutlivesTheTokenItWasSentWith() {
        try (World world = new World(MINUTE)) {
            WorkspaceClient west = world.client(world.west);
            StatementResponse answer = west.statementExecution()
                    .executeStatement(new ExecuteStatementRequest()
                            .setStatement("SELECT 1")
                            .setWarehouseId("w1")
                            .setWaitTimeout("0s"));

            world.time.advance(MINUTE.multipliedBy(2));
            StatementResponse running = west.statementExecution().getStatement(answer.getStatementId());
            world.time.advance(MINUTE.multipliedBy(2));
            StatementResponse done = west.statementExecution().getStatement(answer.getStatementId());

            assertThat(running.getStatus().getState()).isEqualTo(StatementState.RUNNING);
            assertThat(done.getStatus().getState()).isEqualTo(StatementState.SUCCEEDED);
            assertThat(world.databricks.exchanges()).isEqualTo(3);
            assertThat(world.databricks.rejectedRequests()).isZero();
        }
    }
}
