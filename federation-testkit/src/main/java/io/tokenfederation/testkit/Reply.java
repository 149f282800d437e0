// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a stand-in answers: a status, headers, and a body that is at hand or is written piece by piece. Immutable. */
final class Reply {
    /** Writes a body that is sent as it comes, such as server-sent events; every flush is a piece on the wire. */
    @FunctionalInterface
    interface Stream {
        void writeTo(OutputStream body) throws IOException;
    }

    private final int status;
    private final Map<String, String> headers;
    private final Stream body;
    private final int length;

    private Reply(int status, Map<String, String> headers, Stream body, int length) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.length = length;
    }

    static Reply empty(int status) {
        return new Reply(status, Map.of(), out -> {}, 0);
    }

    static Reply json(int status, Object value) {
        return bytes(status, "application/json", Json.write(value));
    }

    static Reply text(int status, String contentType, String text) {
        return bytes(status, contentType, text.getBytes(StandardCharsets.UTF_8));
    }

    static Reply stream(int status, String contentType, Stream body) {
        return new Reply(status, Map.of("Content-Type", contentType), body, -1);
    }

    static Reply bytes(int status, String contentType, byte[] body) {
        return new Reply(status, Map.of("Content-Type", contentType), out -> out.write(body), body.length);
    }

    Reply header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, more, body, length);
    }

    /** The same status and headers around another body. */
    Reply withText(String contentType, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Reply(status, headers, out -> out.write(bytes), bytes.length).header("Content-Type", contentType);
    }

    /** The same status and headers around other bytes. */
    Reply withBytes(byte[] bytes) {
        return new Reply(status, headers, out -> out.write(bytes), bytes.length);
    }

    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }

    Stream body() {
        return body;
    }

    /** How many bytes the body has; -1 if nobody knows before it is written. */
    int length() {
        return length;
    }
}
