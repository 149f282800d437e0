// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** SQL statement execution: a statement is done when it is answered, unless the client does not want to wait for it. */
final class SqlApi {
    static final String PATH = "/api/2.0/sql/statements";

    private static final Pattern WAIT_TIMEOUT = Pattern.compile("0s|[5-9]s|[1-4][0-9]s|50s");

    /** Databricks keeps results for an hour; here the number of statements is the bound. */
    private static final int KEPT = 1_000;

    private record Done(String userName, Map<String, Object> result) {}

    private final RestApi api;
    private final Account account;
    private final SqlEngine engine;
    private final Map<String, Done> statements = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Done> eldest) {
            return size() > KEPT;
        }
    });

    SqlApi(RestApi api, Account account, SqlEngine engine) {
        this.api = api;
        this.account = account;
        this.engine = engine;
    }

    Reply execute(HttpCall call) {
        Account.Principal principal = api.principal(call);
        JsonNode body =
                call.json().orElseThrow(() -> DatabricksReplies.invalidParameter("the body is not a JSON object"));
        SqlStatement statement = statement(principal, body);
        if (account.isWarehouseDenied(principal)) {
            throw DatabricksReplies.permissionDenied(
                    "You do not have permission to use the SQL Warehouse " + statement.warehouseId());
        }
        String wait = body.path("wait_timeout").asText("10s");
        if (!WAIT_TIMEOUT.matcher(wait).matches()) {
            throw DatabricksReplies.invalidParameter("wait_timeout must be 0s or between 5s and 50s");
        }
        String id = UUID.randomUUID().toString();
        Map<String, Object> result = run(id, statement);
        statements.put(id, new Done(principal.userName(), result));
        return Reply.json(200, wait.equals("0s") ? status(id, Map.of("state", "PENDING")) : result);
    }

    Reply poll(HttpCall call) {
        String id = call.path().substring(PATH.length() + 1);
        return Reply.json(200, own(call, id).result());
    }

    Reply cancel(HttpCall call) {
        String id = call.path().substring(PATH.length() + 1).replaceFirst("/cancel$", "");
        Done done = own(call, id);
        statements.put(id, new Done(done.userName(), status(id, Map.of("state", "CANCELED"))));
        return Reply.json(200, Map.of());
    }

    private Done own(HttpCall call, String id) {
        Account.Principal principal = api.principal(call);
        return Optional.ofNullable(statements.get(id))
                .filter(done -> done.userName().equals(principal.userName()))
                .orElseThrow(() -> DatabricksReplies.noSuchResource("The statement " + id + " was not found."));
    }

    private static SqlStatement statement(Account.Principal principal, JsonNode body) {
        Map<String, @Nullable String> parameters = new LinkedHashMap<>();
        for (JsonNode parameter : body.path("parameters")) {
            JsonNode value = parameter.path("value");
            parameters.put(
                    parameter.path("name").asText(), value.isMissingNode() || value.isNull() ? null : value.asText());
        }
        return new SqlStatement(
                required(body, "statement"),
                required(body, "warehouse_id"),
                principal.userName(),
                Set.copyOf(principal.groups()),
                parameters);
    }

    private static String required(JsonNode body, String field) {
        String value = body.path(field).asText();
        if (value.isBlank()) {
            throw DatabricksReplies.invalidParameter(field + " is required");
        }
        return value;
    }

    private Map<String, Object> run(String id, SqlStatement statement) {
        try {
            SqlRows rows = engine.run(statement);
            Map<String, Object> reply = status(id, Map.of("state", "SUCCEEDED"));
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
            return status(id, Map.of("state", "FAILED", "error", error));
        }
    }

    private static Map<String, Object> status(String id, Map<String, Object> status) {
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
