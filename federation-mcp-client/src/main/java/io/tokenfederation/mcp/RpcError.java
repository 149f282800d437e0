// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The error of a JSON-RPC answer.
 *
 * @param code the number
 * @param message the server's words; scrubbed once {@link Asked} has seen them
 * @param data what else the server says of it, in its own text; without what was sent to it once {@link Asked} has seen it,
 *     and empty if there is nothing
 */
record RpcError(int code, String message, String data) {
    /** The headers do not say what the body says (2026-07-28, "Server Validation"). */
    static final int HEADER_MISMATCH = -32020;

    /** A server of 2026-07-28 or later says so when it does not speak the version asked for. */
    static final int UNSUPPORTED_VERSION = -32022;

    /** A server of 2026-07-28 or later says so of a client that declares too little ("Capabilities"). */
    private static final int MISSING_CAPABILITY = -32021;

    /** Of 2025-11-25 alone. */
    private static final int URL_ELICITATION = -32042;

    /** From {@link #HEADER_MISMATCH} to here the specification keeps the numbers for itself; it has not used all. */
    private static final int LAST_RESERVED = -32099;

    RpcError(int code, String message) {
        this(code, message, "");
    }

    /** The error of an answer that failed, from its JSON object. */
    static RpcError of(Slice error) throws IOException {
        Members members = Members.of(error);
        String data = members.text("data");
        return new RpcError(
                members.value("code").asInt(), members.value("message").asText(), data.equals("null") ? "" : data);
    }

    /**
     * Whether only a server of 2026-07-28 or later can have said so, unless the number is a tool's own. What its neighbours
     * may mean one day nobody knows, and servers of the legacy era have taken some for themselves.
     */
    boolean modern() {
        return code == HEADER_MISMATCH || code == MISSING_CAPABILITY || code == UNSUPPORTED_VERSION;
    }

    /** Whether the number is the specification's to give a meaning to, in this version or a later one. */
    boolean reserved() {
        return code <= HEADER_MISMATCH && code >= LAST_RESERVED;
    }

    /**
     * What it means to an operator. JSON-RPC leaves the numbers to servers, so one that comes with a success may be a tool's
     * own.
     */
    McpErrorCode means(int status) {
        return switch (code) {
            case UNSUPPORTED_VERSION ->
                status < 400 ? McpErrorCode.MCP_PROTOCOL_ERROR : McpErrorCode.MCP_VERSION_UNSUPPORTED;
            case MISSING_CAPABILITY, URL_ELICITATION -> McpErrorCode.MCP_INPUT_REQUIRED;
            default -> McpErrorCode.MCP_PROTOCOL_ERROR;
        };
    }

    /** What helps, where it is not what helps with others of its kind. */
    Optional<String> fix() {
        return code == URL_ELICITATION
                ? Optional.of("Have a person open the page that rpcData() names, then make the call again.")
                : Optional.empty();
    }

    /** What the server needs before it goes on, its words made safe; empty if the error is about something else. */
    String needs(UnaryOperator<String> safe) {
        if (code == URL_ELICITATION) {
            return ", it wants a person to open a page first";
        }
        if (code != MISSING_CAPABILITY) {
            return "";
        }
        List<String> capabilities = new ArrayList<>();
        details().path("requiredCapabilities").properties().forEach(capability -> {
            if (capability.getKey().equals("extensions")) {
                capability.getValue().fieldNames().forEachRemaining(id -> capabilities.add("the extension " + id));
            } else {
                capabilities.add(capability.getKey());
            }
        });
        return ", it needs a client that offers " + safe.apply(String.join(", ", capabilities));
    }

    /** Whether it refuses the version and says which others it speaks. */
    boolean namesVersions() {
        return code == UNSUPPORTED_VERSION && !supportedVersions().isEmpty();
    }

    /** The versions the server speaks, if it says so. */
    List<String> supportedVersions() {
        List<String> versions = new ArrayList<>();
        details().path("supported").forEach(version -> versions.add(version.asText()));
        return versions;
    }

    /** The data, read; missing if there is none. */
    private JsonNode details() {
        try {
            return data.isEmpty() ? MissingNode.getInstance() : Json.read(data);
        } catch (IOException e) {
            // More than a parser takes. It says more about the error, which is one without.
            return MissingNode.getInstance();
        }
    }

    /** {@return the number; not the words, in which a server may repeat what it was sent} */
    @Override
    public String toString() {
        return "RpcError[" + code + "]";
    }
}
