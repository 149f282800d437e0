// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
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
        String body = reply.text();
        for (String secret : secrets) {
            body = body.replace(secret, "[removed]");
        }
        return of(body);
    }

    /**
     * Reads a refusal.
     *
     * @param body the reply's body
     * @return what it says
     */
    public static ErrorReply of(String body) {
        try {
            JsonNode root = JSON.readTree(body.getBytes(StandardCharsets.UTF_8));
            if (root != null && root.isObject()) {
                // JSON-RPC and some gateways nest the error one level down.
                JsonNode said = root.path("error").isObject() ? root.path("error") : root;
                return new ErrorReply(first(said, CODES), first(said, DESCRIPTIONS), true);
            }
        } catch (IOException e) {
            // Not JSON: a proxy's page or a plain sentence, handled below.
        }
        return new ErrorReply("", SafeText.scrubbed(body), false);
    }

    private static String first(JsonNode said, String[] names) {
        for (String name : names) {
            JsonNode value = said.path(name);
            if (value.isValueNode() && !value.isNull()) {
                return SafeText.scrubbed(value.asText());
            }
        }
        return "";
    }
}
