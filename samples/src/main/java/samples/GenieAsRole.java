// SPDX-License-Identifier: Apache-2.0
package samples;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
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
            DatabricksTokenExchanger databricks = DatabricksTokenExchanger.builder()
                    .workspace(url)
                    .idpTokenSource(() -> IdpToken.parse(
                            idp.userToken("backend").audience(url).sign()))
                    .build();
            standIn.genie().space("sales", question -> "SELECT customer, amount FROM sales ORDER BY amount DESC");
            FederationPolicy.Builder policy = FederationPolicy.builder().issuer(idp.issuer());
            for (String group : List.of("sales-west", "finance")) {
                ServicePrincipal principal = standIn.servicePrincipal(group, group);
                standIn.policy(
                        principal, policy.audience(url).subject("backend").build());
                warehouse.admit(principal, List.of(group), List.of());
                FederatedCredentials credentials = FederatedCredentials.of(databricks.sourceFor(principal));
                DatabricksConfig config = credentials.applyTo(new DatabricksConfig().setHost(url));
                out.println(group + ": " + ask(new WorkspaceClient(config), "Who bought most?"));
            }
        }
    }

    private static Object ask(WorkspaceClient client, String question) throws Exception {
        GenieMessage done = client.genie()
                .startConversation(new GenieStartConversationMessageRequest()
                        .setSpaceId("sales")
                        .setContent(question))
                .get(Duration.ofMinutes(5));
        String query = done.getAttachments().iterator().next().getAttachmentId();
        return client.genie()
                .getMessageAttachmentQueryResult("sales", done.getConversationId(), done.getId(), query)
                .getStatementResponse()
                .getResult()
                .getDataArray();
    }
}
