// SPDX-License-Identifier: Apache-2.0
package example.app;

import example.app.Web.Answer;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.policy.FederationPolicies;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.policy.PolicyOwner;
import io.tokenfederation.testkit.LoopbackDatabricks;
import io.tokenfederation.testkit.LoopbackPolicyApi;
import java.io.IOException;

/** Both stand-ins, an account admin, and a service principal without policies. */
final class PolicyKeeping implements AutoCloseable {
    final Federation federation = new Federation();
    final LoopbackDatabricks databricks = federation.databricks;
    final LoopbackPolicyApi api = databricks.policyApi();
    final ServicePrincipal admin = databricks.servicePrincipal("deployer");
    final ServicePrincipal east = databricks.servicePrincipal("sales-east");

    PolicyKeeping() {
        databricks.accountAdmin(admin);
        api.metastoreAdmin(admin);
        api.recipient("partner");
    }

    /** The policies of {@link #east}, as the admin keeps them. */
    FederationPolicies ofEast() {
        return policies(PolicyOwner.of(east));
    }

    FederationPolicies policies(PolicyOwner owner) {
        return FederationPolicies.builder()
                .account(databricks.accountUrl().toString(), databricks.accountId())
                .owner(owner)
                .tokens(databricks.tokensOf(admin))
                .build();
    }

    FederationPolicies ofRecipient(String name) {
        return FederationPolicies.builder()
                .workspace(databricks.workspaceUrl().toString())
                .owner(PolicyOwner.recipient(name))
                .tokens(databricks.tokensOf(admin))
                .build();
    }

    FederationPolicy policy(String subject) {
        return federation.policy().subject(subject).build();
    }

    /** The path of the policies of {@link #east}. */
    String eastPath() {
        return accountPath() + "/servicePrincipals/" + ofEast().servicePrincipalId() + "/federationPolicies";
    }

    String accountPath() {
        return "/api/2.0/accounts/" + databricks.accountId();
    }

    /** A request of the admin's. */
    Answer send(String method, String path, String body) throws IOException, InterruptedException {
        String token = databricks.tokensOf(admin).token().value();
        return Web.send(method, federation.at(path), body, "Authorization", "Bearer " + token);
    }

    Answer get(String path) throws IOException, InterruptedException {
        return send("GET", path, "");
    }

    @Override
    public void close() {
        federation.close();
    }
}
