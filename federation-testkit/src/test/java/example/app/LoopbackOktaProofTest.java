// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import example.app.Web.Answer;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.OktaRules;
import java.time.Duration;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoopbackOktaProofTest {
    private static final String AUDIENCE = "api://databricks";
    private static final String SECRET = "secret";

    private final FakeClock clock = new FakeClock();
    private final LoopbackIdp idp = LoopbackIdp.okta().clock(clock).start();
    private final OktaRules rules = OktaRules.of(idp);

    @BeforeEach
    void register() {
        idp.api(AUDIENCE).m2mClient("backend", SECRET).grant("backend", AUDIENCE, "databricks");
    }

    @AfterEach
    void close() {
        idp.close();
    }

    @Test
    void anAssertionIsGoodOnce() throws Exception {
        idp.m2mClientWithKey("signer", Signer.publicKeyPem()).grant("signer", AUDIENCE, "databricks");
        String assertion = Signer.sign(
                Signer.claims("signer", idp.tokenEndpoint().toString()).build());

        Answer first = present(assertion);
        Answer second = present(assertion);

        assertThat(Web.claims(token(first)).path("sub").asText()).isEqualTo("signer");
        assertThat(second.status()).isEqualTo(401);
        assertThat(second.json().path("error").asText()).isEqualTo("invalid_client");
        assertThat(second.json().path("error_description").asText())
                .isEqualTo("The client_assertion token has already been used.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            issuer   | The audience claim for client_assertion must be the endpoint invoked for the request.
            expired  | The client_assertion token is expired.
            too long | The client_assertion token has an expiration too far into the future.
            """)
    void anAssertionThatBreaksARuleIsRefused(String flaw, String description) throws Exception {
        idp.m2mClientWithKey("signer", Signer.jwk()).grant("signer", AUDIENCE, "databricks");
        boolean forIssuer = flaw.equals("issuer");
        Duration lifetime = Duration.ofSeconds(flaw.equals("expired") ? -1 : flaw.equals("too long") ? 3601 : 60);
        JWTClaimsSet claims = Signer.claims(
                        "signer", forIssuer ? idp.issuer() : idp.tokenEndpoint().toString())
                .expirationTime(Date.from(FakeClock.START.plus(lifetime)))
                .build();

        Answer answer = present(Signer.sign(claims));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.json().path("error_description").asText()).isEqualTo(description);
    }

    @Test
    void anAssertionOfAnotherKeyOrForASecretsClientIsRefused() throws Exception {
        idp.m2mClientWithKey("signer", Signer.strangersJwk());
        String endpoint = idp.tokenEndpoint().toString();

        Answer otherKey = present(Signer.sign(Signer.claims("signer", endpoint).build()));
        Answer otherMethod =
                present(Signer.sign(Signer.claims("backend", endpoint).build()));

        assertThat(otherKey.status()).isEqualTo(401);
        assertThat(otherMethod.status()).isEqualTo(401);
    }

    @Test
    void aClientThatNeedsDpopIsToldSoAndThenAskedForTheNonce() throws Exception {
        rules.requireDpop("backend");
        String uri = idp.tokenEndpoint().toString();

        Answer bare = ask(Map.of());
        Answer first = Web.postForm(idp.tokenEndpoint(), form(Map.of()), "DPoP", Signer.dpop("POST", uri, ""));
        String nonce = first.header("dpop-nonce");
        Answer second = Web.postForm(idp.tokenEndpoint(), form(Map.of()), "DPoP", Signer.dpop("POST", uri, nonce));

        assertThat(bare.status()).isEqualTo(400);
        assertThat(bare.json())
                .isEqualTo(Web.json("{\"error\":\"invalid_dpop_proof\","
                        + "\"error_description\":\"The DPoP proof JWT header is missing.\"}"));
        assertThat(first.status()).isEqualTo(400);
        assertThat(first.json().path("error").asText()).isEqualTo("use_dpop_nonce");
        assertThat(second.json().path("token_type").asText()).isEqualTo("DPoP");
        assertThat(Web.claims(token(second)).path("cnf").path("jkt").asText()).isNotEmpty();
    }

    @Test
    void aProofForAnotherRequestIsRefused() throws Exception {
        rules.requireDpop("backend");

        Answer answer = Web.postForm(
                idp.tokenEndpoint(),
                form(Map.of()),
                "DPoP",
                Signer.dpop("GET", idp.tokenEndpoint().toString(), ""));

        assertThat(answer.json().path("error").asText()).isEqualTo("invalid_dpop_proof");
    }

    private Answer ask(Map<String, String> changes) throws Exception {
        return Web.postForm(idp.tokenEndpoint(), form(changes));
    }

    private Answer present(String assertion) throws Exception {
        Map<String, String> form = new HashMap<>(Signer.form(assertion));
        form.put("scope", "databricks");
        return Web.postForm(idp.tokenEndpoint(), form);
    }

    private static Map<String, String> form(Map<String, String> changes) {
        Map<String, String> form = new HashMap<>(Map.of(
                "grant_type",
                "client_credentials",
                "client_id",
                "backend",
                "client_secret",
                SECRET,
                "scope",
                "databricks"));
        form.putAll(changes);
        return form;
    }

    private static String token(Answer answer) {
        return answer.json().path("access_token").asText();
    }
}
