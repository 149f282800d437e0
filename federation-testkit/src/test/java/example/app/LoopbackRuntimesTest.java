// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import example.app.Web.Answer;
import io.tokenfederation.IdpToken;
import io.tokenfederation.testkit.Fault;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.WorkloadRules;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopbackRuntimesTest {
    private static final String AUDIENCE = "https://adb-1.example.com/?a=b&c";

    private final FakeClock clock = new FakeClock();
    private final LoopbackIdp gitHub = LoopbackIdp.gitHubActions().clock(clock).start();
    private final LoopbackIdp azure = LoopbackIdp.azureDevOps().clock(clock).start();
    private final LoopbackIdp google = LoopbackIdp.googleMetadata().clock(clock).start();

    @AfterEach
    void close() {
        gitHub.close();
        azure.close();
        google.close();
    }

    @Test
    void aJobOfGitHubGetsATokenForTheAudienceItAsksFor() throws Exception {
        Answer answer = askGitHub("&audience=" + URLEncoder.encode(AUDIENCE, StandardCharsets.UTF_8));

        IdpToken token = IdpToken.parse(answer.json().path("value").asText());
        assertThat(token.issuer()).isEqualTo(gitHub.issuer());
        assertThat(token.audiences()).containsExactly(AUDIENCE);
        assertThat(token.subject())
                .isEqualTo("repo:acme/etl:ref:refs/heads/main")
                .isEqualTo(gitHub.subjectOf("whoever"));
        assertThat(token.expiresAt()).isEqualTo(FakeClock.START.plusSeconds(300));
        assertThat(token.claims()).containsEntry("repository", "acme/etl");
        assertThat(gitHub.tokensIssued()).isEqualTo(1);
    }

    @Test
    void gitHubsDefaultAudienceIsTheOwner() throws Exception {
        WorkloadRules.of(gitHub).subject("repo:other/thing:environment:prod");

        IdpToken token = IdpToken.parse(askGitHub("").json().path("value").asText());

        assertThat(token.audiences()).containsExactly("https://github.com/other");
        assertThat(token.subject()).isEqualTo("repo:other/thing:environment:prod");
    }

    @Test
    void gitHubWantsItsRequestTokenAndTheQueryItGave() throws Exception {
        String url = gitHub.environment().get("ACTIONS_ID_TOKEN_REQUEST_URL");
        String bearer = "bearer " + gitHub.environment().get("ACTIONS_ID_TOKEN_REQUEST_TOKEN");

        assertThat(Web.get(URI.create(url)).status()).isEqualTo(401);
        assertThat(Web.get(URI.create(url), "Authorization", "bearer wrong").status())
                .isEqualTo(401);
        assertThat(Web.get(URI.create(url.split("\\?", 2)[0]), "Authorization", bearer)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aPipelineGetsATokenForTheOneAudience() throws Exception {
        Answer answer = askAzure("?api-version=7.1-preview.1");

        IdpToken token = IdpToken.parse(answer.json().path("oidcToken").asText());
        assertThat(token.issuer()).isEqualTo(azure.issuer());
        assertThat(token.audiences()).containsExactly("api://AzureADTokenExchange");
        assertThat(token.subject()).isEqualTo("p://acme/data/etl");
        assertThat(token.expiresAt()).isEqualTo(FakeClock.START.plusSeconds(600));
    }

    @Test
    void aServiceConnectionChangesTheSubject() throws Exception {
        WorkloadRules.of(azure).serviceConnection("42", "databricks");

        Answer known = askAzure("?api-version=7.1-preview.1&serviceConnectionId=42");
        Answer unknown = askAzure("?api-version=7.1-preview.1&serviceConnectionId=43");

        assertThat(IdpToken.parse(known.json().path("oidcToken").asText()).subject())
                .isEqualTo("sc://acme/data/databricks");
        assertThat(unknown.status()).isEqualTo(404);
    }

    @Test
    void azureDevOpsWantsItsAccessTokenAndAPreviewVersion() throws Exception {
        URI uri = URI.create(azure.environment().get("SYSTEM_OIDCREQUESTURI") + "?api-version=7.1-preview.1");

        assertThat(Web.post(uri, "application/json", "").status()).isEqualTo(401);
        assertThat(askAzure("").status()).isEqualTo(400);
        assertThat(askAzure("?api-version=7.1").status()).isEqualTo(400);
    }

    @Test
    void theCollectionsAddressIsTheSameEndpoint() {
        Map<String, String> job = azure.environment();

        assertThat(job.get("SYSTEM_OIDCREQUESTURI"))
                .isEqualTo(job.get("SYSTEM_TEAMFOUNDATIONCOLLECTIONURI") + job.get("SYSTEM_TEAMPROJECTID")
                        + "/_apis/distributedtask/hubs/" + job.get("SYSTEM_HOSTTYPE") + "/plans/"
                        + job.get("SYSTEM_PLANID") + "/jobs/" + job.get("SYSTEM_JOBID") + "/oidctoken");
    }

    @Test
    void aGoogleMachineGetsABareJwt() throws Exception {
        Answer standard = askGoogle("?audience=databricks", "Metadata-Flavor", "Google");
        Answer full = askGoogle("?audience=databricks&format=full", "Metadata-Flavor", "Google");

        IdpToken token = IdpToken.parse(standard.text());
        assertThat(token.issuer()).isEqualTo(google.issuer());
        assertThat(token.audiences()).containsExactly("databricks");
        assertThat(token.subject()).matches("\\d+");
        assertThat(token.claims()).doesNotContainKey("email");
        assertThat(IdpToken.parse(full.text()).claims()).containsKeys("email", "google");
        assertThat(google.environment().get("GCE_METADATA_HOST"))
                .isEqualTo(google.tokenEndpoint().getAuthority());
    }

    @Test
    void googleWantsItsHeaderNoProxyAndAnAudience() throws Exception {
        assertThat(askGoogle("?audience=databricks").status()).isEqualTo(403);
        assertThat(askGoogle("?audience=databricks", "Metadata-Flavor", "Google", "X-Forwarded-For", "10.0.0.1")
                        .status())
                .isEqualTo(403);
        assertThat(askGoogle("", "Metadata-Flavor", "Google").status()).isEqualTo(400);
    }

    @Test
    void discoveryLeadsToTheKeysOfEach() throws Exception {
        for (LoopbackIdp idp : new LoopbackIdp[] {gitHub, azure, google}) {
            JsonNode document = Web.get(URI.create(idp.issuer() + "/.well-known/openid-configuration"))
                    .json();

            assertThat(document.path("issuer").asText()).isEqualTo(idp.issuer());
            assertThat(Web.get(URI.create(document.path("jwks_uri").asText()))
                            .json()
                            .path("keys"))
                    .isNotEmpty();
        }
    }

    @Test
    void faultsLifetimesAndForgeryWorkHereToo() throws Exception {
        gitHub.failNext(1, Fault.rateLimited(Duration.ofSeconds(9)));
        gitHub.lifetime(Duration.ofSeconds(-1));
        gitHub.forgery().claim("sub", "repo:evil/fork:pull_request");

        Answer limited = askGitHub("");
        IdpToken forged = IdpToken.parse(askGitHub("").json().path("value").asText());

        assertThat(limited.status()).isEqualTo(429);
        assertThat(limited.header("Retry-After")).isEqualTo("9");
        assertThat(forged.subject()).isEqualTo("repo:evil/fork:pull_request");
        assertThat(forged.expiresAt()).isBefore(FakeClock.START);
    }

    private Answer askGitHub(String more) throws Exception {
        String bearer = "bearer " + gitHub.environment().get("ACTIONS_ID_TOKEN_REQUEST_TOKEN");
        return Web.get(
                URI.create(gitHub.environment().get("ACTIONS_ID_TOKEN_REQUEST_URL") + more), "Authorization", bearer);
    }

    private Answer askAzure(String query) throws Exception {
        return Web.post(
                URI.create(azure.environment().get("SYSTEM_OIDCREQUESTURI") + query),
                "application/json",
                "",
                "Authorization",
                "Bearer " + azure.environment().get("SYSTEM_ACCESSTOKEN"));
    }

    private Answer askGoogle(String query, String... headers) throws Exception {
        return Web.get(URI.create(google.tokenEndpoint() + query), headers);
    }
}
