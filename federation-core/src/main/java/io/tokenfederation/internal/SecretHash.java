// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names a secret in logs and events: eight hex digits of an HMAC under a key that lives as long as the process, so that
 * nobody can look the secret up, or recognise it in the log of another process.
 */
public final class SecretHash {
    private static final SecretKeySpec KEY = newKey();

    private SecretHash() {}

    /**
     * Hashes a secret.
     *
     * @param secret the secret
     * @return eight hex digits
     */
    public static String of(String secret) {
        return HexFormat.of().formatHex(hmac(secret), 0, 4);
    }

    /**
     * Hashes a secret so that two different ones have two different hashes: a key for a map.
     *
     * @param secret the secret
     * @return 64 hex digits
     */
    public static String whole(String secret) {
        return HexFormat.of().formatHex(hmac(secret));
    }

    private static byte[] hmac(String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(KEY);
            return mac.doFinal(secret.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    private static SecretKeySpec newKey() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return new SecretKeySpec(key, "HmacSHA256");
    }
}
