// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.X509CertUtils;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.util.Base64;
import java.util.Optional;

/** A public key that a client registered, with the certificate's SHA-256 thumbprint where it came in one. */
record ClientKey(JWK jwk, Optional<Base64URL> thumbprint) {
    private static final String PUBLIC_KEY = "-----BEGIN PUBLIC KEY-----";

    /** Reads a certificate or public key in PEM, or a JWK; of a private JWK the public half is taken. */
    static ClientKey read(String text) {
        String key = text.strip();
        try {
            if (key.startsWith("{")) {
                JWK jwk = JWK.parse(key).toPublicJWK();
                if (!(jwk instanceof RSAKey) && !(jwk instanceof ECKey)) {
                    throw new IllegalArgumentException("a client's public key is of type RSA or EC");
                }
                return new ClientKey(jwk, Optional.ofNullable(jwk.getX509CertSHA256Thumbprint()));
            }
            if (key.startsWith(PUBLIC_KEY)) {
                return new ClientKey(jwk(publicKey(key)), Optional.empty());
            }
            X509Certificate certificate = X509CertUtils.parseWithException(key);
            Base64URL thumbprint = X509CertUtils.computeSHA256Thumbprint(certificate);
            return new ClientKey(jwk(certificate.getPublicKey()), Optional.of(thumbprint));
        } catch (GeneralSecurityException | ParseException e) {
            throw new IllegalArgumentException(
                    "the public key is neither a certificate or public key in PEM nor a JWK", e);
        }
    }

    boolean verifies(JWSObject assertion) {
        JWSAlgorithm algorithm = assertion.getHeader().getAlgorithm();
        if (jwk.getAlgorithm() != null && !jwk.getAlgorithm().equals(algorithm)) {
            return false;
        }
        try {
            JWSVerifier verifier;
            if (jwk instanceof RSAKey rsa) {
                verifier = new RSASSAVerifier(rsa);
            } else if (jwk instanceof ECKey ec) {
                verifier = new ECDSAVerifier(ec);
            } else {
                return false;
            }
            return verifier.supportedJWSAlgorithms().contains(algorithm) && assertion.verify(verifier);
        } catch (JOSEException e) {
            return false;
        }
    }

    private static PublicKey publicKey(String pem) throws GeneralSecurityException {
        String base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        X509EncodedKeySpec encoded;
        try {
            encoded = new X509EncodedKeySpec(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("not Base64", e);
        }
        try {
            return KeyFactory.getInstance("RSA").generatePublic(encoded);
        } catch (GeneralSecurityException notRsa) {
            return KeyFactory.getInstance("EC").generatePublic(encoded);
        }
    }

    private static JWK jwk(PublicKey key) throws GeneralSecurityException {
        if (key instanceof RSAPublicKey rsa) {
            return new RSAKey.Builder(rsa).build();
        }
        if (key instanceof ECPublicKey ec) {
            return new ECKey.Builder(Curve.forECParameterSpec(ec.getParams()), ec).build();
        }
        throw new GeneralSecurityException("neither RSA nor EC");
    }
}
