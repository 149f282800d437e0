// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import example.app.Web.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The stand-in's REST API for policies of service principals and of the account, as a client without our library sees it. */
class LoopbackPolicyApiTest {
    private final PolicyKeeping keeping = new PolicyKeeping();

    @AfterEach
    void close() {
        keeping.close();
    }

    @Test
    void aPolicyIsCreatedReadAndDeleted() throws Exception {
        Answer created = keeping.send("POST", keeping.eastPath() + "?policy_id=ci", body("s"));
        Answer read = keeping.get(keeping.eastPath() + "/ci");
        Answer deleted = keeping.send("DELETE", keeping.eastPath() + "/ci", "");
        Answer gone = keeping.get(keeping.eastPath() + "/ci");

        JsonNode policy = created.json();
        assertThat(created.status()).isEqualTo(200);
        assertThat(policy.path("policy_id").asText()).isEqualTo("ci");
        assertThat("/api/2.0/" + policy.path("name").asText()).isEqualTo(keeping.eastPath() + "/ci");
        assertThat(policy.path("service_principal_id").isIntegralNumber()).isTrue();
        assertThat(policy.path("uid").asText()).isNotEmpty();
        assertThat(policy.path("create_time").asText()).endsWith("Z");
        assertThat(policy.at("/oidc_policy/subject_claim").asText()).isEqualTo("sub");
        assertThat(read.json()).isEqualTo(policy);
        assertThat(deleted.status()).isEqualTo(200);
        assertThat(gone.status()).isEqualTo(404);
        assertThat(gone.json().path("error_code").asText()).isEqualTo("NOT_FOUND");
    }

    @ParameterizedTest
    @CsvSource({"1,400", "2,200", "63,200", "64,400"})
    void anIdHasTwoToSixtyThreeCharacters(int length, int status) throws Exception {
        Answer answer = keeping.send("POST", keeping.eastPath() + "?policy_id=" + "a".repeat(length), body("s"));

        assertThat(answer.status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CI", "a_b", "a.b", "%C3%A4%C3%A4", "a%20b", ""})
    void anIdHasFewCharactersToChooseFrom(String id) throws Exception {
        Answer answer = keeping.send("POST", keeping.eastPath() + "?policy_id=" + id, body("s"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("message").asText())
                .startsWith("Invalid federation policy id: '")
                .endsWith("'. Must contain only 0-9, a-z, and hyphen.");
    }

    @Test
    void withoutAnIdOneIsAssigned() throws Exception {
        Answer answer = keeping.send("POST", keeping.eastPath(), body("s"));

        assertThat(answer.json().path("policy_id").asText()).matches("[a-z0-9-]{2,63}");
    }

    @Test
    void theTwentyFirstPolicyIsRefused() throws Exception {
        for (int i = 0; i < 20; i++) {
            assertThat(keeping.send("POST", keeping.eastPath(), body("s" + i)).status())
                    .isEqualTo(200);
        }

        Answer refused = keeping.send("POST", keeping.eastPath(), body("s20"));
        Answer again = keeping.send("POST", keeping.eastPath(), body("s19"));

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.json().path("error_code").asText()).isEqualTo("RESOURCE_EXHAUSTED");
        assertThat(again.status()).isEqualTo(200);
    }

    @Test
    void aListComesInPages() throws Exception {
        for (int i = 0; i < 20; i++) {
            keeping.send("POST", keeping.eastPath(), body("s" + i));
        }
        List<String> subjects = new ArrayList<>();

        JsonNode page = keeping.get(keeping.eastPath() + "?page_size=8").json();
        page.path("policies")
                .forEach(
                        policy -> subjects.add(policy.at("/oidc_policy/subject").asText()));
        String token = page.path("next_page_token").asText();
        JsonNode second = keeping.get(keeping.eastPath() + "?page_size=12&page_token=" + token)
                .json();
        second.path("policies")
                .forEach(
                        policy -> subjects.add(policy.at("/oidc_policy/subject").asText()));

        assertThat(subjects)
                .hasSize(20)
                .doesNotHaveDuplicates()
                .startsWith("s0")
                .endsWith("s19");
        assertThat(second.has("next_page_token")).isFalse();
        assertThat(keeping.get(keeping.eastPath()).json().path("policies")).hasSize(10);
        assertThat(keeping.get(keeping.eastPath() + "?page_token=x").status()).isEqualTo(400);
        assertThat(keeping.get(keeping.eastPath() + "?page_size=0").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"oidc_federation_policy\":{\"issuer\":\"ISSUER\",\"subject\":\"s\"}}",
                "{\"oidc_policy\":{\"subject\":\"s\"}}",
                "{\"oidc_policy\":{\"issuer\":\"ISSUER\"}}",
                "{\"oidc_policy\":{\"issuer\":\"http://example.com/\",\"subject\":\"s\"}}",
                "{\"oidc_policy\":{\"issuer\":\"ISSUER\",\"subject\":7}}",
                "{\"oidc_policy\":{\"issuer\":\"ISSUER\",\"subject\":\"s\",\"audiences\":\"a\"}}",
                "{\"oidc_policy\":{\"issuer\":\"ISSUER\",\"subject\":\"s\",\"jwks_json\":\"{}\"}}",
                "{\"oidc_policy\":{\"issuer\":\"ISSUER\",\"subject\":\"s\",\"jwks_json\":\"{\\\"keys\\\":[1,2,3,4,5,6]}\"}}"
            })
    void whatIsNoPolicyIsRefused(String body) throws Exception {
        Answer answer =
                keeping.send("POST", keeping.eastPath(), body.replace("ISSUER", keeping.federation.idp.issuer()));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("error_code").asText()).isEqualTo("INVALID_PARAMETER_VALUE");
        assertThat(keeping.databricks.policyApi().writeRequests()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            description               | {"description":"new","oidc_policy":{"subject":"x"}} | new | s | a
            oidc_policy.subject       | {"description":"new","oidc_policy":{"subject":"x"}} | d   | x | a
            oidc_policy.audiences     | {}                                                  | d   | s |
            oidc_policy.subject,description | {"oidc_policy":{"subject":"x"}}               |     | x | a
            ``                        | {"oidc_policy":{"subject":"x"}}                     | d   | x | a
            ``                        | {"description":"new"}                               | new | s | a
            *                         | {"oidc_policy":{"issuer":"ISSUER","subject":"x"}}   |     | x |
            oidc_policy               | {"oidc_policy":{"issuer":"ISSUER","subject":"x"}}   | d   | x |
            """)
    void theMaskSaysWhatAnUpdateChanges(String mask, String body, String description, String subject, String audience)
            throws Exception {
        keeping.send("POST", keeping.eastPath() + "?policy_id=ci", body("s"));
        String query = mask.isEmpty() ? "" : "?update_mask=" + mask;

        Answer answer = keeping.send(
                "PATCH", keeping.eastPath() + "/ci" + query, body.replace("ISSUER", keeping.federation.idp.issuer()));

        JsonNode policy = answer.json();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(policy.path("description").asText()).isEqualTo(description == null ? "" : description);
        assertThat(policy.at("/oidc_policy/subject").asText()).isEqualTo(subject);
        assertThat(policy.at("/oidc_policy/audiences").path(0).asText()).isEqualTo(audience == null ? "" : audience);
        assertThat(keeping.get(keeping.eastPath() + "/ci").json()).isEqualTo(policy);
    }

    @ParameterizedTest
    @ValueSource(strings = {"oidc_policy.issuer", "subject", "*", "oidc_policy.subject,", "policy_id"})
    void anUpdateThatLeavesNoPolicyIsRefused(String mask) throws Exception {
        keeping.send("POST", keeping.eastPath() + "?policy_id=ci", body("s"));

        Answer answer = keeping.send("PATCH", keeping.eastPath() + "/ci?update_mask=" + mask, "{}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(keeping.get(keeping.eastPath() + "/ci")
                        .json()
                        .at("/oidc_policy/subject")
                        .asText())
                .isEqualTo("s");
    }

    @Test
    void aTakenIdIsAConflictAndARepetitionIsNone() throws Exception {
        Answer first = keeping.send("POST", keeping.eastPath() + "?policy_id=ci", body("s"));
        Answer repeated = keeping.send("POST", keeping.eastPath() + "?policy_id=ci", body("s"));
        Answer other = keeping.send("POST", keeping.eastPath() + "?policy_id=ci", body("t"));
        keeping.api.repeatsAreErrors(true);
        Answer strict = keeping.send("POST", keeping.eastPath() + "?policy_id=ci", body("s"));

        assertThat(repeated.json()).isEqualTo(first.json());
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.json().path("error_code").asText()).isEqualTo("ALREADY_EXISTS");
        assertThat(strict.status()).isEqualTo(409);
    }

    @Test
    void theCallOfTheTutorialsLeadsNowhere() throws Exception {
        Answer answer = keeping.send(
                "PUT",
                keeping.accountPath() + "/servicePrincipals/" + keeping.ofEast().servicePrincipalId()
                        + "/credentials/federation-policies/auth0",
                body("s"));

        assertThat(answer.status()).isEqualTo(404);
    }

    @Test
    void anApplicationIdIsNoNumericId() throws Exception {
        Answer answer =
                keeping.get(keeping.accountPath() + "/servicePrincipals/" + keeping.east + "/federationPolicies");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("message").asText()).startsWith("Invalid service principal id");
    }

    private String body(String subject) {
        return "{\"description\":\"d\",\"oidc_policy\":{\"issuer\":\"" + keeping.federation.idp.issuer()
                + "\",\"audiences\":[\"a\"],\"subject\":\"" + subject + "\"}}";
    }
}
