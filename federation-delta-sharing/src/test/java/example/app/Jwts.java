// SPDX-License-Identifier: Apache-2.0
package example.app;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;

/** JWTs that nobody signs: what is only looked at by its claims. Each is another one. */
final class Jwts {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private Jwts() {}

    static String living(Duration life) {
        return endingAt(Instant.now().plus(life));
    }

    static String endingAt(Instant end) {
        return part("{\"alg\":\"RS256\"}") + "."
                + part(
                        "{\"iss\":\"https://idp.example.com\",\"aud\":\"sharing\",\"sub\":\"nightly-job\",\"azp\":\"app-7\","
                                + "\"jti\":\"" + COUNT.incrementAndGet() + "\",\"exp\":" + end.getEpochSecond() + "}")
                + "." + part("no signature at all, which nobody here verifies");
    }

    /** What a token endpoint answers. */
    static String issued(String jwt, Duration life) {
        return "{\"access_token\":\"" + jwt + "\",\"token_type\":\"Bearer\",\"expires_in\":\"" + life.toSeconds()
                + "\"}";
    }

    /** The payload of a JWT, as JSON text. */
    static String payload(String jwt) {
        return new String(Base64.getUrlDecoder().decode(jwt.split("\\.")[1]), StandardCharsets.UTF_8);
    }

    private static String part(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
