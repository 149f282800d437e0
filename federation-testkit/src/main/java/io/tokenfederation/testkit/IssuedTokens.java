// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The Databricks tokens that are good. They look like JWTs, but their signatures are random: clients must not look inside,
 * and nobody but this table can tell a good one.
 */
final class IssuedTokens {
    /** Whose token it is, and until when. */
    record Issued(String userName, Instant expiresAt) {}

    /** From this many on, those that have expired are forgotten; a benchmark issues millions. */
    private static final int MANY = 10_000;

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final SecureRandom random = new SecureRandom();
    private final Map<String, Issued> good = new ConcurrentHashMap<>();

    String issue(String issuer, Issued issued, String scope, Instant now) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer);
        claims.put("sub", issued.userName());
        claims.put("client_id", issued.userName());
        claims.put("scope", scope);
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", issued.expiresAt().getEpochSecond());
        claims.put("jti", UUID.randomUUID().toString());
        byte[] signature = new byte[256];
        random.nextBytes(signature);
        String header =
                BASE64.encodeToString("{\"alg\":\"RS256\",\"typ\":\"at+jwt\"}".getBytes(StandardCharsets.UTF_8));
        String token =
                header + "." + BASE64.encodeToString(Json.write(claims)) + "." + BASE64.encodeToString(signature);
        if (good.size() > MANY) {
            good.values().removeIf(old -> old.expiresAt().isBefore(now));
        }
        good.put(token, issued);
        return token;
    }

    Optional<Issued> find(String token) {
        return Optional.ofNullable(good.get(token));
    }

    void revoke(String token) {
        good.remove(token);
    }

    void revokeAll() {
        good.clear();
    }
}
