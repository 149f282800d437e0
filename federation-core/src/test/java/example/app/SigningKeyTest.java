// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import io.tokenfederation.SigningKey;
import java.security.Key;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys as people have them: PEM, JWK, key store. */
final class SigningKeyTest {
    @Test
    void anRsaKeyInPemSignsWithRs256() throws Exception {
        SigningKey key = SigningKey.fromPem(pem("PRIVATE KEY", rsa().toPrivateKey()));

        assertThat(key.algorithm()).isEqualTo("RS256");
        assertThat(key.keyId()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"secp256r1,ES256", "secp384r1,ES384", "secp521r1,ES512"})
    void anEcKeyInPemSignsWithItsCurvesAlgorithm(String curve, String algorithm) throws Exception {
        KeyPairGenerator pairs = KeyPairGenerator.getInstance("EC");
        pairs.initialize(new java.security.spec.ECGenParameterSpec(curve));

        assertThat(SigningKey.fromPem(pem("PRIVATE KEY", pairs.generateKeyPair().getPrivate()))
                        .algorithm())
                .isEqualTo(algorithm);
    }

    @Test
    void aJwkBringsItsIdAndAlgorithm() throws Exception {
        RSAKey jwk = new RSAKeyGenerator(2048)
                .keyID("2026-11")
                .algorithm(com.nimbusds.jose.JWSAlgorithm.PS256)
                .generate();

        SigningKey key = SigningKey.fromJwk(jwk.toJSONString());

        assertThat(key.keyId()).contains("2026-11");
        assertThat(key.algorithm()).isEqualTo("PS256");
        assertThat(key).hasToString("SigningKey[PS256, 2026-11]");
    }

    @Test
    void theAlgorithmMustSuitTheKey() throws Exception {
        SigningKey key =
                SigningKey.fromJwk(new ECKeyGenerator(Curve.P_256).generate().toJSONString());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> key.algorithm("RS256"))
                .withMessageContaining("cannot sign with RS256")
                .withMessageContaining("ES256");
    }

    @Test
    void aPublicKeyCannotSign() throws Exception {
        String json = rsa().toPublicJWK().toJSONString();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningKey.fromJwk(json))
                .withMessageContaining("no private part");
    }

    @Test
    void aSymmetricKeyIsNoKeyForThis() throws Exception {
        OctetSequenceKey secret = new OctetSequenceKeyGenerator(256).generate();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningKey.fromJwk(secret.toJSONString()))
                .withMessageContaining("RSA or EC")
                .withMessageNotContaining(secret.getKeyValue().toString());
    }

    @Test
    void aWeakRsaKeyIsRefused() throws Exception {
        KeyPairGenerator pairs = KeyPairGenerator.getInstance("RSA");
        pairs.initialize(1024);
        String pem = pem("PRIVATE KEY", pairs.generateKeyPair().getPrivate());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningKey.fromPem(pem))
                .withMessageContaining("1024 bits");
    }

    @Test
    void anOlderFormSaysHowToConvertIt() throws Exception {
        String pem = pem("RSA PRIVATE KEY", rsa().toPrivateKey());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningKey.fromPem(pem))
                .withMessageContaining("openssl pkcs8 -topk8 -nocrypt");
    }

    @Test
    void anEncryptedKeySaysSo() throws Exception {
        String pem = pem("ENCRYPTED PRIVATE KEY", rsa().toPrivateKey());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningKey.fromPem(pem))
                .withMessageContaining("encrypted");
    }

    @Test
    void whatIsNoKeyIsNotQuoted() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningKey.fromPem("c4n4ry"))
                .withMessageNotContaining("c4n4ry")
                .withNoCause();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningKey.fromJwk("{\"kty\":\"c4n4ry\"}"))
                .withMessageNotContaining("c4n4ry")
                .withNoCause();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningKey.fromPem("-----BEGIN PRIVATE KEY-----\nc4n4ry\n-----END PRIVATE KEY-----"))
                .withMessageNotContaining("c4n4ry")
                .withNoCause();
    }

    @Test
    void aKeyStoreThatDoesNotHoldTheKeySaysSo() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningKey.fromKeyStore(store, "backend", new char[0]))
                .withMessageContaining("no private key 'backend'");
    }

    private static RSAKey rsa() throws Exception {
        return new RSAKeyGenerator(2048).generate();
    }

    private static String pem(String kind, Key key) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded()) + "\n-----END " + kind
                + "-----\n";
    }
}
