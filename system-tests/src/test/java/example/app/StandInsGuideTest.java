// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.ClientAssertion;
import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.OidcTokenSource;
import io.tokenfederation.testkit.EntraRules;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.OktaRules;
import io.tokenfederation.testkit.Person;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** The examples of the guide to the stand-ins, as they stand there. */
class StandInsGuideTest {
    @Test
    void oktaIsAskedForAScopeOfItsOneAudience() throws IOException {
        try (LoopbackIdp okta = LoopbackIdp.okta().start()) {
            okta.api("api://databricks") // the one audience of the authorization server "default"
                    .m2mClient("backend", "secret")
                    .grant("backend", "api://databricks", "exchange"); // the access policy's rule
            OktaRules.of(okta).subject("svc-databricks"); // what only Okta has is in its rules

            IdpTokenSource source = OidcTokenSource.builder()
                    .issuer(okta.issuer())
                    .clientId("backend")
                    .clientSecret("secret")
                    .scopes("exchange")
                    .build();

            assertThat(source.mint().audiences()).containsExactly("api://databricks");
            assertThat(source.mint().subject()).isEqualTo(okta.subjectOf("backend"));
        }
    }

    @Test
    void entraTakesTheJwtOfAnotherIssuerForASecret() throws IOException {
        try (LoopbackIdp gitHub = LoopbackIdp.gitHubActions().start();
                LoopbackIdp entra = LoopbackIdp.entra().start()) {
            entra.api("api://databricks");
            String job = gitHub.subjectOf("");
            EntraRules.of(entra).federatedCredential("backend", gitHub.issuer(), job, "api://AzureADTokenExchange");
            IdpTokenSource jobsToken = () -> IdpToken.parse(
                    gitHub.userToken(job).audience("api://AzureADTokenExchange").sign());

            IdpTokenSource source = OidcTokenSource.builder()
                    .tokenEndpoint(entra.tokenEndpoint().toString())
                    .clientId("backend")
                    .clientAssertion(ClientAssertion.issuedBy(jobsToken))
                    .scopes("api://databricks/.default")
                    .build();

            assertThat(source.mint().subject()).isEqualTo(entra.subjectOf("backend"));
        }
    }

    @Test
    void aPersonLogsInOnTheLoginPage() throws Exception {
        try (LoopbackIdp idp = LoopbackIdp.auth0().start()) {
            idp.api("sales-portal")
                    .browserApplication("portal", "http://localhost:5173/callback")
                    .grant("portal", "sales-portal", "read:sales")
                    .person(Person.of("sarah@partner.example", "correct horse").roles("sales-west"));
            idp.login().logoutUris("portal", "http://localhost:5173/");
            URI begin = idp.login().authorizationEndpoint();

            URI complete = URI.create(begin + "?response_type=code&client_id=portal&code_challenge_method=S256"
                    + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&state=s&scope=openid"
                    + "&redirect_uri=http://localhost:5173/callback&audience=sales-portal");
            HttpResponse<String> page = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(complete).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("<h1>Log in</h1>");
        }
    }
}
