// SPDX-License-Identifier: Apache-2.0
package example.app;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** JWTs as runtimes issue them. Their signature is nobody's: sources do not look at it. */
final class Jwts {
    static final String AUDIENCE = "https://adb-1.azuredatabricks.net";

    private Jwts() {}

    static String of(String issuer, String audience, String subject, Duration left) {
        return withClaims("\"iss\":\"" + issuer + "\",\"aud\":\"" + audience + "\",\"sub\":\"" + subject + "\",\"exp\":"
                + Instant.now().plus(left).getEpochSecond());
    }

    static String of(String issuer, String audience, String subject) {
        return of(issuer, audience, subject, Duration.ofHours(1));
    }

    static String withClaims(String members) {
        return encoded("{\"alg\":\"RS256\",\"kid\":\"k\"}") + "." + encoded("{" + members + "}") + ".c2ln";
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
