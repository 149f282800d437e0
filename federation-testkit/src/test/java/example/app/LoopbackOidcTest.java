// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWSAlgorithm;
import example.app.Web.Answer;
import io.tokenfederation.IdpToken;
import io.tokenfederation.testkit.Fault;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.OidcRules;
import io.tokenfederation.testkit.SigningAlgorithm;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackOidcTest {
    private static final String AUDIENCE = "databricks";
    private static final String SECRET = "s3cr+t/ &=:%";

    private final FakeClock clock = new FakeClock();
    private final LoopbackIdp idp = LoopbackIdp.oidc().clock(clock).start();

    @BeforeEach
    void register() {
        idp.api(AUDIENCE).m2mClient("backend", SECRET).grant("backend", AUDIENCE, "exchange");
    }

    @AfterEach
    void close() {
        idp.close();
    }

    @Test
    void theTokenIsForTheMappedAudienceAndOfAServiceAccount() throws Exception {
        Answer answer = ask(Map.of());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("expires_in").asLong()).isEqualTo(300);
        JsonNode claims = Web.claims(token(answer));
        assertThat(claims.path("iss").asText()).isEqualTo(idp.issuer()).endsWith("/realms/test");
        assertThat(claims.path("aud").asText()).isEqualTo(AUDIENCE);
        assertThat(claims.path("azp").asText()).isEqualTo("backend");
        assertThat(claims.path("scope").asText()).isEqualTo("exchange");
        assertThat(claims.path("sub").asText())
                .isEqualTo(idp.subjectOf("backend"))
                .isNotEqualTo("backend");
    }

    @Test
    void withoutMapperTheAudienceIsAccount() throws Exception {
        idp.m2mClient("plain", SECRET);

        Answer answer = ask(Map.of("client_id", "plain"));

        assertThat(Web.claims(token(answer)).path("aud").asText()).isEqualTo("account");
    }

    @Test
    void allMappedAudiencesAreInTheTokenUnlessOneResourceIsAskedFor() throws Exception {
        idp.api("second").grant("backend", "second");

        Answer all = ask(Map.of());
        Answer byResource = ask(Map.of("resource", AUDIENCE));

        assertThat(Web.claims(token(all)).path("aud")).isEqualTo(Web.json("[\"databricks\",\"second\"]"));
        assertThat(Web.claims(token(byResource)).path("aud").asText()).isEqualTo(AUDIENCE);
    }

    /** Keycloak reads no such parameter: audiences come by mappers only. */
    @ParameterizedTest
    @ValueSource(strings = {"second", "nothing"})
    void audienceThatIsAskedForIsIgnored(String audience) throws Exception {
        idp.api("second").grant("backend", "second").m2mClient("plain", SECRET);

        Answer mapped = ask(Map.of("audience", audience));
        Answer plain = ask(Map.of("client_id", "plain", "audience", audience));

        assertThat(Web.claims(token(mapped)).path("aud")).isEqualTo(Web.json("[\"databricks\",\"second\"]"));
        assertThat(Web.claims(token(plain)).path("aud").asText()).isEqualTo("account");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            client_secret | wrong    | 401 | invalid_client
            client_secret |          | 401 | invalid_client
            client_id     | nobody   | 401 | invalid_client
            client_id     | spa      | 400 | unauthorized_client
            grant_type    | password | 400 | unsupported_grant_type
            grant_type    |          | 400 | invalid_request
            scope         | admin    | 400 | invalid_scope
            resource      | nothing  | 400 | invalid_target
            """)
    void aRequestThatBreaksARuleIsRefusedWithTheErrorOfTheRfc(String field, String value, int status, String error)
            throws Exception {
        idp.application("spa");

        Answer answer = ask(Map.of(field, value == null ? "" : value));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().path("error").asText()).isEqualTo(error);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo(status == 401 ? "Basic realm=\"test\"" : "");
        assertThat(idp.tokensIssued()).isZero();
    }

    @Test
    void theSecretMayComeInABasicHeaderButNotTwice() throws Exception {
        String basic = Web.basic("backend", SECRET);

        Answer once =
                Web.postForm(idp.tokenEndpoint(), Map.of("grant_type", "client_credentials"), "Authorization", basic);
        Answer twice = Web.postForm(idp.tokenEndpoint(), form(Map.of()), "Authorization", basic);

        assertThat(once.status()).isEqualTo(200);
        assertThat(twice.status()).isEqualTo(400);
    }

    @Test
    void anAssertionMayBeForTheIssuerOrTheEndpointAndIsGoodOnce() throws Exception {
        idp.m2mClientWithKey("signer", Signer.jwk());
        String forIssuer = Signer.sign(Signer.claims("signer", idp.issuer()).build());
        String forEndpoint = Signer.sign(
                JWSAlgorithm.PS256,
                Signer.claims("signer", idp.tokenEndpoint().toString()).build(),
                header -> {});
        String forAnother = Signer.sign(
                Signer.claims("signer", "https://elsewhere.example.com").build());

        assertThat(present(forIssuer).status()).isEqualTo(200);
        assertThat(present(forIssuer).status()).isEqualTo(401);
        assertThat(present(forEndpoint).status()).isEqualTo(200);
        assertThat(present(forAnother).status()).isEqualTo(401);
    }

    @Test
    void theSubjectCanBeSwitchedOff() throws Exception {
        OidcRules.of(idp).subject(false);
        JsonNode without = Web.claims(token(ask(Map.of())));
        OidcRules.of(idp).subject(true);
        JsonNode with = Web.claims(token(ask(Map.of())));

        assertThat(without.has("sub")).isFalse();
        assertThat(with.has("sub")).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void anAudienceChoosesTheAlgorithm(SigningAlgorithm algorithm) throws Exception {
        idp.api(AUDIENCE, algorithm, Duration.ofMinutes(10));

        IdpToken token = IdpToken.parse(token(ask(Map.of())));

        assertThat(token.algorithm()).isEqualTo(algorithm.name());
        assertThat(token.expiresAt()).isEqualTo(FakeClock.START.plusSeconds(600));
    }

    @Test
    void discoveryLeadsToTheKeysAlsoAfterARotation() throws Exception {
        JsonNode document = Web.get(URI.create(idp.issuer() + "/.well-known/openid-configuration"))
                .json();
        idp.rotateKeys();
        String newest = IdpToken.parse(token(ask(Map.of()))).keyId().orElseThrow();
        JsonNode keys =
                Web.get(URI.create(document.path("jwks_uri").asText())).json().path("keys");

        assertThat(document.path("issuer").asText()).isEqualTo(idp.issuer());
        assertThat(document.path("token_endpoint").asText())
                .isEqualTo(idp.tokenEndpoint().toString());
        assertThat(keys.findValuesAsText("kid")).contains(newest);
        assertThat(keys).hasSize(4);
    }

    @Test
    void rateLimitsSayWhenToComeBack() throws Exception {
        idp.failNext(1, Fault.rateLimited(Duration.ofSeconds(9)));

        Answer answer = ask(Map.of());

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.header("Retry-After")).isEqualTo("9");
    }

    private Answer ask(Map<String, String> changes) throws Exception {
        return Web.postForm(idp.tokenEndpoint(), form(changes));
    }

    private Answer present(String assertion) throws Exception {
        return Web.postForm(idp.tokenEndpoint(), Signer.form(assertion));
    }

    private static Map<String, String> form(Map<String, String> changes) {
        Map<String, String> form = new HashMap<>(
                Map.of("grant_type", "client_credentials", "client_id", "backend", "client_secret", SECRET));
        form.putAll(changes);
        return form;
    }

    private static String token(Answer answer) {
        return answer.json().path("access_token").asText();
    }
}
