// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.core.error.platform.PermissionDenied;
import com.databricks.sdk.core.oauth.Token;
import com.databricks.sdk.service.dashboards.GenieGetMessageAttachmentQueryResultRequest;
import com.databricks.sdk.service.dashboards.GenieMessage;
import com.databricks.sdk.service.dashboards.GenieStartConversationMessageRequest;
import com.databricks.sdk.service.dashboards.MessageStatus;
import com.databricks.sdk.service.iam.MeRequest;
import com.databricks.sdk.service.serving.ChatMessage;
import com.databricks.sdk.service.serving.ChatMessageRole;
import com.databricks.sdk.service.serving.QueryEndpointInput;
import com.databricks.sdk.service.serving.QueryEndpointResponse;
import com.databricks.sdk.service.sql.ExecuteStatementRequest;
import com.databricks.sdk.service.sql.StatementResponse;
import com.databricks.sdk.service.sql.StatementState;
import io.tokenfederation.databrickssdk.FederatedCredentials;
import io.tokenfederation.testkit.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The real SDK, as a service principal, against the stand-in. */
class SdkCallsTest {
    private final World world = new World();
    private final WorkspaceClient west = world.client(world.west);

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void theCurrentUserIsTheServicePrincipal() {
        assertThat(me(west)).isEqualTo(world.west.toString());
        assertThat(me(west)).isEqualTo(world.west.toString());

        assertThat(world.databricks.exchanges()).isEqualTo(1);
    }

    @Test
    void eachRoleHasAClientFromOneExchanger() {
        WorkspaceClient east = world.client(world.east);

        assertThat(List.of(me(west), me(east), me(west)))
                .containsExactly(world.west.toString(), world.east.toString(), world.west.toString());
        assertThat(world.databricks.exchanges()).isEqualTo(2);
        assertThat(world.minted).hasValue(1);
    }

    @Test
    void aStatementIsPolledUntilItIsDone() {
        ExecuteStatementRequest request = new ExecuteStatementRequest()
                .setStatement("SELECT 1")
                .setWarehouseId("w1")
                .setWaitTimeout("0s");

        StatementResponse answer = west.statementExecution().executeStatement(request);
        int polls = 0;
        while (answer.getStatus().getState() == StatementState.PENDING
                || answer.getStatus().getState() == StatementState.RUNNING) {
            answer = west.statementExecution().getStatement(answer.getStatementId());
            polls++;
        }

        assertThat(polls).isEqualTo(2);
        assertThat(answer.getStatus().getState()).isEqualTo(StatementState.SUCCEEDED);
        assertThat(answer.getResult().getDataArray().iterator().next())
                .containsExactly(world.west.toString(), "SELECT 1");
    }

    @Test
    void genieAnswersAsTheServicePrincipal() throws Exception {
        world.databricks.genie().space("sales", question -> "SELECT /* " + question + " */ 1");

        GenieMessage answer = west.genie()
                .startConversation(new GenieStartConversationMessageRequest()
                        .setSpaceId("sales")
                        .setContent("how much?"))
                .get();
        String attachment = answer.getAttachments().stream()
                .filter(found -> found.getQuery() != null)
                .findFirst()
                .orElseThrow()
                .getAttachmentId();
        StatementResponse rows = west.genie()
                .getMessageAttachmentQueryResult(new GenieGetMessageAttachmentQueryResultRequest()
                        .setSpaceId("sales")
                        .setConversationId(answer.getConversationId())
                        .setMessageId(answer.getMessageId())
                        .setAttachmentId(attachment))
                .getStatementResponse();

        assertThat(answer.getStatus()).isEqualTo(MessageStatus.COMPLETED);
        assertThat(rows.getResult().getDataArray().iterator().next())
                .containsExactly(world.west.toString(), "SELECT /* how much? */ 1");
    }

    @Test
    void aServingEndpointIsInvokedAsTheServicePrincipal() {
        world.databricks
                .serving()
                .endpoint(
                        "chat",
                        (caller, request) -> Map.of(
                                "id",
                                caller,
                                "choices",
                                List.of(Map.of(
                                        "index", 0, "message", Map.of("role", "assistant", "content", "hello")))));

        QueryEndpointResponse answer = west.servingEndpoints()
                .query(new QueryEndpointInput()
                        .setName("chat")
                        .setMessages(List.of(
                                new ChatMessage().setRole(ChatMessageRole.USER).setContent("hi"))));

        assertThat(answer.getId()).isEqualTo(world.west.toString());
        assertThat(answer.getServedModelName()).isEqualTo("chat-1");
        assertThat(answer.getChoices().iterator().next().getMessage().getContent())
                .isEqualTo("hello");
    }

    @Test
    void aMissingPermissionStaysTheSdksErrorAndCostsNoToken() {
        world.databricks.denyWarehouse(world.west);
        ExecuteStatementRequest request =
                new ExecuteStatementRequest().setStatement("SELECT 1").setWarehouseId("w1");

        assertThatThrownBy(() -> west.statementExecution().executeStatement(request))
                .isInstanceOf(PermissionDenied.class)
                .hasMessageContaining("SQL Warehouse w1");
        assertThat(world.databricks.sqlRequests()).isEqualTo(1);
        assertThat(world.databricks.exchanges()).isEqualTo(1);
    }

    @Test
    void theSdkRetriesARateLimitWithTheSameToken() {
        world.databricks.restApi().failNext(2, Fault.rateLimited(Duration.ZERO));

        assertThat(me(west)).isEqualTo(world.west.toString());

        assertThat(world.databricks.exchanges()).isEqualTo(1);
        assertThat(world.databricks.rejectedRequests()).isZero();
    }

    @Test
    void aBareProviderWorksToo() {
        DatabricksConfig config =
                world.config().setCredentialsProvider(FederatedCredentials.of(world.exchanger.sourceFor(world.east)));

        assertThat(me(new WorkspaceClient(config))).isEqualTo(world.east.toString());
    }

    @Test
    void otherCredentialsThatLieAboutDisturbNothing() {
        DatabricksConfig config =
                world.config().setToken("dapi123").setClientId("id").setClientSecret("secret");

        WorkspaceClient client = new WorkspaceClient(
                FederatedCredentials.of(world.exchanger.sourceFor(world.west)).applyTo(config));

        assertThat(me(client)).isEqualTo(world.west.toString());
    }

    /** Parts of the SDK exchange the token further, and ask the configuration for it. */
    @Test
    void theConfigurationIsASourceOfTokens() {
        DatabricksConfig config = FederatedCredentials.of(world.exchanger.sourceFor(world.west))
                .applyTo(world.config())
                .resolve();

        Token token = config.getTokenSource().getToken();

        assertThat(token.getAccessToken())
                .isEqualTo(world.exchanger.tokenFor(world.west).value());
        assertThat(token.getExpiry())
                .isEqualTo(world.exchanger.tokenFor(world.west).expiresAt());
    }

    private static String me(WorkspaceClient client) {
        return client.currentUser().me(new MeRequest()).getUserName();
    }
}
