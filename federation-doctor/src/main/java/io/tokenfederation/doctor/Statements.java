// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenfederation.FederatedCallException;
import io.tokenfederation.ResolvedRole;
import io.tokenfederation.internal.HttpReply;
import io.tokenfederation.internal.SafeText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs small statements on a warehouse (https://docs.databricks.com/api/workspace/statementexecution). A stopped warehouse
 * takes minutes to start, and the statement waits for it.
 */
final class Statements {
    private static final String PATH = "/api/2.0/sql/statements";
    private static final Set<String> UNDER_WAY = Set.of("PENDING", "RUNNING");

    private final Examination examination;
    private final ResolvedRole role;
    private final String warehouse;

    Statements(Examination examination, ResolvedRole role, String warehouse) {
        this.examination = examination;
        this.role = role;
        this.warehouse = warehouse;
    }

    /**
     * Runs a statement that answers one row.
     *
     * @param parameters named parameters, all strings
     * @return the row's values
     */
    List<String> row(String check, String sql, Map<String, String> parameters) {
        JsonNode done = run(check, sql, parameters);
        JsonNode row = done.path("result").path("data_array").path(0);
        if (!row.isArray() || row.isEmpty()) {
            throw new FederatedCallException(
                    CheckCode.STATEMENT_FAILED.problem("'" + sql + "' answered no row on warehouse " + warehouse));
        }
        List<String> values = new ArrayList<>();
        row.forEach(value -> values.add(value.asText()));
        return values;
    }

    private JsonNode run(String check, String sql, Map<String, String> parameters) {
        String token = examination.token(role);
        JsonNode reply = json(examination.workspace().post(PATH, token, body(sql, parameters)));
        long until = System.nanoTime() + examination.setup().warehousePatience.toNanos();
        while (UNDER_WAY.contains(state(reply))) {
            if (System.nanoTime() - until > 0) {
                throw new FederatedCallException(CheckCode.WAREHOUSE_SLOW.problem("warehouse " + warehouse
                        + " had not run '" + sql + "' after " + Times.inWords(examination.setup().warehousePatience)));
            }
            examination.waiting(check, role, "warehouse " + warehouse + " is starting or busy");
            examination.setup().pause.run();
            String id = reply.path("statement_id").asText();
            // The token is asked for anew: a warehouse may need longer to start than a token lives.
            reply = json(examination
                    .workspace()
                    .get(PATH + "/" + Hosts.requirePathPart(id, "the statement's id"), examination.token(role)));
        }
        if (!state(reply).equals("SUCCEEDED")) {
            throw failed(sql, reply);
        }
        return reply;
    }

    private static String state(JsonNode reply) {
        return reply.path("status").path("state").asText();
    }

    private FederatedCallException failed(String sql, JsonNode reply) {
        JsonNode error = reply.path("status").path("error");
        return new FederatedCallException(CheckCode.STATEMENT_FAILED
                .problem("'" + sql + "' ended as " + SafeText.of(state(reply)) + " on warehouse " + warehouse)
                .serverSaid(SafeText.of(error.path("error_code").asText() + ": "
                        + error.path("message").asText())));
    }

    private JsonNode json(HttpReply reply) {
        if (ApiAnswers.refusedByRights(reply)) {
            throw new FederatedCallException(
                    ApiRefusal.of(Asked.warehouse(warehouse), role.servicePrincipal(), reply.status(), reply.text()));
        }
        if (reply.status() == 404 || reply.status() == 400) {
            throw new FederatedCallException(CheckCode.WAREHOUSE_NOT_FOUND
                    .problem("Databricks answered " + reply.status() + " about warehouse " + warehouse)
                    .serverSaid(Workspace.words(reply)));
        }
        return Workspace.json(reply, PATH);
    }

    private Map<String, Object> body(String sql, Map<String, String> parameters) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("statement", sql);
        body.put("warehouse_id", warehouse);
        body.put("wait_timeout", wait(examination.setup().requestTimeout));
        body.put("on_wait_timeout", "CONTINUE");
        body.put(
                "parameters",
                parameters.entrySet().stream()
                        .map(parameter ->
                                Map.of("name", parameter.getKey(), "value", parameter.getValue(), "type", "STRING"))
                        .toList());
        return body;
    }

    /** Databricks takes 5 to 50 seconds, or none; its answer must come before the request's own time is over. */
    private static String wait(Duration requestTimeout) {
        long seconds = Math.min(50, requestTimeout.toSeconds() - 2);
        return seconds < 5 ? "0s" : seconds + "s";
    }
}
