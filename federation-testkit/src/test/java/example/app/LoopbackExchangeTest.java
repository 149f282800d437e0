// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import example.app.Web.Answer;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.testkit.Fault;
import io.tokenfederation.testkit.LoopbackDatabricks;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.Refusals;
import io.tokenfederation.testkit.SigningAlgorithm;
import io.tokenfederation.testkit.UserToken;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackExchangeTest {
    private static final String NO_POLICY =
            "Failed to process token: TOKEN_INVALID (Ensure a valid federation policy has been configured)";
    private static final String BRACES = ". Valid federation policy for provided token: ";

    private final Federation federation = new Federation();
    private final LoopbackIdp idp = federation.idp;
    private final LoopbackDatabricks databricks = federation.databricks;

    @AfterEach
    void close() {
        federation.close();
    }

    @Test
    void aMatchingTokenIsExchangedForOneThatEndsWithIt() throws Exception {
        Answer answer = federation.exchange(
                federation.subjectToken().expiresIn(Duration.ofSeconds(777)).sign());

        assertThat(answer.status()).isEqualTo(200);
        JsonNode reply = answer.json();
        assertThat(reply.properties().stream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrder("access_token", "scope", "token_type", "expires_in");
        assertThat(reply.path("scope").asText()).isEqualTo("all-apis");
        assertThat(reply.path("token_type").asText()).isEqualTo("Bearer");
        assertThat(reply.path("expires_in").asLong()).isEqualTo(777);
        JsonNode claims = Web.claims(reply.path("access_token").asText());
        assertThat(claims.path("exp").asLong())
                .isEqualTo(FakeClock.START.plusSeconds(777).getEpochSecond());
        assertThat(claims.path("sub").asText()).isEqualTo(federation.west.toString());
    }

    @Test
    void exchangesAreCounted() throws Exception {
        ServicePrincipal east = databricks.servicePrincipal("sales-east");

        federation.token();
        federation.token();
        federation.exchange("no JWT");

        assertThat(databricks.exchangeRequests()).isEqualTo(3);
        assertThat(databricks.exchanges()).isEqualTo(2);
        assertThat(databricks.exchanges(federation.west)).isEqualTo(2);
        assertThat(databricks.exchanges(east)).isZero();
    }

    @Test
    void anEs256TokenIsTaken() throws Exception {
        assertExchanged(federation.subjectToken().sign(SigningAlgorithm.ES256));
    }

    @Test
    void oneListedAudienceIsEnough() throws Exception {
        assertExchanged(idp.userToken(Federation.SUBJECT)
                .audience("https://elsewhere")
                .audience(Federation.AUDIENCE)
                .sign());
    }

    @Test
    void aTokenThatIsNotSignedByItsIssuerWithAnAllowedAlgorithmIsRefused() throws Exception {
        String proper = federation.subjectToken().sign();
        String cut = proper.substring(0, proper.lastIndexOf('.') + 1);

        for (String jwt : List.of(
                federation.subjectToken().signedWithUnknownKey(),
                federation.subjectToken().unsigned(),
                federation.subjectToken().hs256WithPublicKey(),
                federation.subjectToken().sign(SigningAlgorithm.PS256),
                federation.subjectToken().sign(SigningAlgorithm.HS256),
                cut,
                cut + "AAAA",
                "opaque",
                "")) {
            assertRefused(federation.exchange(jwt), NO_POLICY);
        }
        assertThat(databricks.exchanges()).isZero();
    }

    @Test
    void aTokenOutsideItsTimesIsRefused() throws Exception {
        long now = FakeClock.START.getEpochSecond();

        for (UserToken token : List.of(
                federation.subjectToken().expiresIn(Duration.ZERO),
                federation.subjectToken().expiresIn(Duration.ofSeconds(-1)),
                federation.subjectToken().claim("exp", "tomorrow"),
                federation.subjectToken().claim("nbf", now + 1),
                federation.subjectToken().claim("iat", now + 1))) {
            assertRefused(federation.exchange(token.sign()), NO_POLICY);
        }
        assertExchanged(federation
                .subjectToken()
                .expiresIn(Duration.ofSeconds(1))
                .claim("nbf", now)
                .sign());
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

    @Test
    void theClientIdAloneDecidesBetweenEqualPolicies() throws Exception {
        ServicePrincipal east = databricks.servicePrincipal("sales-east");
        databricks.policy(east, federation.policy().build());
        Map<String, String> form = federation.form(federation.subjectToken().sign());
        form.put("client_id", east.toString());

        String token = federation.exchange(form).json().path("access_token").asText();

        assertThat(federation.me(token).json().path("userName").asText()).isEqualTo(east.toString());
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

    @Test
    void theAccountsEndpointExchangesToo() throws Exception {
        Map<String, String> form = federation.form(federation.subjectToken().sign());

        Answer own = Web.postForm(federation.at("/oidc/accounts/" + databricks.accountId() + "/v1/token"), form);
        Answer foreign = Web.postForm(federation.at("/oidc/accounts/" + UUID.randomUUID() + "/v1/token"), form);

        assertThat(own.status()).isEqualTo(200);
        assertThat(foreign.status()).isEqualTo(404);
        assertThat(databricks.exchangeRequests()).isEqualTo(1);
    }

    @Test
    void anAccountPolicyTakesUsersByTheirName() throws Exception {
        databricks.user("sarah@example.com", "analysts");
        databricks.accountPolicy(FederationPolicy.builder()
                .issuer(idp.issuer())
                .subjectClaim("email")
                .build());
        UserToken known = idp.userToken("u").audience(databricks.accountId()).email("sarah@example.com");
        UserToken stranger = idp.userToken("u").audience(databricks.accountId()).email("eve@example.com");
        Map<String, String> form = federation.form(known.sign());
        form.remove("client_id");

        Answer taken = federation.exchange(form);
        form.put("subject_token", stranger.sign());
        Answer refused = federation.exchange(form);

        assertThat(federation
                        .me(taken.json().path("access_token").asText())
                        .json()
                        .path("userName")
                        .asText())
                .isEqualTo("sarah@example.com");
        assertRefused(refused, NO_POLICY);
    }

    @Test
    void keysMayComeFromThePolicyOrItsAddress() throws Exception {
        String keys =
                Web.get(URI.create(idp.issuer() + ".well-known/jwks.json")).text();
        idp.discovery().failAlways(Fault.status(500));
        databricks.removePolicies(federation.west);
        assertRefused(federation.exchange(federation.subjectToken().sign()), NO_POLICY);

        databricks.policy(federation.west, federation.policy().jwksJson(keys).build());
        assertExchanged(federation.subjectToken().sign());

        databricks.removePolicies(federation.west);
        databricks.policy(
                federation.west,
                federation
                        .policy()
                        .jwksUri(URI.create(idp.issuer() + ".well-known/jwks.json"))
                        .build());
        assertExchanged(federation.subjectToken().sign());
        assertThat(idp.discoveryRequests()).isZero();
    }

    @Test
    void pinnedKeysDoNotFollowARotation() throws Exception {
        String keys =
                Web.get(URI.create(idp.issuer() + ".well-known/jwks.json")).text();
        databricks.removePolicies(federation.west);
        databricks.policy(federation.west, federation.policy().jwksJson(keys).build());

        idp.rotateKeys();

        assertRefused(federation.exchange(federation.subjectToken().sign()), NO_POLICY);
    }

    @Test
    void discoveredKeysAreKeptAndFollowARotation() throws Exception {
        assertExchanged(federation.subjectToken().sign());
        assertExchanged(federation.subjectToken().sign());
        long before = idp.jwksRequests();

        idp.rotateKeys();
        assertExchanged(federation.subjectToken().sign());

        assertThat(before).isEqualTo(1);
        assertThat(idp.jwksRequests()).isEqualTo(2);
    }

    @Test
    void discoveryMustBeTheIssuersOwn() throws Exception {
        idp.discovery()
                .failAlways(Fault.status(200)
                        .body(
                                "application/json",
                                "{\"issuer\":\"https://evil.example.com/\",\"jwks_uri\":\"" + idp.issuer()
                                        + ".well-known/jwks.json\"}"));

        assertRefused(federation.exchange(federation.subjectToken().sign()), NO_POLICY);
        assertThat(idp.jwksRequests()).isZero();
    }

    @Test
    void anIssuerThatCannotBeAskedVerifiesNothing() throws Exception {
        idp.jwks().failAlways(Fault.cutConnection());

        assertRefused(federation.exchange(federation.subjectToken().sign()), NO_POLICY);
    }

    @Test
    void policiesAreLimitedAndCheckedForTheirKind() {
        FederationPolicy ofAccount =
                FederationPolicy.builder().issuer(idp.issuer()).build();
        databricks.policy(federation.west, federation.policy().build());
        for (int i = 0; i < 19; i++) {
            databricks.policy(
                    federation.west, federation.policy().subject("s" + i).build());
            databricks.accountPolicy(FederationPolicy.builder()
                    .issuer(idp.issuer())
                    .audience("a" + i)
                    .build());
        }
        databricks.accountPolicy(ofAccount);

        assertThatIllegalStateException()
                .isThrownBy(() -> databricks.policy(
                        federation.west, federation.policy().subject("s20").build()))
                .withMessageContaining("20");
        assertThatIllegalStateException()
                .isThrownBy(() -> databricks.accountPolicy(FederationPolicy.builder()
                        .issuer(idp.issuer())
                        .audience("a20")
                        .build()));
        assertThatIllegalArgumentException().isThrownBy(() -> databricks.policy(federation.west, ofAccount));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> databricks.accountPolicy(federation.policy().build()));
    }

    @Test
    void aDeletedServicePrincipalHasNoPoliciesAndNoTokens() throws Exception {
        String token = federation.token();

        databricks.delete(federation.west);

        assertRefused(federation.exchange(federation.subjectToken().sign()), NO_POLICY);
        assertThat(federation.me(token).status()).isEqualTo(403);
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        databricks.policy(federation.west, federation.policy().build()));
    }

    @Test
    void theTokenEndpointFailsOnDemandAndTheRestApiDoesNot() throws Exception {
        String token = federation.token();
        databricks.tokenEndpoint().failNext(1, Fault.rateLimited(Duration.ofSeconds(3)));

        Answer limited = federation.exchange(federation.subjectToken().sign());
        Answer me = federation.me(token);

        assertThat(limited.status()).isEqualTo(429);
        assertThat(limited.header("Retry-After")).isEqualTo("3");
        assertThat(limited.json().path("error_code").asText()).isEqualTo("REQUEST_LIMIT_EXCEEDED");
        assertThat(me.status()).isEqualTo(200);
        assertThat(databricks.exchangeRequests()).isEqualTo(2);
    }

    private void assertExchanged(String jwt) throws Exception {
        assertThat(federation.exchange(jwt).text()).contains("\"access_token\"");
    }

    private static void assertRefused(Answer answer, String description) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("error").asText()).isEqualTo("invalid_grant");
        assertThat(answer.json().path("error_description").asText()).isEqualTo(description);
    }

    private static String braces(String issuer, String subject, String audience) {
        return "{issuer: '" + issuer + "', subject: '" + subject + "', audience: '" + audience + "'}";
    }
}
