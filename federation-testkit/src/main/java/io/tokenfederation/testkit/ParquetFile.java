// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes flat rows as a Parquet file: one row group, one page per column, encoding PLAIN, not compressed. Small and plain,
 * for tests; it needs no library, and every reader can read it.
 *
 * @see <a href="https://github.com/apache/parquet-format">Parquet format</a>
 */
final class ParquetFile {
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final int PLAIN = 0;
    private static final int RLE = 3;
    private static final int UNCOMPRESSED = 0;

    /** Where a column's one page is, and how long. */
    private record Chunk(SharedColumn column, long offset, int length) {}

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<Map<String, ?>> rows;

    private ParquetFile(List<? extends Map<String, ?>> rows) {
        this.rows = List.copyOf(rows);
    }

    static byte[] write(List<SharedColumn> columns, List<? extends Map<String, ?>> rows) {
        Set<String> names = columns.stream().map(SharedColumn::name).collect(Collectors.toSet());
        for (Map<String, ?> row : rows) {
            for (String key : row.keySet()) {
                if (!names.contains(key)) {
                    throw new IllegalArgumentException("no column of this file: " + key);
                }
            }
        }
        return new ParquetFile(rows).written(columns);
    }

    private byte[] written(List<SharedColumn> columns) {
        out.writeBytes(MAGIC);
        List<Chunk> chunks = new ArrayList<>();
        for (SharedColumn column : columns) {
            chunks.add(chunk(column));
        }
        byte[] footer = footer(columns, chunks);
        out.writeBytes(footer);
        out.writeBytes(littleEndian(footer.length));
        out.writeBytes(MAGIC);
        return out.toByteArray();
    }

    private Chunk chunk(SharedColumn column) {
        long offset = out.size();
        byte[] page = page(column);
        out.writeBytes(ThriftCompact.struct(header -> header.i32(1, 0)
                .i32(2, page.length)
                .i32(3, page.length)
                .struct(
                        5,
                        data -> data.i32(1, rows.size())
                                .i32(2, PLAIN)
                                .i32(3, RLE)
                                .i32(4, RLE))));
        out.writeBytes(page);
        return new Chunk(column, offset, Math.toIntExact(out.size() - offset));
    }

    private byte[] page(SharedColumn column) {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        List<@Nullable Object> values = new ArrayList<>();
        for (Map<String, ?> row : rows) {
            values.add(row.get(column.name()));
        }
        if (column.nullable()) {
            byte[] levels = levels(values);
            page.writeBytes(littleEndian(levels.length));
            page.writeBytes(levels);
        }
        List<Object> present = values.stream()
                .filter(Objects::nonNull)
                .<Object>map(Objects::requireNonNull)
                .toList();
        if (!column.nullable() && present.size() < rows.size()) {
            throw new IllegalArgumentException("column " + column.name() + " must not be null");
        }
        ParquetType type = ParquetType.of(column.type());
        try {
            if (type.physical() == ParquetType.BOOLEAN) {
                page.writeBytes(bits(present));
            } else {
                present.forEach(value -> type.plain(value, page));
            }
        } catch (ClassCastException | ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("column " + column.name() + ": not a " + column.type(), e);
        }
        return page.toByteArray();
    }

    /** Which values are there, as runs of the hybrid encoding: the length, doubled, and the level. */
    private static byte[] levels(List<@Nullable Object> values) {
        ByteArrayOutputStream levels = new ByteArrayOutputStream();
        int begin = 0;
        for (int end = 1; end <= values.size(); end++) {
            boolean there = values.get(begin) != null;
            if (end == values.size() || there != (values.get(end) != null)) {
                ThriftCompact.varint(levels, (long) (end - begin) << 1);
                levels.write(there ? 1 : 0);
                begin = end;
            }
        }
        return levels.toByteArray();
    }

    private static byte[] bits(List<Object> values) {
        byte[] bits = new byte[(values.size() + 7) / 8];
        for (int i = 0; i < values.size(); i++) {
            if ((Boolean) values.get(i)) {
                bits[i / 8] |= (byte) (1 << i % 8);
            }
        }
        return bits;
    }

    private byte[] footer(List<SharedColumn> columns, List<Chunk> chunks) {
        List<Consumer<ThriftCompact>> schema = new ArrayList<>();
        schema.add(root -> root.text(4, "spark_schema").i32(5, columns.size()));
        columns.forEach(column -> schema.add(element -> element(column, element)));
        long size = chunks.stream().mapToLong(Chunk::length).sum();
        return ThriftCompact.struct(footer -> footer.i32(1, 1)
                .structs(2, schema)
                .i64(3, rows.size())
                .structs(
                        4,
                        List.of(group ->
                                group.structs(1, metadata(chunks)).i64(2, size).i64(3, rows.size())))
                .text(6, "token-federation-testkit"));
    }

    private static void element(SharedColumn column, ThriftCompact element) {
        ParquetType type = ParquetType.of(column.type());
        element.i32(1, type.physical());
        if (type.physical() == ParquetType.FIXED_LENGTH) {
            element.i32(2, type.length());
        }
        element.i32(3, column.nullable() ? 1 : 0).text(4, column.name());
        if (type.converted() >= 0) {
            element.i32(6, type.converted());
        }
        if (type.precision() > 0) {
            element.i32(7, type.scale()).i32(8, type.precision());
        }
        if (type.name().startsWith("timestamp")) {
            boolean utc = type.name().equals("timestamp");
            // TIMESTAMP of the union LogicalType, whose unit is MICROS of the union TimeUnit.
            element.struct(
                    10,
                    logical -> logical.struct(
                            8, timestamp -> timestamp.bool(1, utc).struct(2, unit -> unit.struct(2, micros -> {}))));
        }
    }

    private List<Consumer<ThriftCompact>> metadata(List<Chunk> chunks) {
        List<Consumer<ThriftCompact>> structs = new ArrayList<>();
        for (Chunk chunk : chunks) {
            structs.add(column -> column.i64(2, chunk.offset())
                    .struct(
                            3,
                            data -> data.i32(
                                            1,
                                            ParquetType.of(chunk.column().type())
                                                    .physical())
                                    .i32s(2, List.of(PLAIN, RLE))
                                    .texts(3, List.of(chunk.column().name()))
                                    .i32(4, UNCOMPRESSED)
                                    .i64(5, rows.size())
                                    .i64(6, chunk.length())
                                    .i64(7, chunk.length())
                                    .i64(9, chunk.offset())));
        }
        return structs;
    }

    private static byte[] littleEndian(int value) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }
}
