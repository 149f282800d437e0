// SPDX-License-Identifier: Apache-2.0
package example.app;

import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.auth0.Auth0TokenSource;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.testkit.Auth0Rules;
import io.tokenfederation.testkit.Fault;
import io.tokenfederation.testkit.LoopbackDatabricks;
import io.tokenfederation.testkit.LoopbackIdp;

/** An Auth0 tenant and a Databricks workspace on loopback, set up as the guide says. */
final class Auth0Stage implements AutoCloseable {
    static final String AUDIENCE = "https://adb-1.example.com";
    static final String CLIENT = "client-1";
    static final String SECRET = "c4n/ary+s3cret";

    final LoopbackIdp idp = LoopbackIdp.auth0().start();
    final Auth0Rules auth0 = Auth0Rules.of(idp);
    final LoopbackDatabricks databricks = LoopbackDatabricks.builder().start();
    final ServicePrincipal principal = databricks.servicePrincipal("west", "west-group");

    Auth0Stage() {
        idp.api(AUDIENCE).m2mClient(CLIENT, SECRET).grant(CLIENT, AUDIENCE);
        policyFor(CLIENT + "@clients");
    }

    /** Attaches the policy for this subject, and no other. */
    void policyFor(String subject) {
        databricks.removePolicies(principal);
        databricks.policy(
                principal,
                FederationPolicy.builder()
                        .issuer(idp.issuer())
                        .audience(AUDIENCE)
                        .subject(subject)
                        .build());
    }

    /** Everything but how the client authenticates. */
    Auth0TokenSource.Builder application() {
        return Auth0TokenSource.builder().domain(idp.issuer()).clientId(CLIENT).audience(AUDIENCE);
    }

    Auth0TokenSource.Builder source() {
        return application().clientSecret(SECRET);
    }

    DatabricksTokenExchanger exchanger(IdpTokenSource source) {
        return DatabricksTokenExchanger.builder()
                .workspace(databricks.workspaceUrl().toString())
                .idpTokenSource(source)
                .build();
    }

    /** Lets Auth0 answer with this. */
    void says(int status, String error, String description) {
        idp.failAlways(Fault.status(status)
                .body(
                        "application/json",
                        "{\"error\":\"" + error + "\",\"error_description\":\"" + description + "\"}"));
    }

    /** Lets Auth0 issue this as a token. */
    void issues(String token, String type) {
        idp.failAlways(Fault.status(200)
                .body(
                        "application/json",
                        "{\"access_token\":\"" + token + "\",\"token_type\":\"" + type + "\",\"expires_in\":86400}"));
    }

    @Override
    public void close() {
        databricks.close();
        idp.close();
    }
}
