// SPDX-License-Identifier: Apache-2.0
package example.app;

import example.app.Web.Answer;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.policy.FederationPolicyBuilder;
import io.tokenfederation.testkit.LoopbackDatabricks;
import io.tokenfederation.testkit.LoopbackDatabricksBuilder;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.UserToken;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** Both stand-ins, introduced to each other: one service principal, and the policy that fits {@link #subjectToken()}. */
final class Federation implements AutoCloseable {
    static final String AUDIENCE = "https://adb-1.azuredatabricks.net";
    static final String SUBJECT = "backend@clients";

    final FakeClock clock = new FakeClock();
    final LoopbackIdp idp = LoopbackIdp.auth0().clock(clock).start();
    final LoopbackDatabricks databricks;
    final ServicePrincipal west;

    Federation() {
        this(LoopbackDatabricks.builder());
    }

    Federation(LoopbackDatabricksBuilder builder) {
        databricks = builder.clock(clock).start();
        west = databricks.servicePrincipal("sales-west", "west", "sales");
        databricks.policy(west, policy().build());
    }

    FederationPolicyBuilder policy() {
        return FederationPolicy.builder()
                .issuer(idp.issuer())
                .audience(AUDIENCE)
                .subject(SUBJECT);
    }

    /** A token as the M2M application would get it, still to be signed. */
    UserToken subjectToken() {
        return idp.userToken(SUBJECT).audience(AUDIENCE);
    }

    /** The request of the documentation, for {@link #west}. */
    Map<String, String> form(String jwt) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange");
        form.put("subject_token", jwt);
        form.put("subject_token_type", "urn:ietf:params:oauth:token-type:jwt");
        form.put("scope", "all-apis");
        form.put("client_id", west.toString());
        return form;
    }

    Answer exchange(String jwt) throws IOException, InterruptedException {
        return exchange(form(jwt));
    }

    Answer exchange(Map<String, String> form) throws IOException, InterruptedException {
        return Web.postForm(at("/oidc/v1/token"), form);
    }

    /** A Databricks token for {@link #west}. */
    String token() throws IOException, InterruptedException {
        return exchange(subjectToken().sign()).json().path("access_token").asText();
    }

    Answer me(String token) throws IOException, InterruptedException {
        return Web.get(at("/api/2.0/preview/scim/v2/Me"), "Authorization", "Bearer " + token);
    }

    Answer sql(String token, Map<String, ?> body) throws IOException, InterruptedException {
        return Web.postJson(at("/api/2.0/sql/statements"), body, "Authorization", "Bearer " + token);
    }

    URI at(String path) {
        return databricks.workspaceUrl().resolve(path);
    }

    @Override
    public void close() {
        idp.close();
        databricks.close();
    }
}
