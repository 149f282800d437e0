// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.nio.charset.StandardCharsets;

/** Puts a message together from parts that are JSON already, each copied once. For one thread. */
final class JsonText {
    /** For what stands between the parts. */
    private static final int ROOM = 96;

    private static final int EMPTY_OBJECT = 2;

    private byte[] bytes;
    private int length;

    /** Grows, if the parts are longer than that. */
    JsonText(int parts) {
        this.bytes = new byte[parts + ROOM];
    }

    JsonText text(String text) {
        return put(text.getBytes(StandardCharsets.UTF_8));
    }

    /** One of ASCII. */
    JsonText sign(char sign) {
        room(1);
        bytes[length++] = (byte) sign;
        return this;
    }

    JsonText put(Slice json) {
        return put(json.bytes(), json.from(), json.length());
    }

    JsonText put(byte[] json) {
        return put(json, 0, json.length);
    }

    /** A member's name, without escapes. */
    JsonText name(String name) {
        return sign('"').text(name).text("\":");
    }

    /** An object that is to have one more member, which follows. */
    JsonText open(Slice object) {
        put(object.bytes(), object.from(), object.length() - 1);
        return object.length() > EMPTY_OBJECT ? sign(',') : this;
    }

    private JsonText put(byte[] source, int from, int count) {
        room(count);
        System.arraycopy(source, from, bytes, length, count);
        length += count;
        return this;
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            byte[] larger = new byte[length + more + ROOM];
            System.arraycopy(bytes, 0, larger, 0, length);
            bytes = larger;
        }
    }

    /** All of it; nothing may be put to it any more. */
    Slice slice() {
        return new Slice(bytes, 0, length);
    }
}
