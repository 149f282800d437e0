// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The lines that tell of a table, in the response format parquet or delta (PROTOCOL.md, "API Response Actions"). */
final class TableLines {
    private final LoopbackTable table;
    private final FileStore store;
    private final boolean delta;
    private @Nullable Instant firstToExpire;

    TableLines(LoopbackTable table, FileStore store, boolean delta) {
        this.table = table;
        this.store = store;
        this.delta = delta;
    }

    /** A file, and the version that brought or took it; without one it is part of a snapshot. */
    record Action(String name, SharedFile file, @Nullable TableCommit commit) {}

    Map<String, Object> protocol() {
        boolean features = !table.readerFeatures().isEmpty();
        if (!delta) {
            return Map.of("protocol", Map.of("minReaderVersion", 1));
        }
        Map<String, Object> protocol = new LinkedHashMap<>();
        protocol.put("minReaderVersion", features ? 3 : 1);
        protocol.put("minWriterVersion", features ? 7 : 2);
        if (features) {
            protocol.put("readerFeatures", table.readerFeatures());
            protocol.put("writerFeatures", table.readerFeatures());
        }
        return Map.of("protocol", Map.of("deltaProtocol", protocol));
    }

    /** The table itself; with the version where the client asked for one. */
    Map<String, Object> metadata(long version, boolean tellVersion) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("id", table.id());
        plain.put("name", table.name());
        plain.put("format", delta ? Map.of("provider", "parquet", "options", Map.of()) : Map.of("provider", "parquet"));
        plain.put("schemaString", table.schema().json());
        plain.put("partitionColumns", table.schema().partitionColumns());
        plain.put("configuration", table.historyShared() ? Map.of("enableChangeDataFeed", "true") : Map.of());
        List<SharedFile> files = table.files(version);
        Map<String, Object> metadata = delta ? new LinkedHashMap<>(Map.of("deltaMetadata", plain)) : plain;
        if (tellVersion) {
            metadata.put("version", version);
        }
        metadata.put("size", files.stream().mapToLong(SharedFile::size).sum());
        metadata.put("numFiles", files.size());
        return Map.of("metaData", metadata);
    }

    Map<String, Object> file(Action action) {
        FileStore.Signed signed = store.sign(table, action.file());
        Instant first = firstToExpire;
        firstToExpire = first == null || signed.expiresAt().isBefore(first) ? signed.expiresAt() : first;
        return delta ? deltaFile(action, signed) : parquetFile(action, signed);
    }

    /** The end; empty strings are left out. */
    Map<String, Object> end(String nextPageToken, String refreshToken) {
        Map<String, Object> end = new LinkedHashMap<>();
        if (!refreshToken.isEmpty()) {
            end.put("refreshToken", refreshToken);
        }
        if (!nextPageToken.isEmpty()) {
            end.put("nextPageToken", nextPageToken);
        }
        if (firstToExpire != null) {
            end.put("minUrlExpirationTimestamp", firstToExpire.toEpochMilli());
        }
        return Map.of("endStreamAction", end);
    }

    private Map<String, Object> parquetFile(Action action, FileStore.Signed signed) {
        SharedFile file = action.file();
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("url", signed.url().toString());
        line.put("id", file.id());
        line.put("partitionValues", file.partitionValues());
        line.put("size", file.size());
        if (!action.name().equals("cdf") && !action.name().equals("remove")) {
            file.stats().ifPresent(stats -> line.put("stats", stats));
        }
        putVersion(line, action.commit());
        line.put("expirationTimestamp", signed.expiresAt().toEpochMilli());
        return Map.of(action.name(), line);
    }

    private Map<String, Object> deltaFile(Action action, FileStore.Signed signed) {
        SharedFile file = action.file();
        Map<String, Object> single = new LinkedHashMap<>();
        single.put("path", signed.url().toString());
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        // In a Delta log, null is null.
        file.partitionValues().forEach((column, value) -> values.put(column, value.isEmpty() ? null : value));
        single.put("partitionValues", values);
        single.put("size", file.size());
        single.put("dataChange", !action.name().equals("cdf"));
        if (action.name().equals("remove")) {
            single.put("extendedFileMetadata", true);
        } else if (!action.name().equals("cdf")) {
            single.put("modificationTime", 0);
            file.stats().ifPresent(stats -> single.put("stats", stats));
        }
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("id", file.id());
        putVersion(line, action.commit());
        line.put("expirationTimestamp", signed.expiresAt().toEpochMilli());
        String name = action.name().equals("file") ? "add" : action.name().equals("cdf") ? "cdc" : action.name();
        line.put("deltaSingleAction", Map.of(name, single));
        return Map.of("file", line);
    }

    private static void putVersion(Map<String, Object> line, @Nullable TableCommit commit) {
        if (commit != null) {
            line.put("version", commit.version());
            line.put("timestamp", commit.at().toEpochMilli());
        }
    }
}
