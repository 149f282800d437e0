// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenfederation.FederationException;
import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.SigningKey;
import io.tokenfederation.entra.EntraTokenSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The assertion as Microsoft documents it for certificates. */
final class EntraCertificateTest {
    @TempDir
    private static Path directory;

    private static Certificate certificate;

    private ScriptedEntra entra;
    private EntraTokenSource source;

    @BeforeAll
    static void makeCertificate() throws IOException, InterruptedException, GeneralSecurityException {
        certificate = Certificate.in(directory);
    }

    @BeforeEach
    void start() throws IOException {
        entra = new ScriptedEntra().answers(200, ScriptedEntra.issued(ScriptedEntra.jwt(Map.of())));
        source = EntraTokenSource.builder()
                .tenant(ScriptedEntra.TENANT)
                .authority(entra.url())
                .clientId(ScriptedEntra.CLIENT)
                .certificate(key())
                .application(ScriptedEntra.API)
                .build();
    }

    @AfterEach
    void stop() {
        entra.close();
    }

    @Test
    void headerNamesTheAlgorithmAndTheCertificate() throws GeneralSecurityException {
        String thumbprint = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(MessageDigest.getInstance("SHA-256")
                        .digest(certificate.publicPart().getEncoded()));

        assertThat(part(assertion(), 0))
                .contains("\"alg\":\"PS256\"", "\"typ\":\"JWT\"", "\"x5t#S256\":\"" + thumbprint + "\"");
    }

    @Test
    void claimsNameTheClientTheEndpointAndFiveMinutes() {
        IdpToken assertion = IdpToken.parse(assertion());

        assertThat(assertion.issuer()).isEqualTo(ScriptedEntra.CLIENT);
        assertThat(assertion.subject()).isEqualTo(ScriptedEntra.CLIENT);
        assertThat(assertion.audiences())
                .containsExactly(entra.url() + "/" + ScriptedEntra.TENANT + "/oauth2/v2.0/token");
        Instant issued = Instant.ofEpochSecond(((Number) assertion.claims().get("iat")).longValue());
        assertThat(Duration.between(issued, assertion.expiresAt())).isEqualTo(Duration.ofMinutes(5));
        assertThat(assertion.claims()).containsKeys("nbf", "jti");
    }

    @Test
    void signatureIsTheKeys() throws GeneralSecurityException {
        String assertion = assertion();
        int end = assertion.lastIndexOf('.');
        Signature verifier = Signature.getInstance("RSASSA-PSS");
        verifier.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        verifier.initVerify(certificate.publicPart().getPublicKey());

        verifier.update(assertion.substring(0, end).getBytes(StandardCharsets.US_ASCII));

        assertThat(verifier.verify(Base64.getUrlDecoder().decode(assertion.substring(end + 1))))
                .isTrue();
    }

    @Test
    void eachRequestHasANewAssertion() {
        assertThat(IdpToken.parse(assertion()).claims().get("jti"))
                .isNotEqualTo(IdpToken.parse(assertion()).claims().get("jti"));
    }

    @Test
    void uploadedCertificateIsEnoughForADatabricksToken() throws GeneralSecurityException {
        try (EntraFederation federation = new EntraFederation()) {
            federation.idp.m2mClientWithKey(EntraFederation.CLIENT, certificate.pem());
            federation.fittingPolicy();

            assertThat(federation
                            .exchanger(federation
                                    .client()
                                    .certificate(key())
                                    .application(EntraFederation.API)
                                    .build())
                            .tokenFor(federation.principal))
                    .isNotNull();
        }
    }

    @Test
    void certificateThatIsNotUploadedIsRefused(@TempDir Path elsewhere)
            throws IOException, InterruptedException, GeneralSecurityException {
        try (EntraFederation federation = new EntraFederation()) {
            federation.idp.m2mClientWithKey(
                    EntraFederation.CLIENT, Certificate.in(elsewhere).pem());

            FederationException failure = federation.failure(federation
                    .client()
                    .certificate(key())
                    .application(EntraFederation.API)
                    .build());

            assertThat(failure.code()).isEqualTo("ENTRA_CERTIFICATE_REJECTED");
            assertThat(failure.fix()).contains("Upload the certificate");
        }
    }

    @Test
    void keyThatLaterComesWithoutItsCertificateIsSaidInTheLibrarysOwnWords() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder()
                        .encodeToString(generator.generateKeyPair().getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";

        IdpTokenException failure = refused(() -> SigningKey.fromPem(pem));

        assertThat(failure).hasMessageContaining("without its certificate");
        assertThat(failure.fix()).contains("CERTIFICATE", "PEM file");
    }

    @Test
    void keyThatLaterIsNoRsaKeyIsSaidInTheLibrarysOwnWords() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder()
                        .encodeToString(generator.generateKeyPair().getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";

        IdpTokenException failure = refused(() -> SigningKey.fromPem(pem));

        assertThat(failure).hasMessageContaining("RSA key only");
        assertThat(failure.fix()).contains("RSA");
    }

    private IdpTokenException refused(Supplier<SigningKey> key) {
        EntraTokenSource rotating = EntraTokenSource.builder()
                .tenant(ScriptedEntra.TENANT)
                .authority(entra.url())
                .clientId(ScriptedEntra.CLIENT)
                .certificate(key)
                .application(ScriptedEntra.API)
                .build();

        IdpTokenException failure = catchThrowableOfType(IdpTokenException.class, rotating::mint);

        assertThat(failure.code()).isEqualTo("IDP_CREDENTIAL_UNREADABLE");
        assertThat(failure.retryable()).isFalse();
        assertThat(failure).hasMessageNotContaining("threw an exception");
        assertThat(entra.asked()).isEmpty();
        return failure;
    }

    private static SigningKey key() {
        return SigningKey.fromKeyStore(certificate.store(), Certificate.ALIAS, Certificate.PASSWORD.toCharArray());
    }

    private String assertion() {
        assertThat(source.mint()).isNotNull();
        ScriptedEntra.Asked asked = entra.asked().get(entra.asked().size() - 1);
        assertThat(asked.form())
                .containsEntry("client_id", ScriptedEntra.CLIENT)
                .containsEntry("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        return asked.form().get("client_assertion");
    }

    private static String part(String jwt, int index) {
        return new String(Base64.getUrlDecoder().decode(jwt.split("\\.")[index]), StandardCharsets.UTF_8);
    }
}
