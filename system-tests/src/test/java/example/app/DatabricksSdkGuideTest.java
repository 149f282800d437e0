// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.service.dashboards.GenieMessage;
import com.databricks.sdk.service.dashboards.GenieStartConversationMessageRequest;
import com.databricks.sdk.service.dashboards.MessageStatus;
import com.databricks.sdk.service.iam.MeRequest;
import com.databricks.sdk.service.serving.QueryEndpointInput;
import com.databricks.sdk.service.serving.QueryEndpointResponse;
import com.databricks.sdk.service.sql.ExecuteStatementRequest;
import com.databricks.sdk.service.sql.ExecuteStatementRequestOnWaitTimeout;
import com.databricks.sdk.service.sql.StatementResponse;
import com.databricks.sdk.service.sql.StatementState;
import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.IdpToken;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.databrickssdk.FederatedCredentials;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.testkit.LoopbackDatabricks;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.SqlRows;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The examples of docs/databricks-sdk.md. */
class DatabricksSdkGuideTest {
    private final LoopbackIdp idp = LoopbackIdp.auth0().start();
    private final LoopbackDatabricks standIn = LoopbackDatabricks.builder()
            .sqlEngine(statement -> SqlRows.of("who", statement.currentUser()))
            .start();
    private final String workspace = standIn.workspaceUrl().toString();
    private final ServicePrincipal principal = standIn.servicePrincipal("west_sales", "sales-west");
    private final DatabricksTokenExchanger databricks = DatabricksTokenExchanger.builder()
            .workspace(workspace)
            .idpTokenSource(() -> IdpToken.parse(
                    idp.userToken("backend@clients").audience(workspace).sign()))
            .build();

    @AfterEach
    void close() {
        standIn.close();
        idp.close();
    }

    @Test
    void theExamplesRunAsTheServicePrincipal() throws Exception {
        standIn.policy(
                principal,
                FederationPolicy.builder()
                        .issuer(idp.issuer())
                        .audience(workspace)
                        .subject("backend@clients")
                        .build());

        DatabricksConfig config = new DatabricksConfig().setHost(workspace).setHttpTimeoutSeconds(60);
        WorkspaceClient west = new WorkspaceClient(
                FederatedCredentials.of(databricks.sourceFor(principal)).applyTo(config));

        String me = west.currentUser().me(new MeRequest()).getUserName(); // the service principal's application id

        assertThat(me).isEqualTo(principal.toString());
        statement(west, "w1");
        genie(west, "sales");
        serving(west, "prices");
        assertThat(standIn.exchanges()).isEqualTo(1);
    }

    private void statement(WorkspaceClient west, String warehouse) {
        StatementResponse answer = west.statementExecution()
                .executeStatement(new ExecuteStatementRequest()
                        .setStatement("SELECT customer, amount FROM sales")
                        .setWarehouseId(warehouse)
                        .setWaitTimeout("50s") // the longest there is; then it is cancelled
                        .setOnWaitTimeout(ExecuteStatementRequestOnWaitTimeout.CANCEL));
        if (answer.getStatus().getState() != StatementState.SUCCEEDED) {
            throw new IllegalStateException("the statement is " + answer.getStatus()); // a failed one is HTTP 200 too
        }

        assertThat(answer.getResult().getDataArray().iterator().next()).containsExactly(principal.toString());
    }

    private void genie(WorkspaceClient west, String space) throws Exception {
        standIn.genie().space(space, question -> "SELECT 1");

        GenieMessage reply = west.genie()
                .startConversation(new GenieStartConversationMessageRequest()
                        .setSpaceId(space)
                        .setContent("Which customers bought most?"))
                .get(Duration.ofMinutes(5));

        assertThat(reply.getStatus()).isEqualTo(MessageStatus.COMPLETED);
    }

    private void serving(WorkspaceClient west, String endpoint) {
        standIn.serving().endpoint(endpoint, (caller, request) -> Map.of("predictions", List.of(caller)));

        QueryEndpointResponse prediction = west.servingEndpoints()
                .query(new QueryEndpointInput().setName(endpoint).setInputs(List.of(Map.of("amount", 12))));

        assertThat(prediction.getPredictions().toString()).contains(principal.toString());
    }
}
