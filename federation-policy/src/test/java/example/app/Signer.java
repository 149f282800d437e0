// SPDX-License-Identifier: Apache-2.0
package example.app;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.tokenfederation.IdpToken;
import java.text.ParseException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** An issuer's key, and tokens signed with it. */
final class Signer {
    static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
    static final String AUDIENCE = "https://adb-1.example.net";
    static final String SUBJECT = "backend";

    private final ECKey key;

    Signer(String keyId) {
        try {
            this.key = new ECKeyGenerator(Curve.P_256).keyID(keyId).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@return the public keys of these, as a JWKS} */
    static String jwks(Signer... signers) {
        return new JWKSet(Arrays.stream(signers)
                        .map(signer -> (JWK) signer.key.toPublicJWK())
                        .toList())
                .toString();
    }

    IdpToken token(String issuer) {
        return token(issuer, Map.of());
    }

    IdpToken token(String issuer, Map<String, Object> more) {
        return token(JWSAlgorithm.ES256, claims(issuer, more));
    }

    /** Signed with a secret, as nobody ought to. */
    static IdpToken hs256(String issuer) {
        try {
            SignedJWT jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("k-1").build(), claims(issuer, Map.of()));
            jwt.sign(new MACSigner(new byte[32]));
            return IdpToken.parse(jwt.serialize());
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private IdpToken token(JWSAlgorithm algorithm, JWTClaimsSet claims) {
        try {
            SignedJWT jwt = new SignedJWT(
                    new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(), claims);
            jwt.sign(new ECDSASigner(key));
            return IdpToken.parse(jwt.serialize());
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JWTClaimsSet claims(String issuer, Map<String, Object> more) {
        Map<String, Object> claims = new HashMap<>(Map.of(
                "iss",
                issuer,
                "aud",
                AUDIENCE,
                "sub",
                SUBJECT,
                "iat",
                NOW.getEpochSecond(),
                "exp",
                NOW.plusSeconds(3600).getEpochSecond()));
        claims.putAll(more);
        try {
            return JWTClaimsSet.parse(claims);
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }
}
