// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes a struct of Thrift's compact protocol, in which Parquet keeps its headers and its footer. Fields come in the order
 * of their ids.
 *
 * @see <a href="https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md">Thrift compact
 *     protocol</a>
 */
final class ThriftCompact {
    private static final int TRUE = 1;
    private static final int FALSE = 2;
    private static final int I32 = 5;
    private static final int I64 = 6;
    private static final int BINARY = 8;
    private static final int LIST = 9;
    private static final int STRUCT = 12;

    private final ByteArrayOutputStream out;
    private int last;

    private ThriftCompact(ByteArrayOutputStream out) {
        this.out = out;
    }

    static byte[] struct(Consumer<ThriftCompact> fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writeStruct(out, fields);
        return out.toByteArray();
    }

    ThriftCompact bool(int id, boolean value) {
        header(id, value ? TRUE : FALSE);
        return this;
    }

    ThriftCompact i32(int id, int value) {
        header(id, I32);
        zigzag(value);
        return this;
    }

    ThriftCompact i64(int id, long value) {
        header(id, I64);
        zigzag(value);
        return this;
    }

    ThriftCompact text(int id, String value) {
        header(id, BINARY);
        text(value);
        return this;
    }

    ThriftCompact struct(int id, Consumer<ThriftCompact> fields) {
        header(id, STRUCT);
        writeStruct(out, fields);
        return this;
    }

    ThriftCompact structs(int id, List<Consumer<ThriftCompact>> structs) {
        list(id, STRUCT, structs.size());
        structs.forEach(fields -> writeStruct(out, fields));
        return this;
    }

    ThriftCompact i32s(int id, List<Integer> values) {
        list(id, I32, values.size());
        values.forEach(this::zigzag);
        return this;
    }

    ThriftCompact texts(int id, List<String> values) {
        list(id, BINARY, values.size());
        values.forEach(this::text);
        return this;
    }

    static void varint(ByteArrayOutputStream out, long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private static void writeStruct(ByteArrayOutputStream out, Consumer<ThriftCompact> fields) {
        fields.accept(new ThriftCompact(out));
        out.write(0);
    }

    private void header(int id, int type) {
        // The short form, for ids at most 15 above the one before: Parquet has no others.
        out.write((id - last) << 4 | type);
        last = id;
    }

    private void list(int id, int type, int size) {
        header(id, LIST);
        if (size < 15) {
            out.write(size << 4 | type);
        } else {
            out.write(0xF0 | type);
            varint(out, size);
        }
    }

    private void zigzag(long value) {
        varint(out, value << 1 ^ value >> 63);
    }

    private void text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        varint(out, bytes.length);
        out.writeBytes(bytes);
    }
}
