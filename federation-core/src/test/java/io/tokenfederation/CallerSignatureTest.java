// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static io.tokenfederation.TestIssuer.KEY;
import static io.tokenfederation.TestIssuer.NEXT_KEY;
import static io.tokenfederation.TestIssuer.header;
import static io.tokenfederation.TestIssuer.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64;
import com.nimbusds.jose.util.Base64URL;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way known to make a token look signed. */
final class CallerSignatureTest {
    private final TestIssuer issuer = new TestIssuer();
    private final CallerVerifier callers = issuer.verifier().build();

    @ParameterizedTest
    @ValueSource(strings = {"none", "NONE", "None", "nOnE"})
    void unsignedTokenIsRefusedHoweverItIsWritten(String none) {
        String payload = issuer.token().split("\\.")[1];
        String header = "{\"alg\":\"" + none + "\",\"kid\":\"key-1\"}";

        for (String signature : List.of("", "c2ln", issuer.token().split("\\.")[2])) {
            assertThat(refusalOf(Base64URL.encode(header) + "." + payload + "." + signature)
                            .code())
                    .isIn("CALLER_TOKEN_MALFORMED", "CALLER_SIGNATURE_INVALID");
        }
    }

    static Stream<byte[]> publicKeyAsSecret() throws JOSEException {
        byte[] der = KEY.toRSAPublicKey().getEncoded();
        String pem = "-----BEGIN PUBLIC KEY-----\n" + Base64.encode(der) + "\n-----END PUBLIC KEY-----\n";
        return Stream.of(
                der,
                pem.getBytes(StandardCharsets.US_ASCII),
                KEY.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8),
                KEY.getModulus().decode());
    }

    @ParameterizedTest
    @MethodSource("publicKeyAsSecret")
    void publicKeyIsNoSecret(byte[] secret) throws JOSEException {
        for (JWSAlgorithm algorithm : JWSAlgorithm.Family.HMAC_SHA) {
            JWSObject jwt = new JWSObject(
                    new JWSHeader.Builder(algorithm).keyID("key-1").build(), new Payload(issuer.claims()));
            jwt.sign(new MACSigner(secret));

            assertThat(refusalOf(jwt.serialize()).code()).isEqualTo("CALLER_SIGNATURE_INVALID");
        }
    }

    /** An issuer that publishes a shared secret by mistake has published it to forgers too. */
    @Test
    void secretAmongThePublishedKeysOpensNothing() throws JOSEException {
        OctetSequenceKey secret =
                new OctetSequenceKey.Builder(new byte[64]).keyID("oct").build();
        issuer.published.add(secret);
        JWSObject jwt = new JWSObject(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("oct").build(), new Payload(issuer.claims()));
        jwt.sign(new MACSigner(secret));

        assertThat(refusalOf(jwt.serialize()).code()).isEqualTo("CALLER_SIGNATURE_INVALID");
    }

    @Test
    void keyOfAnotherIssuerUnderThisOnesIdIsRefused() {
        String forged = signed(header().keyID("key-1"), new Payload(issuer.claims()), NEXT_KEY);

        assertThat(refusalOf(forged).code()).isEqualTo("CALLER_SIGNATURE_INVALID");
    }

    @Test
    void keyThatTheTokenBringsIsNotLookedAt() {
        List<JWSHeader.Builder> headers = List.of(
                header().jwk(NEXT_KEY.toPublicJWK()),
                header().jwk(NEXT_KEY.toPublicJWK()).keyID("key-1"),
                header().jwk(NEXT_KEY.toPublicJWK()).keyID("key-2"),
                header().jwkURL(URI.create("https://evil.example/keys")).keyID("key-2"),
                header().x509CertURL(URI.create("https://evil.example/cert")).keyID("key-2"),
                header().x509CertChain(List.of(Base64.encode("cert"))).keyID("key-2"));

        for (JWSHeader.Builder header : headers) {
            assertThat(refusalOf(signed(header, new Payload(issuer.claims()), NEXT_KEY))
                            .code())
                    .isEqualTo("CALLER_SIGNATURE_INVALID");
        }
    }

    @Test
    void unknownKeyIdIsRefused() {
        assertThat(refusalOf(signed(issuer.claims(), NEXT_KEY)).code()).isEqualTo("CALLER_SIGNATURE_INVALID");
    }

    @Test
    void extensionThatMustBeUnderstoodAndIsNotIsRefused() {
        String token = signed(
                header().keyID("key-1").criticalParams(Set.of("exp")).customParam("exp", 1),
                new Payload(issuer.claims()),
                KEY);

        assertThat(refusalOf(token).code()).isIn("CALLER_SIGNATURE_INVALID", "CALLER_TOKEN_MALFORMED");
    }

    @Test
    void changedPayloadIsRefused() {
        String[] parts = issuer.token().split("\\.");
        String other = signed(issuer.claims("sub", "auth0|1")).split("\\.")[1];

        assertThat(refusalOf(parts[0] + "." + other + "." + parts[2]).code()).isEqualTo("CALLER_SIGNATURE_INVALID");
    }

    @Test
    void tokenWithoutKeyIdIsCheckedAgainstAllKeys() {
        issuer.published.add(0, NEXT_KEY);

        assertThat(callers.verify(signed(header(), new Payload(issuer.claims()), KEY))
                        .subject())
                .isEqualTo("auth0|7");
    }

    @Test
    void ellipticCurvesAreAcceptedUnlessLeftOut() throws JOSEException {
        ECKey key = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
        issuer.published.add(key);
        JWSObject jwt = new JWSObject(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("ec").build(), new Payload(issuer.claims()));
        jwt.sign(new ECDSASigner(key));
        CallerVerifier rsaOnly = issuer.verifier()
                .signatures(new IssuerKeys(
                        TestIssuer.ISSUER,
                        Set.of(JWSAlgorithm.RS256),
                        new KeptKeys(issuer::keys, issuer.time::wall, new TestIssuer.OnTheSpot())))
                .build();

        assertThat(callers.verify(jwt.serialize()).subject()).isEqualTo("auth0|7");
        assertThat(catchThrowableOfType(CallerRejectedException.class, () -> rsaOnly.verify(jwt.serialize())))
                .hasMessageContaining("'ES256', which is not accepted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "HS256", "rs256", "EdDSA", ""})
    void algorithmThatIsNotSafeCannotBeAllowed(String name) {
        CallerVerifierBuilder builder = CallerVerifier.builder();

        assertThatIllegalArgumentException().isThrownBy(() -> builder.algorithms("RS256", name));
        assertThatIllegalArgumentException().isThrownBy(builder::algorithms);
    }

    private CallerRejectedException refusalOf(String token) {
        CallerRejectedException refused =
                catchThrowableOfType(CallerRejectedException.class, () -> callers.verify(token));
        assertThat(refused).isNotNull();
        assertThat(refused.retryable()).isFalse();
        assertThat(refused.getMessage()).doesNotContain(token);
        return refused;
    }
}
