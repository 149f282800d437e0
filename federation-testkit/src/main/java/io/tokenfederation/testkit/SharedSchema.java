// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The columns of a shared table, and by which of them its files are divided.
 *
 * <pre>{@code
 * SharedSchema orders = SharedSchema.of(SharedColumn.of("id", "long").required(), SharedColumn.of("region", "string"))
 *         .partitionedBy("region");
 * }</pre>
 *
 * <p>Immutable.
 */
public final class SharedSchema {
    private final List<SharedColumn> columns;
    private final String json;
    private final List<String> partitionColumns;

    private SharedSchema(List<SharedColumn> columns, String json, List<String> partitionColumns) {
        this.columns = columns;
        this.json = json;
        this.partitionColumns = partitionColumns;
    }

    /**
     * A flat table.
     *
     * @param columns its columns
     * @return the schema
     * @throws IllegalArgumentException if there is none, or two have one name
     */
    public static SharedSchema of(SharedColumn... columns) {
        List<SharedColumn> all = List.of(columns);
        List<String> names = all.stream().map(SharedColumn::name).toList();
        if (names.isEmpty() || new HashSet<>(names).size() < names.size()) {
            throw new IllegalArgumentException("columns have names of their own: " + names);
        }
        Map<String, Object> struct = new LinkedHashMap<>();
        struct.put("type", "struct");
        struct.put("fields", all.stream().map(SharedSchema::field).toList());
        return new SharedSchema(all, new String(Json.write(struct), StandardCharsets.UTF_8), List.of());
    }

    /**
     * Any table, such as one with nested columns; its files are given as they are, rows cannot be.
     *
     * @param schemaString Spark's JSON, as {@code schemaString} has it
     * @return the schema
     * @throws IllegalArgumentException if it is no JSON object
     */
    public static SharedSchema ofJson(String schemaString) {
        if (Json.object(requireNonNull(schemaString, "schemaString")).isEmpty()) {
            throw new IllegalArgumentException("a schema is a JSON object");
        }
        return new SharedSchema(List.of(), schemaString, List.of());
    }

    /**
     * Divides the files by columns, which are then not in them.
     *
     * @param names of some columns
     * @return a changed copy
     * @throws IllegalArgumentException if there is no such column
     */
    public SharedSchema partitionedBy(String... names) {
        for (String name : names) {
            if (!columns.isEmpty()
                    && columns.stream().noneMatch(column -> column.name().equals(name))) {
                throw new IllegalArgumentException("no such column: " + name);
            }
        }
        return new SharedSchema(columns, json, List.of(names));
    }

    /** {@return the columns; empty if the schema was given as JSON} */
    public List<SharedColumn> columns() {
        return columns;
    }

    /** {@return the columns by which the files are divided} */
    public List<String> partitionColumns() {
        return partitionColumns;
    }

    /** {@return {@code schemaString}} */
    public String json() {
        return json;
    }

    /** The columns that are in the files. */
    List<SharedColumn> inFiles() {
        return columns.stream()
                .filter(column -> !partitionColumns.contains(column.name()))
                .toList();
    }

    private static Map<String, Object> field(SharedColumn column) {
        Map<String, Object> field = new LinkedHashMap<>();
        field.put("name", column.name());
        field.put("type", column.type());
        field.put("nullable", column.nullable());
        field.put("metadata", Map.of());
        return field;
    }
}
