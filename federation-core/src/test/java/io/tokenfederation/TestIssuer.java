// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An issuer of people's tokens under a clock that stands still, which counts how often its keys are fetched. */
final class TestIssuer {
    static final String ISSUER = "https://idp.example.com/";
    static final String API = "sales-portal";
    static final RSAKey KEY = newKey("key-1");
    static final RSAKey NEXT_KEY = newKey("key-2");

    final FakeClocks time = new FakeClocks();
    final List<JWK> published = new CopyOnWriteArrayList<>(List.of(KEY));
    final AtomicInteger fetches = new AtomicInteger();
    final AtomicInteger signatureChecks = new AtomicInteger();
    volatile boolean down;

    /** A verifier for {@link #API}, whose background work is done on the spot. */
    CallerVerifierBuilder verifier() {
        return verifier(new OnTheSpot());
    }

    CallerVerifierBuilder verifier(ExecutorService background) {
        SignatureCheck keys =
                new IssuerKeys(ISSUER, IssuerKeys.ALGORITHMS, new KeptKeys(this::keys, time::wall, background));
        return CallerVerifier.builder()
                .issuer(ISSUER)
                .audience(API)
                .clock(time::wall)
                .signatures(jwt -> {
                    signatureChecks.incrementAndGet();
                    keys.requireSigned(jwt);
                });
    }

    JWKSet keys() throws IOException {
        fetches.incrementAndGet();
        if (down) {
            throw new IOException("down");
        }
        return new JWKSet(List.copyOf(published)).toPublicJWKSet();
    }

    /** The claims of an ordinary token for an hour; change what the test is about. */
    Map<String, Object> claims() {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", ISSUER);
        claims.put("aud", API);
        claims.put("sub", "auth0|7");
        claims.put("iat", seconds(Duration.ZERO));
        claims.put("exp", seconds(Duration.ofHours(1)));
        return claims;
    }

    Map<String, Object> claims(String name, Object value) {
        Map<String, Object> claims = claims();
        claims.put(name, value);
        return claims;
    }

    long seconds(Duration fromNow) {
        return time.wall().plus(fromNow).getEpochSecond();
    }

    String token() {
        return signed(claims());
    }

    static String signed(Map<String, Object> claims) {
        return signed(claims, KEY);
    }

    static String signed(Map<String, Object> claims, RSAKey key) {
        return signed(header().keyID(key.getKeyID()), new Payload(claims), key);
    }

    static JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.RS256).type(JOSEObjectType.JWT);
    }

    static String signed(JWSHeader.Builder header, Payload payload, RSAKey key) {
        try {
            JWSObject jwt = new JWSObject(header.build(), payload);
            jwt.sign(new RSASSASigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static RSAKey newKey(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs what it is given before it returns. */
    static class OnTheSpot extends AbstractExecutorService {
        @Override
        public void execute(Runnable work) {
            work.run();
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return true;
        }
    }
}
