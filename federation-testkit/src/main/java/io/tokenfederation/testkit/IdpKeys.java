// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.security.SecureRandom;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys of one identity provider: the pair it signs with, and older pairs it still publishes. */
final class IdpKeys implements AutoCloseable {
    /** One RSA and one EC key, which come and go together. */
    private record Pair(RSAKey rsa, ECKey ec) {
        @Override
        public String toString() {
            return "Pair[redacted]";
        }
    }

    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] macSecret = random(32);
    /** The newest is last; empty until a key is asked for, because making one takes longer than starting. */
    private final List<Pair> pairs = new ArrayList<>();

    /** A JWT with these claims, signed with the newest key. */
    String sign(SigningAlgorithm algorithm, Map<String, Object> claims) {
        return sign(algorithm, "JWT", claims);
    }

    /** The same, with another {@code typ} in its header. */
    String sign(SigningAlgorithm algorithm, String type, Map<String, Object> claims) {
        Pair pair = newest();
        JWSHeader.Builder header = new JWSHeader.Builder(algorithm.jose()).type(new JOSEObjectType(type));
        try {
            if (algorithm == SigningAlgorithm.ES256) {
                return jwt(header.keyID(pair.ec().getKeyID()).build(), new ECDSASigner(pair.ec()), claims);
            }
            JWSSigner signer =
                    algorithm == SigningAlgorithm.HS256 ? new MACSigner(macSecret) : new RSASSASigner(pair.rsa());
            return jwt(header.keyID(pair.rsa().getKeyID()).build(), signer, claims);
        } catch (JOSEException e) {
            throw new IllegalStateException("these keys are made for these algorithms", e);
        }
    }

    /** A JWT that says it is signed with the newest key, but is not. */
    String signWithUnknownKey(Map<String, Object> claims) {
        RSAKey stranger = KeyPool.take();
        try {
            return jwt(header(JWSAlgorithm.RS256, newest().rsa().getKeyID()), new RSASSASigner(stranger), claims);
        } catch (JOSEException e) {
            throw new IllegalStateException("this key is made for this algorithm", e);
        } finally {
            KeyPool.giveBack(stranger);
        }
    }

    /** The attack of old: the public key, which everybody has, taken for an HMAC secret. */
    String signWithPublicKeyAsSecret(Map<String, Object> claims) {
        RSAKey key = newest().rsa();
        try {
            String pem = "-----BEGIN PUBLIC KEY-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'})
                            .encodeToString(key.toRSAPublicKey().getEncoded())
                    + "\n-----END PUBLIC KEY-----\n";
            return jwt(header(JWSAlgorithm.HS256, key.getKeyID()), new MACSigner(pem), claims);
        } catch (JOSEException e) {
            throw new IllegalStateException("any text long enough is an HMAC secret", e);
        }
    }

    /** The claims of a JWT that a published RSA key has signed; nothing else of it is checked. */
    synchronized Optional<Map<String, Object>> verified(String jwt) {
        try {
            JWSObject parsed = JWSObject.parse(jwt);
            for (Pair pair : pairs) {
                if (parsed.getHeader().getAlgorithm().equals(JWSAlgorithm.RS256)
                        && parsed.verify(new RSASSAVerifier(pair.rsa()))) {
                    return Optional.ofNullable(parsed.getPayload().toJSONObject());
                }
            }
            return Optional.empty();
        } catch (ParseException | JOSEException e) {
            return Optional.empty();
        }
    }

    /** The public keys, the newest last. */
    synchronized Map<String, Object> published() {
        newest();
        List<JWK> keys = new ArrayList<>();
        pairs.forEach(pair -> keys.addAll(List.of(pair.rsa(), pair.ec())));
        return new JWKSet(keys).toJSONObject(true);
    }

    synchronized void rotate() {
        newest();
        pairs.add(newPair());
    }

    synchronized void dropOld() {
        while (pairs.size() > 1) {
            KeyPool.giveBack(pairs.remove(0).rsa());
        }
    }

    @Override
    public synchronized void close() {
        pairs.forEach(pair -> KeyPool.giveBack(pair.rsa()));
        pairs.clear();
    }

    private synchronized Pair newest() {
        if (pairs.isEmpty()) {
            pairs.add(newPair());
        }
        return pairs.get(pairs.size() - 1);
    }

    private static Pair newPair() {
        try {
            RSAKey rsa = new RSAKey.Builder(KeyPool.take())
                    .keyID(newKeyId())
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .build();
            ECKey ec = new ECKeyGenerator(Curve.P_256)
                    .keyID(newKeyId())
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .generate();
            return new Pair(rsa, ec);
        } catch (JOSEException e) {
            throw new IllegalStateException("every Java platform makes EC keys", e);
        }
    }

    private static JWSHeader header(JWSAlgorithm algorithm, String keyId) {
        return new JWSHeader.Builder(algorithm)
                .type(JOSEObjectType.JWT)
                .keyID(keyId)
                .build();
    }

    private static String jwt(JWSHeader header, JWSSigner signer, Map<String, Object> claims) throws JOSEException {
        JWSObject jwt = new JWSObject(header, new Payload(claims));
        jwt.sign(signer);
        return jwt.serialize();
    }

    private static String newKeyId() {
        return HexFormat.of().formatHex(random(12));
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
