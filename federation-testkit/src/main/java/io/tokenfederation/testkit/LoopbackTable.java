// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A shared table: its files, version by version. Version 0 is its creation; every change makes the next.
 *
 * <pre>{@code
 * LoopbackTable orders = sharing.table("sales", "public", "orders", schema);
 * orders.append(List.of(Map.of("id", 1L, "region", "west"), Map.of("id", 2L, "region", "east")));
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class LoopbackTable {
    private final String id = UUID.randomUUID().toString();
    private final String name;
    private final SharedSchema schema;
    private final Clock clock;
    private final ReentrantLock writing = new ReentrantLock();
    private volatile List<TableCommit> commits;
    private volatile Set<String> readerFeatures = Set.of();
    private volatile boolean historyShared = true;

    LoopbackTable(String name, SharedSchema schema, Clock clock) {
        this.name = name;
        this.schema = schema;
        this.clock = clock;
        this.commits = List.of(new TableCommit(0, clock.instant(), List.of(), List.of(), List.of()));
    }

    /**
     * Adds rows: one version, one file for each partition.
     *
     * @param rows the rows, as {@link SharedFile#ofRows} takes them, partition columns among them
     * @return this
     * @throws IllegalStateException if the schema was given as JSON
     * @throws IllegalArgumentException if a value is none of its column's type, or of no column
     */
    public LoopbackTable append(List<? extends Map<String, ?>> rows) {
        if (schema.columns().isEmpty()) {
            throw new IllegalStateException("rows need columns: SharedSchema.of(...); add files instead");
        }
        Map<Map<String, String>, List<Map<String, ?>>> partitions = new LinkedHashMap<>();
        for (Map<String, ?> row : rows) {
            partitions
                    .computeIfAbsent(partition(row), values -> new ArrayList<>())
                    .add(inFiles(row));
        }
        List<SharedFile> files = new ArrayList<>();
        partitions.forEach((values, ofPartition) -> {
            SharedFile file = SharedFile.ofRows(schema.inFiles(), ofPartition);
            for (Map.Entry<String, String> value : values.entrySet()) {
                file = file.partition(value.getKey(), value.getValue());
            }
            files.add(file);
        });
        return append(files.toArray(SharedFile[]::new));
    }

    /**
     * Adds files: one version.
     *
     * @param files the files, each with its partition values
     * @return this
     * @throws IllegalArgumentException if a file's partition values are not those of the partition columns
     */
    public LoopbackTable append(SharedFile... files) {
        return change(List.of(files), List.of(), List.of());
    }

    /**
     * Takes files away: one version. They stay in the versions before.
     *
     * @param files of this table
     * @return this
     * @throws IllegalArgumentException if a file is not in the table now
     */
    public LoopbackTable remove(SharedFile... files) {
        return change(List.of(), List.of(files), List.of());
    }

    /**
     * Replaces a file, as an update does: one version, whose changed rows are told by a file of their own.
     *
     * @param removed the file before
     * @param added the file after
     * @param changes the changed rows, with the column {@code _change_type}
     * @return this
     * @throws IllegalArgumentException if the first file is not in the table now
     */
    public LoopbackTable rewrite(SharedFile removed, SharedFile added, SharedFile changes) {
        return change(List.of(added), List.of(removed), List.of(changes));
    }

    /**
     * Says what a reader must be capable of, which only the response format {@code delta} can tell it. None from the start.
     *
     * @param features such as {@code deletionVectors}
     * @return this
     */
    public LoopbackTable requireReaderFeatures(String... features) {
        readerFeatures = new LinkedHashSet<>(List.of(features));
        return this;
    }

    /**
     * Whether older versions and changes are shared too.
     *
     * @param shared whether they are; true from the start
     * @return this
     */
    public LoopbackTable historyShared(boolean shared) {
        historyShared = shared;
        return this;
    }

    /** {@return the newest version's number} */
    public long version() {
        return commits.size() - 1L;
    }

    /** {@return the files of the newest version} */
    public List<SharedFile> files() {
        return files(version());
    }

    String id() {
        return id;
    }

    String name() {
        return name;
    }

    SharedSchema schema() {
        return schema;
    }

    Set<String> readerFeatures() {
        return readerFeatures;
    }

    boolean historyShared() {
        return historyShared;
    }

    List<TableCommit> commits() {
        return commits;
    }

    List<SharedFile> files(long version) {
        Map<String, SharedFile> live = new LinkedHashMap<>();
        for (TableCommit commit : commits.subList(0, Math.toIntExact(version) + 1)) {
            commit.removed().forEach(file -> live.remove(file.id()));
            commit.added().forEach(file -> live.put(file.id(), file));
        }
        return List.copyOf(live.values());
    }

    private LoopbackTable change(List<SharedFile> added, List<SharedFile> removed, List<SharedFile> changes) {
        for (SharedFile file : added) {
            if (!file.partitionValues().keySet().equals(Set.copyOf(schema.partitionColumns()))) {
                throw new IllegalArgumentException("partition columns are " + schema.partitionColumns()
                        + ", the file has " + file.partitionValues().keySet());
            }
        }
        writing.lock();
        try {
            Set<String> live =
                    new LinkedHashSet<>(files().stream().map(SharedFile::id).toList());
            for (SharedFile file : removed) {
                if (!live.contains(file.id())) {
                    throw new IllegalArgumentException("not in the table now: " + file);
                }
            }
            List<TableCommit> more = new ArrayList<>(commits);
            more.add(new TableCommit(more.size(), clock.instant(), added, removed, changes));
            commits = List.copyOf(more);
            return this;
        } finally {
            writing.unlock();
        }
    }

    private Map<String, String> partition(Map<String, ?> row) {
        Map<String, String> values = new LinkedHashMap<>();
        for (SharedColumn column : schema.columns()) {
            if (schema.partitionColumns().contains(column.name())) {
                Object value = row.get(column.name());
                values.put(
                        column.name(),
                        value == null ? "" : ParquetType.of(column.type()).partitionValue(value));
            }
        }
        return values;
    }

    /** Partition columns are not kept in the files. */
    private Map<String, ?> inFiles(Map<String, ?> row) {
        Map<String, Object> rest = new LinkedHashMap<>(row);
        schema.partitionColumns().forEach(rest::remove);
        return rest;
    }
}
