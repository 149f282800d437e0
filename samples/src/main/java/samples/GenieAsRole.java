// SPDX-License-Identifier: Apache-2.0
package samples;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.service.dashboards.GenieGetMessageQueryResultResponse;
import com.databricks.sdk.service.dashboards.GenieMessage;
import com.databricks.sdk.service.dashboards.GenieStartConversationMessageRequest;
import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.IdpToken;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.databrickssdk.FederatedCredentials;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.testkit.LoopbackDatabricks;
import io.tokenfederation.testkit.LoopbackIdp;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** One question to a Genie space by the Databricks SDK, as two roles: each gets its own rows. On stand-ins, all of it. */
public final class GenieAsRole {
    public static void main(String[] args) throws Exception {
        run(System.out);
    }

    static void run(PrintStream out) throws Exception {
        out.println("Genie as a role: on stand-ins.");
        try (SalesWarehouse warehouse = new SalesWarehouse();
                LoopbackIdp idp = LoopbackIdp.oidc().start();
                LoopbackDatabricks standIn =
                        LoopbackDatabricks.builder().sqlEngine(warehouse).start()) {
            String url = standIn.workspaceUrl().toString();
            IdpToken jwt = IdpToken.parse(idp.userToken("backend").audience(url).sign());
            FederationPolicy policy = FederationPolicy.matching(jwt);
            DatabricksTokenExchanger databricks = DatabricksTokenExchanger.builder()
                    .workspace(url)
                    .idpTokenSource(() -> jwt) // one is enough for a sample; a real source gets a new one each time
                    .build();
            standIn.genie().space("sales", question -> "SELECT customer, amount FROM sales ORDER BY amount DESC");
            for (String group : List.of("sales-west", "finance")) {
                ServicePrincipal principal = standIn.servicePrincipal(group, group);
                standIn.policy(principal, policy);
                warehouse.admit(principal, List.of(group), List.of());
                FederatedCredentials credentials = FederatedCredentials.of(databricks.sourceFor(principal));
                DatabricksConfig config = credentials.applyTo(new DatabricksConfig().setHost(url));
                out.println(group + ": " + ask(new WorkspaceClient(config)));
            }
        }
    }

    private static Object ask(WorkspaceClient client) throws Exception {
        GenieStartConversationMessageRequest question = new GenieStartConversationMessageRequest();
        question.setSpaceId("sales").setContent("Who bought most?");
        GenieMessage done = client.genie().startConversation(question).get(Duration.ofMinutes(5));
        String query = done.getAttachments().iterator().next().getAttachmentId();
        GenieGetMessageQueryResultResponse rows =
                client.genie().getMessageAttachmentQueryResult("sales", done.getConversationId(), done.getId(), query);
        return rows.getStatementResponse().getResult().getDataArray();
    }
}
