// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.nio.charset.StandardCharsets;

/** Writes the JSON-RPC 2.0 messages of a client, from parts that are JSON already. */
final class JsonRpc {
    static final int METHOD_NOT_FOUND = -32601;
    static final int INTERNAL_ERROR = -32603;

    private static final Slice NOTHING = Slice.of("");
    private static final int EMPTY_OBJECT = 2;

    private JsonRpc() {}

    /** Always with an id: without one a request is a notification, which nobody answers. */
    static Slice request(long id, String method, Slice params) {
        String start = head(id, method);
        byte[] all = new byte[start.length() + params.length() + 1];
        int at = put(all, 0, start);
        at = put(all, at, params.bytes(), params.from(), params.length());
        all[at] = '}';
        return Slice.of(all);
    }

    private static String head(long id, String method) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":";
    }

    /** The name of one more member, which is one of ours and needs no escapes. */
    private static String key(Slice object, String name) {
        return (object.length() > EMPTY_OBJECT ? ",\"" : "\"") + name + "\":";
    }

    /** With one more parameter, {@code _meta}, a JSON object. */
    static Slice request(long id, String method, Slice params, Slice meta) {
        String start = head(id, method);
        String key = key(params, "_meta");
        byte[] all = new byte[start.length() + params.length() + key.length() + meta.length() + 1];
        int at = put(all, 0, start);
        at = put(all, at, params.bytes(), params.from(), params.length() - 1);
        at = put(all, at, key);
        at = put(all, at, meta.bytes(), meta.from(), meta.length());
        all[at] = '}';
        all[at + 1] = '}';
        return Slice.of(all);
    }

    static Slice notification(String method) {
        return message("\"method\":\"" + method + "\"", NOTHING);
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
        String start = object.length() > EMPTY_OBJECT ? "," : "";
        byte[] key = (start + Json.quoted(name) + ":").getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[object.length() + key.length + value.length()];
        int at = put(all, 0, object.bytes(), object.from(), object.length() - 1);
        at = put(all, at, key, 0, key.length);
        at = put(all, at, value.bytes(), value.from(), value.length());
        all[at] = '}';
        return Slice.of(all);
    }

    /** An object and one more member of it, behind the others; the name is one of ours, which JSON need not quote. */
    static Slice with(Slice object, String name, Slice value) {
        String key = key(object, name);
        byte[] all = new byte[object.length() + key.length() + value.length()];
        int at = put(all, 0, object.bytes(), object.from(), object.length() - 1);
        at = put(all, at, key);
        at = put(all, at, value.bytes(), value.from(), value.length());
        all[at] = '}';
        return Slice.of(all);
    }

    private static Slice message(String head, Slice tail) {
        // An id may be a text of the server's, in any script.
        byte[] start = ("{\"jsonrpc\":\"2.0\"," + head).getBytes(StandardCharsets.UTF_8);
        byte[] message = new byte[start.length + tail.length() + 1];
        int at = put(message, 0, start, 0, start.length);
        at = put(message, at, tail.bytes(), tail.from(), tail.length());
        message[at] = '}';
        return Slice.of(message);
    }

    /** ASCII, without an array in between. */
    private static int put(byte[] target, int at, String ascii) {
        for (int i = 0; i < ascii.length(); i++) {
            target[at + i] = (byte) ascii.charAt(i);
        }
        return at + ascii.length();
    }

    private static int put(byte[] target, int at, byte[] source, int from, int length) {
        System.arraycopy(source, from, target, at, length);
        return at + length;
    }
}
