// SPDX-License-Identifier: Apache-2.0
package example.app;

import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.okta.OktaTokenSource;
import io.tokenfederation.okta.OktaTokenSourceBuilder;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.testkit.Fault;
import io.tokenfederation.testkit.LoopbackDatabricks;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.OktaRules;

/** An Okta org and a Databricks workspace on loopback, set up as the guide says. */
final class OktaStage implements AutoCloseable {
    static final String AUDIENCE = "api://databricks";
    static final String CLIENT = "0oa1client";
    static final String SECRET = "c4n/ary+s3cret";
    static final String SCOPE = "databricks";

    final LoopbackIdp idp = LoopbackIdp.okta().start();
    final OktaRules okta = OktaRules.of(idp);
    final LoopbackDatabricks databricks = LoopbackDatabricks.builder().start();
    final ServicePrincipal principal = databricks.servicePrincipal("west", "west-group");

    OktaStage() {
        idp.api(AUDIENCE).m2mClient(CLIENT, SECRET).grant(CLIENT, AUDIENCE, SCOPE);
        databricks.policy(principal, policy());
    }

    /** The policy that fits. */
    FederationPolicy policy() {
        return FederationPolicy.builder()
                .issuer(idp.issuer())
                .audience(AUDIENCE)
                .subject(CLIENT)
                .build();
    }

    /** Everything but how the client authenticates. */
    OktaTokenSourceBuilder application() {
        return OktaTokenSource.builder().domain(origin()).clientId(CLIENT).scopes(SCOPE);
    }

    OktaTokenSourceBuilder source() {
        return application().clientSecret(SECRET);
    }

    String origin() {
        return idp.tokenEndpoint().toString().split("/oauth2/", 2)[0];
    }

    /** The same org under another name of its host. */
    String otherName() {
        return origin().replace("127.0.0.1", "localhost");
    }

    DatabricksTokenExchanger exchanger(IdpTokenSource source) {
        return DatabricksTokenExchanger.builder()
                .workspace(databricks.workspaceUrl().toString())
                .idpTokenSource(source)
                .build();
    }

    /** Lets Okta answer with these words, and the secret that was sent. */
    void says(int status, String error, String description) {
        idp.failAlways(Fault.status(status)
                .body(
                        "application/json",
                        "{\"error\":\"" + error + "\",\"error_description\":\"" + description + " " + SECRET + "\"}"));
    }

    @Override
    public void close() {
        databricks.close();
        idp.close();
    }
}
