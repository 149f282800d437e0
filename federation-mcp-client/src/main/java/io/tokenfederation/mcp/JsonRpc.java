// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** JSON-RPC 2.0 as MCP uses it: writes the messages of a client, and keeps every digit of the server's. */
final class JsonRpc {
    static final int METHOD_NOT_FOUND = -32601;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private JsonRpc() {}

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** Turns an application's values into JSON; what cannot be turned is misuse. */
    static JsonNode tree(Object value) {
        return JSON.valueToTree(value);
    }

    /** Always with an id: without one a request is a notification, which nobody answers. */
    static ObjectNode request(long id, String method, ObjectNode params) {
        ObjectNode message = message();
        message.put("id", id);
        message.put("method", method);
        message.set("params", params);
        return message;
    }

    static ObjectNode notification(String method) {
        return message().put("method", method);
    }

    static ObjectNode emptyResult(JsonNode id) {
        ObjectNode message = message();
        message.set("id", id);
        message.set("result", object());
        return message;
    }

    static ObjectNode methodNotFound(JsonNode id) {
        ObjectNode message = message();
        message.set("id", id);
        message.putObject("error").put("code", METHOD_NOT_FOUND).put("message", "this client does not offer that");
        return message;
    }

    static JsonNode read(byte[] text) throws IOException {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            // Its message quotes the reply; the place is enough.
            throw notJson(e);
        }
    }

    static JsonNode read(String text) throws IOException {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw notJson(e);
        }
    }

    private static BadReplyException notJson(JsonProcessingException e) {
        String place = e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
        return new BadReplyException("the reply is not JSON, or is cut off" + place);
    }

    private static ObjectNode message() {
        return object().put("jsonrpc", "2.0");
    }

    static byte[] bytes(ObjectNode message) {
        try {
            return JSON.writeValueAsBytes(message);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the arguments cannot be written as JSON", e);
        }
    }
}
