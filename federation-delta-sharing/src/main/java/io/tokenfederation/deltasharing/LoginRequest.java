// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** One login's secrets: its state, and the verifier whose hash goes ahead of it (RFC 7636 §4.1, 32 random bytes each). */
final class LoginRequest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final String state = random();
    private final String verifier = random();

    /** {@return where the browser goes to begin the login (RFC 6749 §4.1.1)} */
    URI address(LoginServer server, LoginClient client, URI redirect) {
        Map<String, String> query = new LinkedHashMap<>(client.parameters());
        query.put("response_type", "code");
        query.put("client_id", client.clientId());
        query.put("redirect_uri", redirect.toString());
        query.put("scope", client.scope());
        query.put("state", state);
        query.put("code_challenge", BASE64URL.encodeToString(sha256(verifier)));
        query.put("code_challenge_method", "S256");
        String page = server.authorization().toString();
        return URI.create(page + (page.contains("?") ? "&" : "?") + form(query));
    }

    boolean isState(String presented) {
        return MessageDigest.isEqual(
                state.getBytes(StandardCharsets.UTF_8), presented.getBytes(StandardCharsets.UTF_8));
    }

    String verifier() {
        return verifier;
    }

    static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    @Override
    public String toString() {
        return "LoginRequest[redacted]";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String random() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return BASE64URL.encodeToString(bytes);
    }

    private static byte[] sha256(String ascii) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(ascii.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
