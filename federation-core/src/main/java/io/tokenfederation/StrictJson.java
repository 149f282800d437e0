// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads JSON strictly: neither a typing error in the configuration nor a trick in a token must deny or grant. */
final class StrictJson {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private StrictJson() {}

    /**
     * Reads an object.
     *
     * @param what what it is, for messages
     * @param example what it should look like
     */
    static JsonNode object(String json, String what, String example) {
        JsonNode root;
        try {
            root = JSON.readTree(json.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // Not the cause: the parser quotes its input, which may be a secret pasted into the wrong variable.
            throw new IllegalArgumentException(
                    what + " is not JSON, or names something twice; it should look like " + example);
        }
        if (root == null || !root.isObject()) {
            throw new IllegalArgumentException(what + " must be one JSON object, such as " + example);
        }
        return root;
    }

    /**
     * Looks for a member that stands twice in its object, at any depth.
     *
     * @throws IOException if there is one, or this is not JSON, or something follows it; the message quotes it
     */
    static void requireEachMemberOnce(byte[] json) throws IOException {
        if (JSON.readTree(json).isMissingNode()) {
            throw new IOException("nothing");
        }
    }
}
