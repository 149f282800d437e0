// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes put together piece by piece, up to a limit; gives out what it holds without a copy. Not thread-safe. */
final class ByteBuilder {
    private static final byte[] NONE = new byte[0];

    private final int limit;
    private byte[] bytes;
    private int length;

    ByteBuilder(int capacity, int limit) {
        this.limit = limit;
        this.bytes = new byte[Math.min(capacity, limit)];
    }

    int length() {
        return length;
    }

    byte at(int index) {
        return bytes[index];
    }

    /** Takes the next bytes from a buffer. */
    void add(ByteBuffer source, int count) throws BadReplyException {
        makeRoom(count);
        source.get(bytes, length, count);
        length += count;
    }

    /** Takes bytes of another builder. */
    void add(ByteBuilder source, int from, int to) throws BadReplyException {
        makeRoom(to - from);
        System.arraycopy(source.bytes, from, bytes, length, to - from);
        length += to - from;
    }

    void add(char ascii) throws BadReplyException {
        makeRoom(1);
        bytes[length++] = (byte) ascii;
    }

    /** What there is between two places; good until more is added. */
    Slice slice(int from, int to) {
        return new Slice(bytes, from, to);
    }

    /** All there is; the builder begins again, with other bytes. */
    Slice take() {
        Slice all = new Slice(bytes, 0, length);
        bytes = NONE;
        length = 0;
        return all;
    }

    /** The same for what may be kept for long: without much room that is not used. */
    Slice takeFitting() {
        if (bytes.length - length > length / 4) {
            bytes = Arrays.copyOf(bytes, length);
        }
        return take();
    }

    void clear() {
        length = 0;
    }

    private void makeRoom(int count) throws BadReplyException {
        if (count > limit - length) {
            throw BadReplyException.tooLarge(limit);
        }
        if (count > bytes.length - length) {
            // The first piece is mostly all there is.
            long doubled = Math.max(length == 0 ? 0 : 2L * Math.max(256, bytes.length), (long) length + count);
            bytes = Arrays.copyOf(bytes, (int) Math.min(limit, doubled));
        }
    }
}
