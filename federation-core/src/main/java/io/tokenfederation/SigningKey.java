// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static java.util.Objects.requireNonNull;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.text.ParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The private key with which an application signs who it is, instead of sending a secret (RFC 7523).
 *
 * <pre>{@code
 * SigningKey key = SigningKey.fromPem(Files.readString(pemFile)).keyId("2026-11");
 * OidcTokenSource.builder().clientAssertion(ClientAssertion.signedBy(key)) …
 * }</pre>
 *
 * <p>RSA keys of 2048 bits and more, and EC keys on the curves P-256, P-384 and P-521. The identity provider knows the
 * public key by a key id or by its certificate; where a certificate comes with the key, its SHA-256 thumbprint is sent
 * ({@code x5t#S256}, RFC 7515 §4.1.8). Immutable and thread-safe; {@link #toString()} shows nothing of the key.
 */
public final class SigningKey {
    private final PrivateKey key;
    private final JWSAlgorithm algorithm;
    private final @Nullable String keyId;
    private final @Nullable Base64URL thumbprint;

    private SigningKey(PrivateKey key, JWSAlgorithm algorithm, @Nullable String keyId, @Nullable Base64URL thumbprint) {
        this.key = key;
        this.algorithm = algorithm;
        this.keyId = keyId;
        this.thumbprint = thumbprint;
    }

    /**
     * Reads a key from PEM: {@code PRIVATE KEY} (PKCS #8), and a {@code CERTIFICATE} beside it where there is one.
     *
     * @param pem the text of the file
     * @return the key; RS256 for RSA, the curve's algorithm for EC
     * @throws IllegalArgumentException if there is no private key in it, it is encrypted, or too weak
     */
    public static SigningKey fromPem(String pem) {
        PemKey read = PemKey.read(requireNonNull(pem, "pem"));
        return of(read.key(), null, read.thumbprint());
    }

    /**
     * Reads a key from a JWK (RFC 7517), with its {@code kid}, {@code alg} and {@code x5t#S256} where it has them.
     *
     * @param json the JWK
     * @return the key
     * @throws IllegalArgumentException if it is none, has no private part, or is too weak
     */
    public static SigningKey fromJwk(String json) {
        try {
            JWK jwk = JWK.parse(requireNonNull(json, "json"));
            SigningKey key = of(privateKey(jwk), jwk.getKeyID(), jwk.getX509CertSHA256Thumbprint());
            return jwk.getAlgorithm() == null
                    ? key
                    : key.algorithm(jwk.getAlgorithm().getName());
        } catch (ParseException | JOSEException e) {
            // Not the cause: it may quote the key.
            throw new IllegalArgumentException("the JWK cannot be read; it must be one RSA or EC key as JSON");
        }
    }

    /**
     * Takes a key out of a key store, with its certificate.
     *
     * @param store a loaded key store, such as PKCS #12
     * @param alias the key's name there
     * @param password the key's password; not kept
     * @return the key
     * @throws IllegalArgumentException if there is no such key, the password is wrong, or the key is too weak
     */
    public static SigningKey fromKeyStore(KeyStore store, String alias, char[] password) {
        PemKey read = PemKey.from(
                requireNonNull(store, "store"), requireNonNull(alias, "alias"), requireNonNull(password, "password"));
        return of(read.key(), null, read.thumbprint());
    }

    /**
     * Names the key, as the identity provider lists it.
     *
     * @param keyId its {@code kid}
     * @return a changed copy
     */
    public SigningKey keyId(String keyId) {
        if (requireNonNull(keyId, "keyId").isBlank()) {
            throw new IllegalArgumentException("keyId is blank");
        }
        return new SigningKey(key, algorithm, keyId, thumbprint);
    }

    /**
     * Sets how it signs. Default: RS256 for RSA, the curve's algorithm for EC.
     *
     * @param name such as {@code PS256} (RFC 7518 §3.1)
     * @return a changed copy
     * @throws IllegalArgumentException if this key cannot sign that way
     */
    public SigningKey algorithm(String name) {
        JWSAlgorithm wanted = new JWSAlgorithm(requireNonNull(name, "name"));
        if (!signer().supportedJWSAlgorithms().contains(wanted)) {
            throw new IllegalArgumentException("this " + key.getAlgorithm() + " key cannot sign with " + name
                    + "; it can with " + signer().supportedJWSAlgorithms());
        }
        return new SigningKey(key, wanted, keyId, thumbprint);
    }

    /** {@return its name, where it has one} */
    public Optional<String> keyId() {
        return Optional.ofNullable(keyId);
    }

    /** {@return how it signs, such as {@code RS256}} */
    public String algorithm() {
        return algorithm.getName();
    }

    /** {@return whether a certificate came with it, whose thumbprint is sent} */
    public boolean hasCertificate() {
        return thumbprint != null;
    }

    /** {@return a JWT that says this, signed} */
    String sign(JWTClaimsSet claims, String type) {
        JWSHeader header = new JWSHeader.Builder(algorithm)
                .type(new JOSEObjectType(type))
                .keyID(keyId)
                .x509CertSHA256Thumbprint(thumbprint)
                .build();
        try {
            SignedJWT jwt = new SignedJWT(header, claims);
            jwt.sign(signer());
            return jwt.serialize();
        } catch (JOSEException e) {
            // Not the cause: what a provider of keys says may quote them.
            throw new IdpTokenException(
                    Problem.of(ErrorCode.IDP_CREDENTIAL_UNREADABLE, "the key " + this + " did not sign the assertion"));
        }
    }

    JWSSigner signer() {
        try {
            return key instanceof ECPrivateKey ec ? new ECDSASigner(ec) : new RSASSASigner(key);
        } catch (JOSEException | IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage());
        }
    }

    /** {@return algorithm and key id} */
    @Override
    public String toString() {
        return "SigningKey[" + algorithm + (keyId == null ? "" : ", " + keyId) + "]";
    }

    private static SigningKey of(PrivateKey key, @Nullable String keyId, @Nullable Base64URL thumbprint) {
        return new SigningKey(key, defaultFor(key), keyId, thumbprint);
    }

    private static JWSAlgorithm defaultFor(PrivateKey key) {
        if (key instanceof ECPrivateKey ec) {
            Curve curve = Curve.forECParameterSpec(ec.getParams());
            if (Curve.P_256.equals(curve)) {
                return JWSAlgorithm.ES256;
            }
            if (Curve.P_384.equals(curve)) {
                return JWSAlgorithm.ES384;
            }
            if (Curve.P_521.equals(curve)) {
                return JWSAlgorithm.ES512;
            }
            throw new IllegalArgumentException("the EC key is on another curve than P-256, P-384 or P-521");
        }
        if (key instanceof RSAPrivateKey rsa && rsa.getModulus().bitLength() < 2_048) {
            throw new IllegalArgumentException(
                    "the RSA key has " + rsa.getModulus().bitLength() + " bits; 2048 is the least (RFC 7518 §3.3)");
        }
        if (!key.getAlgorithm().equals("RSA")) {
            throw new IllegalArgumentException(
                    "the key is for " + key.getAlgorithm() + "; it must be an RSA or EC key");
        }
        return JWSAlgorithm.RS256;
    }

    private static PrivateKey privateKey(JWK jwk) throws JOSEException {
        if (!jwk.isPrivate()) {
            throw new IllegalArgumentException("the JWK has no private part; only that can sign");
        }
        if (jwk instanceof RSAKey rsa) {
            return rsa.toPrivateKey();
        }
        if (jwk instanceof ECKey ec) {
            return ec.toPrivateKey();
        }
        throw new IllegalArgumentException("the JWK is of type " + jwk.getKeyType() + "; it must be an RSA or EC key");
    }
}
