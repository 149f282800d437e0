// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A Parquet file of a shared table, with what a Delta log says about it.
 *
 * <pre>{@code
 * SharedFile file = SharedFile.of(Path.of("orders.parquet")).partition("region", "west").rows(2);
 * }</pre>
 *
 * <p>Immutable; changed copies stay the same file, by its {@link #id}.
 */
public final class SharedFile {
    private final String id;
    private final byte[] content;
    private final Map<String, String> partitionValues;
    private final @Nullable String stats;

    private SharedFile(String id, byte[] content, Map<String, String> partitionValues, @Nullable String stats) {
        this.id = id;
        this.content = content;
        this.partitionValues = partitionValues;
        this.stats = stats;
    }

    /**
     * A file whose content is at hand. What is in it is never looked at.
     *
     * @param parquet the content
     * @return the file, without statistics and partition values
     */
    public static SharedFile of(byte[] parquet) {
        return new SharedFile(UUID.randomUUID().toString(), parquet.clone(), Map.of(), null);
    }

    /**
     * A file that is read now.
     *
     * @param parquet where it is
     * @return the file, without statistics and partition values
     * @throws UncheckedIOException if it cannot be read
     */
    public static SharedFile of(Path parquet) {
        try {
            return of(Files.readAllBytes(parquet));
        } catch (IOException e) {
            throw new UncheckedIOException("a table's file cannot be read: " + parquet, e);
        }
    }

    /**
     * A file that is written from rows, with statistics.
     *
     * @param columns what is to be in it
     * @param rows the rows: a value for each column, or none for null. Numbers for the types of numbers ({@code Float} and
     *     {@code Double} for those), {@code BigDecimal}, {@code String}, {@code byte[]}, {@code LocalDate}, {@code Instant}
     *     for {@code timestamp}, {@code LocalDateTime} for {@code timestamp_ntz}
     * @return the file
     * @throws IllegalArgumentException if a value is none of its column's type, or of no column
     */
    public static SharedFile ofRows(List<SharedColumn> columns, List<? extends Map<String, ?>> rows) {
        return of(ParquetFile.write(columns, rows)).stats(FileStatistics.of(columns, rows));
    }

    /**
     * Says which partition the file is of.
     *
     * @param column a partition column
     * @param value its value as the protocol writes it; empty for null
     * @return a changed copy
     */
    public SharedFile partition(String column, String value) {
        Map<String, String> more = new LinkedHashMap<>(partitionValues);
        more.put(requireNonNull(column, "column"), requireNonNull(value, "value"));
        return new SharedFile(id, content, more, stats);
    }

    /**
     * Gives it statistics.
     *
     * @param json as a Delta log has them: {@code {"numRecords":2,"minValues":{…},"maxValues":{…},"nullCount":{…}}}
     * @return a changed copy
     * @throws IllegalArgumentException if that is no JSON object
     */
    public SharedFile stats(String json) {
        if (Json.object(requireNonNull(json, "json")).isEmpty()) {
            throw new IllegalArgumentException("statistics are a JSON object");
        }
        return new SharedFile(id, content, partitionValues, json);
    }

    /**
     * Gives it statistics that tell the number of its rows only.
     *
     * @param rows how many
     * @return a changed copy
     */
    public SharedFile rows(long rows) {
        return stats("{\"numRecords\":" + rows + "}");
    }

    /** {@return this file without statistics, which are optional} */
    public SharedFile withoutStats() {
        return new SharedFile(id, content, partitionValues, null);
    }

    /** {@return its id, which is its own for ever} */
    public String id() {
        return id;
    }

    /** {@return its size in bytes} */
    public long size() {
        return content.length;
    }

    /** {@return its statistics, as JSON} */
    public Optional<String> stats() {
        return Optional.ofNullable(stats);
    }

    /** {@return a copy of its content} */
    public byte[] content() {
        return content.clone();
    }

    /** {@return partition columns and values; an empty value is null} */
    public Map<String, String> partitionValues() {
        return new LinkedHashMap<>(partitionValues);
    }

    /** {@return id and size} */
    @Override
    public String toString() {
        return "SharedFile[" + id + ", " + content.length + " bytes]";
    }
}
