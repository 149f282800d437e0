// SPDX-License-Identifier: Apache-2.0
package samples.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a tool's answer holds if it is a table: names of columns, and rows as long as they.
 *
 * @param columns their names
 * @param rows text or null: a number of JavaScript has 15 digits, so each value goes to the browser as it is written
 */
record Table(List<String> columns, List<List<@Nullable String>> rows) {
    /** The table; empty where it is none, whose values would have to be guessed at. */
    static Optional<Table> of(Object content) {
        if (!(content instanceof Map<?, ?> data)
                || !(data.get("columns") instanceof List<?> columns)
                || !(data.get("rows") instanceof List<?> rows)
                || !columns.stream().allMatch(String.class::isInstance)
                || !rows.stream().allMatch(row -> isRow(row, columns.size()))) {
            return Optional.empty();
        }
        return Optional.of(new Table(
                columns.stream().map(String::valueOf).toList(),
                rows.stream().map(row -> texts((List<?>) row)).toList()));
    }

    Map<String, ?> detail() {
        return Map.of("columns", columns, "rows", rows);
    }

    private static boolean isRow(@Nullable Object row, int length) {
        return row instanceof List<?> values
                && values.size() == length
                && values.stream().noneMatch(value -> value instanceof List<?> || value instanceof Map<?, ?>);
    }

    private static List<@Nullable String> texts(List<?> row) {
        List<@Nullable String> texts = new ArrayList<>();
        row.forEach(value -> texts.add(value == null ? null : value.toString()));
        return texts;
    }
}
