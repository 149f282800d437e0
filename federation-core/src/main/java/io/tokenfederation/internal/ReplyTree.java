// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A reply's body as JSON. Its mapper is out of reach: whoever could change it would change how all tokens are read. */
final class ReplyTree {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private ReplyTree() {}

    /** {@return the body; missing if it is no JSON, or has something behind it} */
    static JsonNode of(HttpReply reply) {
        try {
            return JSON.readTree(reply.text().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }
}
