// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import com.fasterxml.jackson.databind.JsonNode;

/** A JSON-RPC message from the server: one of four kinds. */
sealed interface Message {
    /** Our request was carried out. */
    record Result(JsonNode id, JsonNode value) implements Message {
        /** {@return what it is; not the data, which may be about people} */
        @Override
        public String toString() {
            return "Result[]";
        }
    }

    /** Our request failed; the id is null if the server could not read it. */
    record Failure(JsonNode id, RpcError error) implements Message {
        /** {@return its number} */
        @Override
        public String toString() {
            return "Failure[" + error + "]";
        }
    }

    /** The server asks us something. */
    record Request(JsonNode id, String method) implements Message {
        /** {@return what it asks} */
        @Override
        public String toString() {
            return "Request[" + method + "]";
        }
    }

    /** The server tells us something. */
    record Notification(String method) implements Message {}

    static Message of(JsonNode node) throws BadReplyException {
        if (node.isMissingNode()) {
            throw new BadReplyException("the reply is empty");
        }
        if (node.isArray()) {
            throw new BadReplyException("the reply is a JSON array; MCP has no batches since 2025-06-18");
        }
        JsonNode id = node.path("id");
        if (node.path("method").isTextual()) {
            String method = node.path("method").textValue();
            return node.has("id") ? new Request(id, method) : new Notification(method);
        }
        if (node.path("error").isObject()) {
            return new Failure(id, errorOf(node));
        }
        if (node.has("result")) {
            return new Result(id, node.path("result"));
        }
        throw new BadReplyException("the reply is JSON, but no JSON-RPC message");
    }

    /** The error of a JSON-RPC answer that failed. */
    static RpcError errorOf(JsonNode node) {
        JsonNode error = node.path("error");
        return new RpcError(error.path("code").asInt(), error.path("message").asText());
    }

    /** Whether an answer's id is that of our request. */
    static boolean answers(JsonNode id, long request) {
        return id.isIntegralNumber() && id.canConvertToLong() && id.longValue() == request;
    }
}
