// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import example.app.Web.Answer;
import io.tokenfederation.testkit.Fault;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may keep policies in the stand-in, whose there are, and what an issuer must be. */
class LoopbackPolicyAccessTest {
    private static final String RECIPIENT = "/api/2.0/data-sharing/recipients/partner/federation-policies";

    private final PolicyKeeping keeping = new PolicyKeeping();

    @AfterEach
    void close() {
        keeping.close();
    }

    @Test
    void onlyAdminsKeepPolicies() throws Exception {
        String plain =
                "Bearer " + keeping.databricks.tokensOf(keeping.east).token().value();

        Answer account = Web.get(keeping.federation.at(keeping.eastPath()), "Authorization", plain);
        Answer workspace = Web.get(keeping.federation.at(RECIPIENT), "Authorization", plain);
        Answer directory = Web.get(
                keeping.federation.at(keeping.accountPath() + "/scim/v2/ServicePrincipals"), "Authorization", plain);

        assertThat(account.status()).isEqualTo(403);
        assertThat(account.json().path("error_code").asText()).isEqualTo("PERMISSION_DENIED");
        assertThat(workspace.status()).isEqualTo(403);
        assertThat(directory.status()).isEqualTo(403);
    }

    @Test
    void withoutATokenNothingIsAnswered() throws Exception {
        assertThat(Web.get(keeping.federation.at(keeping.eastPath())).status()).isEqualTo(401);
        assertThat(Web.get(keeping.federation.at(keeping.eastPath()), "Authorization", "Bearer x")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aPolicyOfTheAccountHasNoSubject() throws Exception {
        String path = keeping.accountPath() + "/federationPolicies";
        String issuer = "\"issuer\":\"" + keeping.federation.idp.issuer() + "\"";

        Answer with = keeping.send("POST", path, "{\"oidc_policy\":{" + issuer + ",\"subject\":\"s\"}}");
        Answer without = keeping.send("POST", path, "{\"oidc_policy\":{" + issuer + "}}");

        assertThat(with.status()).isEqualTo(400);
        assertThat(without.status()).isEqualTo(200);
        assertThat(without.json().path("name").asText())
                .startsWith("accounts/" + keeping.databricks.accountId() + "/federationPolicies/");
        assertThat(without.json().has("service_principal_id")).isFalse();
    }

    @Test
    void aRecipientsPolicyIsNamedAndNeverChanged() throws Exception {
        Answer created = keeping.send("POST", RECIPIENT, recipientBody("m2m", "azp"));
        Answer listed = keeping.get(RECIPIENT + "?max_results=1");
        Answer changed = keeping.send("PATCH", RECIPIENT + "/m2m", recipientBody("m2m", "azp"));
        Answer nameless = keeping.send("POST", RECIPIENT, recipientBody("", "azp"));
        Answer wrongClaim = keeping.send("POST", RECIPIENT, recipientBody("other", "email"));
        Answer unknown = keeping.get(RECIPIENT.replace("partner", "nobody"));

        assertThat(created.json().path("name").asText()).isEqualTo("m2m");
        assertThat(created.json().path("comment").asText()).isEqualTo("c");
        assertThat(listed.json().path("policies")).hasSize(1);
        assertThat(changed.status()).isEqualTo(405);
        assertThat(nameless.status()).isEqualTo(400);
        assertThat(wrongClaim.status()).isEqualTo(400);
        assertThat(unknown.status()).isEqualTo(404);
    }

    @Test
    void theIssuerIsAskedWhenAPolicyIsWritten() throws Exception {
        keeping.federation.idp.discovery().failNext(1, Fault.status(500));

        Answer refused =
                keeping.send("POST", keeping.eastPath() + "?policy_id=ci", body(keeping.federation.idp.issuer()));
        Answer taken =
                keeping.send("POST", keeping.eastPath() + "?policy_id=ci", body(keeping.federation.idp.issuer()));
        keeping.federation.idp.discovery().failNext(1, Fault.status(500));
        Answer changed = keeping.send("PATCH", keeping.eastPath() + "/ci", "{\"oidc_policy\":{\"subject\":\"t\"}}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("message").asText())
                .startsWith("Unable to load valid OpenID configuration for issuer");
        assertThat(taken.status()).isEqualTo(200);
        assertThat(changed.status()).isEqualTo(400);
        assertThat(keeping.federation.idp.discoveryRequests()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:1/", "https://issuer.example.com/"})
    void anIssuerThatIsNotHereIsRefused(String issuer) throws Exception {
        assertThat(keeping.send("POST", keeping.eastPath(), body(issuer)).status())
                .isEqualTo(400);
    }

    @Test
    void keysInThePolicyMakeTheIssuerNeedless() throws Exception {
        String keys = Web.get(
                        keeping.federation.at("/").resolve(keeping.federation.idp.issuer() + ".well-known/jwks.json"))
                .text()
                .replace("\"", "\\\"");

        Answer taken = keeping.send(
                "POST",
                keeping.eastPath(),
                "{\"oidc_policy\":{\"issuer\":\"https://issuer.example.com/\",\"subject\":\"s\",\"jwks_json\":\"" + keys
                        + "\"}}");

        assertThat(taken.status()).isEqualTo(200);
        assertThat(keeping.federation.idp.discoveryRequests()).isZero();
    }

    @Test
    void theDirectoryFindsByApplicationIdAndName() throws Exception {
        JsonNode byId = directory("applicationId eq \"" + keeping.east + "\"").json();
        JsonNode byName = directory("displayName eq \"sales-east\"").json();
        JsonNode none = directory("applicationId eq \"00000000-0000-0000-0000-000000000000\"")
                .json();
        Answer externalId = directory("externalId eq \"x\"");

        assertThat(byId.path("Resources")).hasSize(1).isEqualTo(byName.path("Resources"));
        assertThat(byId.at("/Resources/0/id").asText()).matches("[0-9]+");
        assertThat(byId.at("/Resources/0/applicationId").asText()).isEqualTo(keeping.east.toString());
        assertThat(none.path("totalResults").asInt()).isZero();
        assertThat(none.has("Resources")).isFalse();
        assertThat(externalId.status()).isEqualTo(400);
        assertThat(externalId.json().path("scimType").asText()).isEqualTo("invalidFilter");
        assertThat(directory("").json().path("totalResults").asInt()).isEqualTo(3);
    }

    @Test
    void whatATestGaveIsListedAndWhatIsCreatedIsUsed() throws Exception {
        keeping.databricks.policy(keeping.east, keeping.policy("s"));

        assertThat(keeping.ofEast().list().map(stored -> stored.policy())).containsExactly(keeping.policy("s"));
        keeping.databricks.removePolicies(keeping.east);
        assertThat(keeping.ofEast().list()).isEmpty();
    }

    private Answer directory(String filter) throws Exception {
        return keeping.get(keeping.accountPath() + "/scim/v2/ServicePrincipals?filter="
                + URLEncoder.encode(filter, StandardCharsets.UTF_8));
    }

    private String recipientBody(String name, String claim) {
        return "{\"name\":\"" + name + "\",\"comment\":\"c\",\"oidc_policy\":{\"issuer\":\""
                + keeping.federation.idp.issuer() + "\",\"audiences\":[\"a\"],\"subject\":\"s\",\"subject_claim\":\""
                + claim
                + "\"}}";
    }

    private static String body(String issuer) {
        return "{\"oidc_policy\":{\"issuer\":\"" + issuer + "\",\"subject\":\"s\"}}";
    }
}
