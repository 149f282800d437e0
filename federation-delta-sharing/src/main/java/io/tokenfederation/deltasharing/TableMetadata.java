// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a table is like: its columns, what it is partitioned by, how it is configured. Immutable.
 *
 * @see <a href="https://github.com/delta-io/delta-sharing/blob/main/PROTOCOL.md#metadata">Delta Sharing protocol:
 *     metadata</a>
 */
public final class TableMetadata implements TableAction {
    private final JsonNode described;
    private final JsonNode action;
    private final boolean delta;
    private final OptionalLong answered;

    private TableMetadata(JsonNode described, boolean delta, OptionalLong answered) {
        this.described = described;
        this.action = delta ? described.path("deltaMetadata") : described;
        this.delta = delta;
        this.answered = answered;
    }

    /**
     * Reads it.
     *
     * @param answered the version the whole answer is about, for where the metadata does not say its own
     * @return the metadata; empty if it lacks what all metadata has
     */
    static Optional<TableMetadata> of(JsonNode metadata, OptionalLong answered) {
        boolean delta = metadata.path("deltaMetadata").isObject();
        return Optional.of(new TableMetadata(metadata, delta, answered))
                .filter(read -> read.action.path("id").isTextual()
                        && read.action.path("schemaString").isTextual());
    }

    /** {@return what the table is called for good} */
    public String id() {
        return action.path("id").textValue();
    }

    /** {@return its name, as its owner has set it; mostly empty} */
    public Optional<String> name() {
        return Json.text(action, "name");
    }

    /** {@return what its owner says about it} */
    public Optional<String> description() {
        return Json.text(action, "description");
    }

    /** {@return its columns: the JSON text as it came, a struct in Spark's form} */
    public String schemaString() {
        return action.path("schemaString").textValue();
    }

    /** {@return the columns that are in no file, but in {@link DataFile#partitionValues()}} */
    public List<String> partitionColumns() {
        return Json.texts(action.path("partitionColumns"));
    }

    /** {@return its settings, such as {@code enableChangeDataFeed}} */
    public Map<String, String> configuration() {
        return Json.named(action.path("configuration"));
    }

    /** {@return the table's version this is about; empty if the server does not say} */
    public OptionalLong version() {
        OptionalLong own = Json.number(described, "version");
        return own.isPresent() ? own : answered;
    }

    /** {@return the length of all its files in bytes; empty if the server does not say} */
    public OptionalLong size() {
        return Json.number(described, "size");
    }

    /** {@return how many files it has; empty if the server does not say} */
    public OptionalLong numFiles() {
        return Json.number(described, "numFiles");
    }

    /** {@return the Delta log's action as JSON; empty in the Parquet format} */
    public Optional<String> deltaMetadata() {
        return delta ? Optional.of(action.toString()) : Optional.empty();
    }

    /** {@return id and version} */
    @Override
    public String toString() {
        OptionalLong version = version();
        return "TableMetadata[" + id() + (version.isPresent() ? ", version " + version.getAsLong() : "") + "]";
    }
}
