// SPDX-License-Identifier: Apache-2.0
package example.app;

import static example.app.ExchangeAssertions.BRACES;
import static example.app.ExchangeAssertions.NO_POLICY;
import static example.app.ExchangeAssertions.assertRefused;
import static example.app.ExchangeAssertions.braces;
import static org.assertj.core.api.Assertions.assertThat;

import example.app.Web.Answer;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.testkit.LoopbackDatabricks;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.Refusals;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackExchangeRefusalTest {
    private final Federation federation = new Federation();
    private final LoopbackIdp idp = federation.idp;
    private final LoopbackDatabricks databricks = federation.databricks;

    @AfterEach
    void close() {
        federation.close();
    }

    @Test
    void anotherAudienceIsNamedWithTheOneAccepted() throws Exception {
        Answer answer = federation.exchange(idp.userToken(Federation.SUBJECT)
                .audience(Federation.AUDIENCE + "/")
                .sign());

        assertRefused(
                answer,
                "Failed to process token: TOKEN_AUDIENCE_INVALID (Token audience 'https://adb-1.azuredatabricks.net/'"
                        + " invalid)" + BRACES + "{issuer: '" + idp.issuer()
                        + "', audience: 'https://adb-1.azuredatabricks.net'}");
    }

    @Test
    void anotherSubjectIsAnsweredWithThePolicy() throws Exception {
        Answer answer = federation.exchange(
                idp.userToken("backend").audience(Federation.AUDIENCE).sign());

        assertRefused(answer, NO_POLICY + BRACES + braces(idp.issuer(), "backend@clients", Federation.AUDIENCE));
    }

    @Test
    void anotherIssuerIsAnsweredWithThePolicy() throws Exception {
        Answer answer = federation.exchange(federation
                .subjectToken()
                .claim("iss", "https://evil.example.com/")
                .sign());

        assertRefused(answer, NO_POLICY + BRACES + braces(idp.issuer(), "backend@clients", Federation.AUDIENCE));
    }

    @Test
    void theNearestOfSeveralPoliciesIsNamedIfThereIsOne() throws Exception {
        databricks.policy(
                federation.west,
                FederationPolicy.builder()
                        .issuer("https://token.actions.githubusercontent.com")
                        .audience("https://github.com/acme")
                        .subject("repo:acme/app")
                        .build());

        Answer near = federation.exchange(
                idp.userToken("backend").audience(Federation.AUDIENCE).sign());
        Answer far = federation.exchange(idp.userToken("x")
                .audience("y")
                .claim("iss", "https://evil.example.com/")
                .sign());

        assertRefused(near, NO_POLICY + BRACES + braces(idp.issuer(), "backend@clients", Federation.AUDIENCE));
        assertRefused(far, NO_POLICY);
    }

    @Test
    void theOtherReadingNamesTheToken() throws Exception {
        try (Federation other = new Federation(LoopbackDatabricks.builder().refusals(Refusals.NAME_THE_TOKEN))) {
            Answer answer = other.exchange(
                    other.idp.userToken("backend").audience(Federation.AUDIENCE).sign());

            assertRefused(answer, NO_POLICY + BRACES + braces(other.idp.issuer(), "backend", Federation.AUDIENCE));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3659993829438643", "backend"})
    void withoutTheRightClientIdThereIsNoPolicy(String clientId) throws Exception {
        Map<String, String> form = federation.form(federation.subjectToken().sign());
        form.put("client_id", clientId);

        Answer answer = federation.exchange(form);
        form.remove("client_id");
        Answer without = federation.exchange(form);
        form.put("client_id", UUID.randomUUID().toString());
        Answer unknown = federation.exchange(form);

        assertRefused(answer, NO_POLICY);
        assertRefused(without, NO_POLICY);
        assertRefused(unknown, NO_POLICY);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            grant_type         | client_credentials | unsupported_grant_type
            subject_token_type | urn:ietf:params:oauth:token-type:access_token | invalid_request
            subject_token_type | ''                 | invalid_request
            scope              | ''                 | invalid_request
            """)
    void aRequestThatIsNoExchangeIsRefused(String field, String value, String error) throws Exception {
        Map<String, String> form = federation.form(federation.subjectToken().sign());
        form.put(field, value);

        Answer answer = federation.exchange(form);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("error").asText()).isEqualTo(error);
    }

    @Test
    void aJsonBodyIsRefused() throws Exception {
        Map<String, String> form = federation.form(federation.subjectToken().sign());

        assertThat(Web.postJson(federation.at("/oidc/v1/token"), form).status()).isEqualTo(400);
    }

    @Test
    void aClientAssertionIsTheWrongGrant() throws Exception {
        Answer answer = federation.exchange(Map.of(
                "grant_type",
                "client_credentials",
                "client_assertion",
                federation.subjectToken().sign()));

        assertThat(answer.json().path("error_description").asText())
                .isEqualTo("Invalid private key JWT authentication: The client identifier doesn't match the client"
                        + " assertion subject");
    }
}
