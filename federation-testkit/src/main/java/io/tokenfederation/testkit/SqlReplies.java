// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** How a statement and its rows look on the wire: inline, in one chunk, every value as text. */
final class SqlReplies {
    private SqlReplies() {}

    /** Runs the statement: SUCCEEDED with its rows, or FAILED, which is no HTTP error. */
    static Map<String, Object> run(String id, SqlEngine engine, SqlStatement statement) {
        try {
            SqlRows rows = engine.run(statement);
            Map<String, Object> reply = state(id, "SUCCEEDED");
            reply.put("manifest", manifest(rows));
            reply.put(
                    "result",
                    Map.of(
                            "chunk_index",
                            0,
                            "row_offset",
                            0,
                            "row_count",
                            rows.rows().size(),
                            "data_array",
                            rows.rows()));
            return reply;
        } catch (SqlFailure e) {
            Map<String, Object> error = Map.of("error_code", e.errorCode(), "message", String.valueOf(e.getMessage()));
            return reply(id, Map.of("state", "FAILED", "error", error));
        }
    }

    static Map<String, Object> state(String id, String state) {
        return reply(id, Map.of("state", state));
    }

    private static Map<String, Object> reply(String id, Map<String, Object> status) {
        Map<String, Object> reply = new LinkedHashMap<>();
        reply.put("statement_id", id);
        reply.put("status", status);
        return reply;
    }

    private static Map<String, Object> manifest(SqlRows rows) {
        List<Map<String, Object>> columns = IntStream.range(0, rows.columns().size())
                .mapToObj(i -> Map.<String, Object>of(
                        "name", rows.columns().get(i), "position", i, "type_name", "STRING", "type_text", "STRING"))
                .toList();
        return Map.of(
                "format",
                "JSON_ARRAY",
                "schema",
                Map.of("column_count", columns.size(), "columns", columns),
                "total_chunk_count",
                1,
                "total_row_count",
                rows.rows().size(),
                "truncated",
                false);
    }
}
