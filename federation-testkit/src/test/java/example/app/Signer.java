// SPDX-License-Identifier: Apache-2.0
package example.app;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** A client that signs assertions, as a user's application would, with one key for all tests. */
final class Signer {
    private static final RSAKey KEY = generate();
    private static final HexFormat HEX = HexFormat.of();

    static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private Signer() {}

    static String jwk() {
        return KEY.toPublicJWK().toJSONString();
    }

    static String strangersJwk() {
        return generate().toPublicJWK().toJSONString();
    }

    static String publicKeyPem() throws JOSEException {
        return pem("PUBLIC KEY", KEY.toRSAPublicKey().getEncoded());
    }

    /** A good assertion of this client for this audience, five minutes long. */
    static JWTClaimsSet.Builder claims(String clientId, String audience) {
        Date now = Date.from(FakeClock.START);
        return new JWTClaimsSet.Builder()
                .issuer(clientId)
                .subject(clientId)
                .audience(audience)
                .jwtID(UUID.randomUUID().toString())
                .issueTime(now)
                .expirationTime(Date.from(FakeClock.START.plus(Duration.ofMinutes(5))));
    }

    static String sign(JWTClaimsSet claims) {
        return sign(JWSAlgorithm.RS256, claims, header -> header.keyID(KEY.getKeyID()));
    }

    static String sign(JWSAlgorithm algorithm, JWTClaimsSet claims, Consumer<JWSHeader.Builder> more) {
        JWSHeader.Builder header = new JWSHeader.Builder(algorithm).type(JOSEObjectType.JWT);
        more.accept(header);
        SignedJWT jwt = new SignedJWT(header.build(), claims);
        try {
            jwt.sign(new RSASSASigner(KEY));
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
        return jwt.serialize();
    }

    /** A proof of possession (RFC 9449). */
    static String dpop(String method, String uri, String nonce) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .claim("htm", method)
                .claim("htu", uri)
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(FakeClock.START));
        if (!nonce.isEmpty()) {
            claims.claim("nonce", nonce);
        }
        return sign(
                JWSAlgorithm.RS256,
                claims.build(),
                header -> header.type(new JOSEObjectType("dpop+jwt")).jwk(KEY.toPublicJWK()));
    }

    static Map<String, String> form(String assertion) {
        return Map.of("grant_type", "client_credentials", "client_assertion_type", TYPE, "client_assertion", assertion);
    }

    /** A certificate of the key, signed by itself. */
    static byte[] certificate() throws GeneralSecurityException, JOSEException {
        byte[] sha256WithRsa = HEX.parseHex("300d06092a864886f70d01010b0500");
        byte[] name = der(0x30, der(0x31, der(0x30, HEX.parseHex("0603550403"), der(0x0c, ascii("test")))));
        byte[] validity = der(0x30, der(0x17, ascii("250101000000Z")), der(0x17, ascii("450101000000Z")));
        byte[] body = der(
                0x30,
                der(0x02, new byte[] {1}),
                sha256WithRsa,
                name,
                validity,
                name,
                KEY.toRSAPublicKey().getEncoded());
        PrivateKey key = KEY.toPrivateKey();
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key);
        signature.update(body);
        return der(0x30, body, sha256WithRsa, der(0x03, new byte[] {0}, signature.sign()));
    }

    static String certificatePem() throws GeneralSecurityException, JOSEException {
        return pem("CERTIFICATE", certificate());
    }

    static Base64URL thumbprint() throws GeneralSecurityException, JOSEException {
        return Base64URL.encode(MessageDigest.getInstance("SHA-256").digest(certificate()));
    }

    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(tag);
        if (content.size() < 128) {
            all.write(content.size());
        } else {
            all.write(0x82);
            all.write(content.size() >> 8);
            all.write(content.size());
        }
        all.writeBytes(content.toByteArray());
        return all.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String pem(String what, byte[] content) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + what
                + "-----\n";
    }

    private static RSAKey generate() {
        try {
            return new RSAKeyGenerator(2048).keyIDFromThumbprint(true).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }
}
