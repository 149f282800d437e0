// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Seals what a stand-in hands out and wants back unchanged: page tokens, and the addresses of files. */
final class Sealed {
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    Sealed() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        key = new SecretKeySpec(bytes, ALGORITHM);
    }

    /** A token that holds this and cannot be made by anybody else. */
    String token(Map<String, Object> content) {
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(Json.write(content));
        return text + "." + seal(text);
    }

    /** What is in a token; empty if it is none of ours. */
    Optional<JsonNode> open(String token) {
        String[] parts = token.split("\\.", -1);
        return parts.length == 2 && fits(parts[0], parts[1])
                ? Json.object(new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8))
                : Optional.empty();
    }

    String seal(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    boolean fits(String text, String seal) {
        return MessageDigest.isEqual(
                seal(text).getBytes(StandardCharsets.UTF_8), seal.getBytes(StandardCharsets.UTF_8));
    }
}
