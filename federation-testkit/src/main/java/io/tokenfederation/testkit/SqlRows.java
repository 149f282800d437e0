// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a statement answers; all values travel as text, as in the JSON_ARRAY format of Databricks.
 *
 * @param columns the columns' names
 * @param rows the rows, each with a value for each column; null is SQL's NULL
 */
public record SqlRows(List<String> columns, List<List<@Nullable String>> rows) {
    /**
     * Copies the rows.
     *
     * @param columns the columns' names
     * @param rows the rows
     * @throws IllegalArgumentException if a row has more or fewer values than there are columns
     */
    public SqlRows {
        columns = List.copyOf(columns);
        List<List<@Nullable String>> copy = new ArrayList<>();
        for (List<@Nullable String> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(
                        "a row has " + row.size() + " values for " + columns.size() + " columns");
            }
            copy.add(Collections.unmodifiableList(new ArrayList<>(row)));
        }
        rows = Collections.unmodifiableList(copy);
    }

    /**
     * One row with one value.
     *
     * @param column the column's name
     * @param value the value
     * @return the row
     */
    public static SqlRows of(String column, String value) {
        return new SqlRows(List.of(column), List.of(List.of(value)));
    }
}
