// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * What a server said when it refused, in whichever of the known shapes: OAuth ({@code error}, {@code error_description}),
 * Databricks ({@code error_code}, {@code message}), Okta ({@code errorCode}, {@code errorSummary}), Auth0 ({@code code},
 * {@code description}), Delta Sharing ({@code errorCode}, {@code message}), SCIM ({@code detail}), plain text, HTML, or
 * nothing.
 *
 * @param error the error code; empty if there is none
 * @param description the server's words, scrubbed and whole; empty if there are none; cut them by {@link SafeText#of}
 *     before they are shown
 * @param json whether it was a JSON object
 */
public record ErrorReply(String error, String description, boolean json) {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Shorter ones are words or parts of words; without them, nobody could tell one refusal from another. */
    private static final int SHORTEST_SECRET = 8;

    private static final String[] CODES = {"error", "error_code", "errorCode", "code", "scimType"};
    private static final String[] DESCRIPTIONS = {
        "error_description", "errorSummary", "message", "description", "detail"
    };

    /**
     * Reads a refusal.
     *
     * @param reply the reply
     * @param secrets what the request held and the server may repeat: removed wherever it stands
     * @return what it says
     */
    public static ErrorReply of(HttpReply reply, Set<String> secrets) {
        return of(reply.text(), secrets);
    }

    /**
     * Reads a refusal.
     *
     * @param body the reply's body
     * @return what it says
     */
    public static ErrorReply of(String body) {
        return of(body, Set.of());
    }

    private static ErrorReply of(String body, Set<String> secrets) {
        try {
            JsonNode root = JSON.readTree(body.getBytes(StandardCharsets.UTF_8));
            if (root != null && root.isObject()) {
                // JSON-RPC and some gateways nest the error one level down.
                JsonNode said = root.path("error").isObject() ? root.path("error") : root;
                return new ErrorReply(first(said, CODES, secrets), first(said, DESCRIPTIONS, secrets), true);
            }
        } catch (IOException e) {
            // Not JSON: a proxy's page or a plain sentence, handled below.
        }
        return new ErrorReply("", SafeText.scrubbed(without(secrets, body)), false);
    }

    private static String first(JsonNode said, String[] names, Set<String> secrets) {
        for (String name : names) {
            JsonNode value = said.path(name);
            if (value.isValueNode() && !value.isNull()) {
                return SafeText.scrubbed(without(secrets, value.asText()));
            }
        }
        return "";
    }

    /** Looks into what JSON's escapes stand for, and for what the form looked like. */
    private static String without(Set<String> secrets, String text) {
        String rest = text;
        for (String secret : secrets) {
            if (secret.length() < SHORTEST_SECRET) {
                continue;
            }
            rest = rest.replace(secret, "[removed]")
                    .replace(URLEncoder.encode(secret, StandardCharsets.UTF_8), "[removed]");
        }
        return rest;
    }
}
