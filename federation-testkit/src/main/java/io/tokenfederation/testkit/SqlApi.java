// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * SQL statement execution: a statement is done when it is answered, unless the client does not want to wait for it. Then
 * it is pending, running, and done.
 */
final class SqlApi {
    static final String PATH = "/api/2.0/sql/statements";

    private static final String STATEMENT = "/statements/";

    private static final Pattern WAIT_TIMEOUT = Pattern.compile("0s|[5-9]s|[1-4][0-9]s|50s");

    /** Databricks keeps results for an hour; here the number of statements is the bound. */
    private static final int KEPT = 1_000;

    /** @param unready how many polls still find the statement running */
    private record Done(String userName, Map<String, Object> result, int unready) {}

    private final RestApi api;
    private final Warehouses warehouses;
    private final SqlEngine engine;
    private final SqlSessions sessions;
    private final Map<String, Done> statements = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Done> eldest) {
            return size() > KEPT;
        }
    });

    SqlApi(RestApi api, Warehouses warehouses, SqlEngine engine) {
        this.api = api;
        this.warehouses = warehouses;
        this.engine = engine;
        this.sessions = new SqlSessions(api, warehouses);
    }

    /** Adds the routes; returns the counts of the requests that send a statement. */
    List<LongAdder> listen(LoopbackHttp http, Faults faults) {
        sessions.listen(http, faults);
        List<LongAdder> sent = new ArrayList<>();
        for (String path : List.of(PATH, SqlSessions.PATH + "/{}/statements")) {
            http.on("GET", path + "/{}", faults, this::poll);
            http.on("GET", path + "/{}/result/chunks/{}", faults, this::chunk);
            http.on("POST", path + "/{}/cancel", faults, this::cancel);
            http.on("DELETE", path + "/{}", faults, this::close);
            sent.add(http.on("POST", path, faults, this::execute));
            // The JDBC driver writes a slash behind it.
            sent.add(http.on("POST", path + "/{}", faults, this::execute));
        }
        return List.copyOf(sent);
    }

    private Reply execute(HttpCall call) {
        Account.Principal principal = api.principal(call);
        JsonNode body =
                call.json().orElseThrow(() -> DatabricksReplies.invalidParameter("the body is not a JSON object"));
        SqlStatement statement = statement(principal, call, body);
        warehouses.requireUse(principal, statement.warehouseId());
        SqlSessions.session(call)
                .or(() -> Optional.ofNullable(body.path("session_id").textValue()))
                .ifPresent(session -> sessions.require(principal, session));
        String wait = body.path("wait_timeout").asText("10s");
        if (!WAIT_TIMEOUT.matcher(wait).matches()) {
            throw DatabricksReplies.invalidParameter("wait_timeout must be 0s or between 5s and 50s");
        }
        requireKnownFormat(body);
        String id = UUID.randomUUID().toString();
        Map<String, Object> result = SqlReplies.run(id, engine, statement);
        boolean waits = !wait.equals("0s");
        statements.put(id, new Done(principal.userName(), result, waits ? 0 : 1));
        return Reply.json(200, waits ? result : SqlReplies.state(id, "PENDING"));
    }

    /** "ARROW_STREAM and CSV only with EXTERNAL_LINKS", which lead to a storage that is not here. */
    private static void requireKnownFormat(JsonNode body) {
        String disposition = body.path("disposition").asText("INLINE");
        String format = body.path("format").asText("JSON_ARRAY");
        if (!disposition.startsWith("INLINE") || !format.equals("JSON_ARRAY")) {
            throw DatabricksReplies.invalidParameter(
                    "this stand-in answers INLINE in JSON_ARRAY only, not " + disposition + " in " + format);
        }
    }

    private Reply poll(HttpCall call) {
        String id = id(call);
        Done done = own(call, id);
        if (done.unready() == 0) {
            return Reply.json(200, done.result());
        }
        statements.put(id, new Done(done.userName(), done.result(), done.unready() - 1));
        return Reply.json(200, SqlReplies.state(id, "RUNNING"));
    }

    private Reply chunk(HttpCall call) {
        Done done = own(call, id(call));
        Object rows = done.result().get("result");
        if (rows == null || done.unready() > 0 || !call.path().endsWith("/chunks/0")) {
            throw DatabricksReplies.noSuchResource("The statement has no such chunk.");
        }
        return Reply.json(200, rows);
    }

    private Reply cancel(HttpCall call) {
        String id = id(call);
        Done done = own(call, id);
        statements.put(id, new Done(done.userName(), SqlReplies.state(id, "CANCELED"), 0));
        return Reply.json(200, Map.of());
    }

    /** What the JDBC driver does with a statement it has read to the end. */
    private Reply close(HttpCall call) {
        String id = id(call);
        Done done = own(call, id);
        statements.put(id, new Done(done.userName(), SqlReplies.state(id, "CLOSED"), 0));
        return Reply.json(200, Map.of());
    }

    private static String id(HttpCall call) {
        return call.path()
                .substring(call.path().indexOf(STATEMENT) + STATEMENT.length())
                .split("/", 2)[0];
    }

    private Done own(HttpCall call, String id) {
        Account.Principal principal = api.principal(call);
        return Optional.ofNullable(statements.get(id))
                .filter(done -> done.userName().equals(principal.userName()))
                .orElseThrow(() -> DatabricksReplies.noSuchResource("The statement " + id + " was not found."));
    }

    private static SqlStatement statement(Account.Principal principal, HttpCall call, JsonNode body) {
        Map<String, @Nullable String> parameters = new LinkedHashMap<>();
        for (JsonNode parameter : body.path("parameters")) {
            JsonNode value = parameter.path("value");
            parameters.put(
                    parameter.path("name").asText(), value.isMissingNode() || value.isNull() ? null : value.asText());
        }
        return new SqlStatement(
                DatabricksReplies.required(body, "statement"),
                SqlSessions.warehouse(call).orElseGet(() -> DatabricksReplies.required(body, "warehouse_id")),
                principal.userName(),
                Set.copyOf(principal.groups()),
                parameters);
    }
}
