// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.nio.charset.StandardCharsets;

/** Writes the JSON-RPC 2.0 messages of a client, from parts that are JSON already. */
final class JsonRpc {
    static final int METHOD_NOT_FOUND = -32601;
    static final int INTERNAL_ERROR = -32603;

    private static final String VERSION = "{\"jsonrpc\":\"2.0\",";
    private static final byte[] ID = ascii(VERSION + "\"id\":");
    private static final byte[] METHOD = ascii(",\"method\":\"");
    private static final byte[] PARAMS = ascii("\",\"params\":");

    private JsonRpc() {}

    /** Always with an id: without one a request is a notification, which nobody answers. */
    static Slice request(long id, String method, Slice params) {
        return head(id, method, params.length()).put(params).sign('}').slice();
    }

    /** With one more parameter, {@code _meta}, a JSON object. */
    static Slice request(long id, String method, Slice params, Slice meta) {
        return head(id, method, params.length() + meta.length())
                .open(params)
                .name("_meta")
                .put(meta)
                .sign('}')
                .sign('}')
                .slice();
    }

    private static JsonText head(long id, String method, int length) {
        return new JsonText(length)
                .put(ID)
                .text(Long.toString(id))
                .put(METHOD)
                .text(method)
                .put(PARAMS);
    }

    static Slice notification(String method) {
        return message("\"method\":\"" + method + "\"", Slice.of(""));
    }

    static Slice notification(String method, Slice params) {
        return message("\"method\":\"" + method + "\",\"params\":", params);
    }

    static Slice result(String id, Slice result) {
        return message("\"id\":" + id + ",\"result\":", result);
    }

    static Slice error(String id, int code, String text) {
        byte[] error = Json.write(Json.object().put("code", code).put("message", text));
        return message("\"id\":" + id + ",\"error\":", Slice.of(error));
    }

    /** An object and one more member of it, behind the others; the name is somebody else's, and may be any text. */
    static Slice withForeign(Slice object, String name, Slice value) {
        byte[] key = (Json.quoted(name) + ":").getBytes(StandardCharsets.UTF_8);
        return new JsonText(object.length() + key.length + value.length())
                .open(object)
                .put(key)
                .put(value)
                .sign('}')
                .slice();
    }

    /** An object and one more member of it, behind the others; the name is one of ours, which JSON need not quote. */
    static Slice with(Slice object, String name, Slice value) {
        return new JsonText(object.length() + value.length())
                .open(object)
                .name(name)
                .put(value)
                .sign('}')
                .slice();
    }

    private static Slice message(String head, Slice tail) {
        // An id may be a text of the server's, in any script.
        return new JsonText(head.length() + tail.length())
                .put((VERSION + head).getBytes(StandardCharsets.UTF_8))
                .put(tail)
                .sign('}')
                .slice();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
