// SPDX-License-Identifier: Apache-2.0
package example.app;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;

/** JWTs as an identity provider would issue them. */
public final class Jwts {
    public static final String ISSUER = "https://idp.example.com/";
    public static final String AUDIENCE = "https://adb-1.azuredatabricks.net";
    public static final String SUBJECT = "m2m-client@clients";
    private static final ECKey KEY = newKey();

    private Jwts() {}

    /** The claims of an ordinary M2M token; change what the test is about. */
    public static JWTClaimsSet.Builder claims(Instant end) {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .subject(SUBJECT)
                .expirationTime(Date.from(end))
                .jwtID(UUID.randomUUID().toString());
    }

    public static String endingAt(Instant end) {
        return signed(claims(end));
    }

    public static String signed(JWTClaimsSet.Builder claims) {
        try {
            SignedJWT jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("key-1").build(), claims.build());
            jwt.sign(new ECDSASigner(KEY));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String signedWithASharedSecret(Instant end) {
        try {
            SignedJWT jwt =
                    new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims(end).build());
            jwt.sign(new MACSigner(new byte[32]));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String unsigned(Instant end) {
        return unsigned(claims(end));
    }

    public static String unsigned(JWTClaimsSet.Builder claims) {
        return new PlainJWT(claims.build()).serialize();
    }

    private static ECKey newKey() {
        try {
            return new ECKeyGenerator(Curve.P_256).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
