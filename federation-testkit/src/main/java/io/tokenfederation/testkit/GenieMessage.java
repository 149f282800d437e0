// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A question in a Genie space, and what has become of it.
 *
 * @param statement the statement that answers it, done or failed
 * @param looked how often it was polled: the first poll finds the query still running
 */
record GenieMessage(String owner, Place place, String id, Asked asked, Map<String, Object> statement, int looked) {
    /** Where it stands. */
    record Place(String space, String conversation) {}

    /** What was asked, and the SQL it became. */
    record Asked(String content, String sql) {}

    GenieMessage lookedAt() {
        return new GenieMessage(owner, place, id, asked, statement, looked + 1);
    }

    boolean ready() {
        return looked > 1;
    }

    String queryAttachment() {
        return "query-" + id;
    }

    Map<String, Object> conversation() {
        return Map.of("id", place.conversation(), "space_id", place.space(), "title", asked.content());
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", id);
        json.put("message_id", id);
        json.put("conversation_id", place.conversation());
        json.put("space_id", place.space());
        json.put("content", asked.content());
        json.put("status", status());
        if (status().equals("FAILED")) {
            Object why =
                    String.valueOf(object(object(statement, "status"), "error").get("message"));
            json.put("error", Map.of("error", why, "type", "SQL_EXECUTION_EXCEPTION"));
        } else if (ready()) {
            json.put("attachments", List.of(query(), text()));
        }
        return json;
    }

    private String status() {
        if (!ready()) {
            return looked == 0 ? "SUBMITTED" : "EXECUTING_QUERY";
        }
        return "FAILED".equals(object(statement, "status").get("state")) ? "FAILED" : "COMPLETED";
    }

    private Map<String, Object> query() {
        Map<String, Object> query = Map.of(
                "query",
                asked.sql(),
                "title",
                asked.content(),
                "description",
                asked.content(),
                "statement_id",
                String.valueOf(statement.get("statement_id")));
        return Map.of("attachment_id", queryAttachment(), "query", query);
    }

    private Map<String, Object> text() {
        return Map.of("attachment_id", "text-" + id, "text", Map.of("content", "This is what the query found."));
    }

    private static Map<?, ?> object(Map<?, ?> parent, String name) {
        return parent.get(name) instanceof Map<?, ?> map ? map : Map.of();
    }
}
