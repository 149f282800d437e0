// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import example.app.Web.Answer;
import io.tokenfederation.testkit.EntraRules;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.SigningAlgorithm;
import java.time.Duration;
import java.util.Date;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoopbackEntraProofTest {
    private static final String API = "api://databricks";
    private static final String CLIENT = "0b7e8c52-1a3d-4f60-9e4b-2c5d8f7a6b91";
    private static final String EXCHANGE = "api://AzureADTokenExchange";
    private static final String JOB = "repo:acme/etl:ref:refs/heads/main";

    private final FakeClock clock = new FakeClock();
    private final LoopbackIdp idp = LoopbackIdp.entra().clock(clock).start();
    private final LoopbackIdp external =
            LoopbackIdp.gitHubActions().clock(clock).start();
    private final EntraRules rules = EntraRules.of(idp);

    @BeforeEach
    void register() {
        idp.api(API);
    }

    @AfterEach
    void close() {
        idp.close();
        external.close();
    }

    @Test
    void aRegisteredCertificateIsKnownByItsThumbprint() throws Exception {
        idp.m2mClientWithKey(CLIENT, Signer.certificatePem());

        Answer answer = present(withCertificate(claims().build()));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(Web.claims(answer.json().path("access_token").asText())
                        .path("azpacr")
                        .asText())
                .isEqualTo("2");
    }

    @Test
    void anAssertionThatNamesNoRegisteredKeyIsRefused() throws Exception {
        idp.m2mClientWithKey(CLIENT, Signer.certificatePem());
        String byKeyId = Signer.sign(claims().build());

        Answer answer = present(byKeyId);

        assertRefused(answer, 700027);
        assertThat(answer.json().path("error_description").asText()).contains("The key was not found.");
    }

    @Test
    void aKeyWithoutCertificateIsKnownByItsId() throws Exception {
        idp.m2mClientWithKey(CLIENT, Signer.jwk());

        Answer answer = present(Signer.sign(claims().build()));

        assertThat(answer.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"audience,700023", "expired,700024", "too long,700024", "subject,700021", "id,50027"})
    void anAssertionThatBreaksARuleIsRefused(String flaw, int code) throws Exception {
        idp.m2mClientWithKey(CLIENT, Signer.certificatePem());
        JWTClaimsSet.Builder claims = claims();
        switch (flaw) {
            case "audience" -> claims.audience(idp.issuer());
            case "expired" -> claims.expirationTime(in(Duration.ofSeconds(-1)));
            case "too long" -> claims.expirationTime(in(Duration.ofSeconds(601)));
            case "subject" -> claims.subject("another");
            default -> claims.jwtID(null);
        }

        assertRefused(present(withCertificate(claims.build())), code);
    }

    @Test
    void anAssertionIsGoodOnce() throws Exception {
        idp.m2mClientWithKey(CLIENT, Signer.certificatePem());
        String assertion = withCertificate(claims().build());

        assertThat(present(assertion).status()).isEqualTo(200);
        assertThat(present(assertion).status()).isEqualTo(400);
    }

    @Test
    void aFederatedCredentialTakesTheJwtOfAnotherIssuer() throws Exception {
        rules.federatedCredential(CLIENT, external.issuer(), JOB, EXCHANGE);

        Answer answer = present(jobToken(EXCHANGE));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(Web.claims(answer.json().path("access_token").asText())
                        .path("sub")
                        .asText())
                .isEqualTo(idp.subjectOf(CLIENT));
    }

    @Test
    void aClientWithoutFederatedCredentialIsToldWhatWasPresented() throws Exception {
        idp.m2mClient(CLIENT, "secret");

        Answer answer = present(jobToken(EXCHANGE));

        assertRefused(answer, 70021);
        assertThat(answer.json().path("error_description").asText())
                .contains(
                        "Assertion Issuer: '" + external.issuer() + "'",
                        "Assertion Subject: '" + JOB + "'",
                        "Assertion Audience: '" + EXCHANGE + "'");
    }

    @ParameterizedTest
    @CsvSource({"issuer,700211", "subject,700213", "audience,700212"})
    void issuerSubjectAndAudienceMustMatchLetterByLetter(String other, int code) throws Exception {
        rules.federatedCredential(
                CLIENT,
                external.issuer() + (other.equals("issuer") ? "/" : ""),
                other.equals("subject") ? JOB.toUpperCase(Locale.ROOT) : JOB,
                EXCHANGE);
        String audience = other.equals("audience") ? "api://azureadtokenexchange" : EXCHANGE;

        Answer answer = present(jobToken(audience));

        assertRefused(answer, code);
        String presented = Map.of("issuer", external.issuer(), "subject", JOB, "audience", audience)
                .get(other);
        assertThat(answer.json().path("error_description").asText())
                .contains("presented assertion " + other + " '" + presented + "'");
    }

    @Test
    void theExternalSignatureIsVerified() throws Exception {
        rules.federatedCredential(CLIENT, external.issuer(), JOB, EXCHANGE);

        Answer strange = present(external.userToken(JOB).audience(EXCHANGE).signedWithUnknownKey());
        Answer otherAlgorithm =
                present(external.userToken(JOB).audience(EXCHANGE).sign(SigningAlgorithm.ES256));
        Answer expired = present(external.userToken(JOB)
                .audience(EXCHANGE)
                .expiresIn(Duration.ofSeconds(-1))
                .sign());

        assertRefused(strange, 50012);
        assertRefused(otherAlgorithm, 50012);
        assertRefused(expired, 700024);
    }

    private String jobToken(String audience) {
        return external.userToken(JOB).audience(audience).sign();
    }

    private JWTClaimsSet.Builder claims() {
        return Signer.claims(CLIENT, idp.tokenEndpoint().toString());
    }

    private static String withCertificate(JWTClaimsSet claims) throws Exception {
        var thumbprint = Signer.thumbprint();
        return Signer.sign(JWSAlgorithm.PS256, claims, header -> header.x509CertSHA256Thumbprint(thumbprint));
    }

    private static Date in(Duration time) {
        return Date.from(FakeClock.START.plus(time));
    }

    private Answer present(String assertion) throws Exception {
        Map<String, String> form = new HashMap<>(Signer.form(assertion));
        form.put("client_id", CLIENT);
        form.put("scope", API + "/.default");
        return Web.postForm(idp.tokenEndpoint(), form);
    }

    private static void assertRefused(Answer answer, int code) {
        assertThat(answer.json().path("error_codes")).isEqualTo(Web.json("[" + code + "]"));
    }
}
