// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The statistics of rows, as a Delta log keeps them for each file. */
final class FileStatistics {
    private FileStatistics() {}

    static String of(List<SharedColumn> columns, List<? extends Map<String, ?>> rows) {
        Map<String, Object> least = new LinkedHashMap<>();
        Map<String, Object> most = new LinkedHashMap<>();
        Map<String, Object> nulls = new LinkedHashMap<>();
        for (SharedColumn column : columns) {
            ParquetType type = ParquetType.of(column.type());
            List<Object> values = new ArrayList<>();
            for (Map<String, ?> row : rows) {
                Object value = row.get(column.name());
                if (value != null) {
                    values.add(value);
                }
            }
            nulls.put(column.name(), rows.size() - values.size());
            if (type.ordered() && !values.isEmpty()) {
                values.sort(order());
                least.put(column.name(), type.json(values.get(0)));
                most.put(column.name(), type.json(values.get(values.size() - 1)));
            }
        }
        Map<String, Object> stats = new LinkedHashMap<>();
        stats.put("numRecords", rows.size());
        stats.put("minValues", least);
        stats.put("maxValues", most);
        stats.put("nullCount", nulls);
        return new String(Json.write(stats), StandardCharsets.UTF_8);
    }

    /** Of values of one type. The writer before has refused those that are not. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Comparator<Object> order() {
        return (one, other) ->
                one instanceof Number a && other instanceof Number b && one.getClass() != other.getClass()
                        ? Long.compare(a.longValue(), b.longValue())
                        : ((Comparable) one).compareTo(other);
    }
}
