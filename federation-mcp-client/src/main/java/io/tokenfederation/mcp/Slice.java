// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.nio.charset.StandardCharsets;

/** A part of a message, as the server sent it: no copy, so that what is not looked at costs nothing. Immutable. */
final class Slice {
    private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final byte[] bytes;
    private final int from;
    private final int to;

    /** The bytes must not be changed; the last is the one before {@code to}. */
    Slice(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
    }

    static Slice of(byte[] bytes) {
        return new Slice(bytes, 0, bytes.length);
    }

    static Slice of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    byte[] bytes() {
        return bytes;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    int length() {
        return to - from;
    }

    boolean isBlank() {
        for (int at = from; at < to; at++) {
            if (bytes[at] > ' ' || bytes[at] < 0) {
                return false;
            }
        }
        return true;
    }

    /** Without the mark some servers put before UTF-8, so that places in it are counted from where the text begins. */
    Slice withoutByteOrderMark() {
        boolean marked = length() >= BOM.length
                && bytes[from] == BOM[0]
                && bytes[from + 1] == BOM[1]
                && bytes[from + 2] == BOM[2];
        return marked ? new Slice(bytes, from + BOM.length, to) : this;
    }

    /** The very text the server sent. */
    String text() {
        return new String(bytes, from, length(), StandardCharsets.UTF_8);
    }

    /** {@return how much it is; not what, which may be about people} */
    @Override
    public String toString() {
        return "Slice[" + length() + " bytes]";
    }
}
