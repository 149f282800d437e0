// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenfederation.internal.BearerValue;
import io.tokenfederation.internal.ErrorReply;
import io.tokenfederation.internal.HttpReply;
import io.tokenfederation.internal.HttpTransport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an app does with the token it was handed: REST calls of the workspace, over HTTP. Thread-safe. */
final class WorkspaceCalls {
    private static final int MOST = 16 << 20;

    /** The workspace did not do what it was asked for. */
    static final class Failed extends RuntimeException {
        Failed(String said) {
            super(said, null, false, false);
        }

        String said() {
            return String.valueOf(getMessage());
        }
    }

    private final URI workspace;
    private final String warehouse;
    private final HttpTransport transport = HttpTransport.create(Duration.ofSeconds(5), Duration.ofSeconds(60));

    WorkspaceCalls(URI workspace, String warehouse) {
        this.workspace = workspace;
        this.warehouse = warehouse;
    }

    URI workspace() {
        return workspace;
    }

    /** The status the workspace gives a request that any valid token may make. */
    int statusFor(String token) {
        try {
            return send(request("/api/2.0/preview/scim/v2/Me", token).GET().build())
                    .status();
        } catch (IllegalArgumentException e) {
            // Not even the form of a token.
            return 401;
        }
    }

    Map<String, Object> me(String token) {
        JsonNode me = json(request("/api/2.0/preview/scim/v2/Me", token).GET().build());
        List<String> groups = new ArrayList<>();
        me.path("groups").forEach(group -> groups.add(group.path("display").asText()));
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("current_user", me.path("userName").asText());
        data.put("display_name", me.path("displayName").asText());
        data.put("groups", groups);
        return data;
    }

    Map<String, Object> query(String token, String sql) {
        Map<String, Object> body = Map.of(
                "statement", sql,
                "warehouse_id", warehouse,
                "wait_timeout", "30s",
                "on_wait_timeout", "CANCEL",
                "disposition", "INLINE",
                "format", "JSON_ARRAY");
        JsonNode done = json(request("/api/2.0/sql/statements", token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(Json.write(body)))
                .build());
        if (!done.path("status").path("state").asText().equals("SUCCEEDED")) {
            JsonNode error = done.path("status").path("error");
            throw new Failed("the statement did not succeed: "
                    + done.path("status").path("state").asText() + " "
                    + error.path("message").asText());
        }
        List<String> columns = new ArrayList<>();
        done.path("manifest")
                .path("schema")
                .path("columns")
                .forEach(column -> columns.add(column.path("name").asText()));
        JsonNode rows = done.path("result").path("data_array");
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("columns", columns);
        data.put("rows", rows.isArray() ? rows : List.of());
        data.put("current_user", me(token).get("current_user"));
        return data;
    }

    private HttpRequest.Builder request(String path, String token) {
        String bearer = BearerValue.require(token, "the forwarded token");
        return HttpTransport.request(workspace.resolve(path)).header("Authorization", "Bearer " + bearer);
    }

    private JsonNode json(HttpRequest request) {
        HttpReply reply = send(request);
        if (reply.status() != 200) {
            ErrorReply said = ErrorReply.of(reply.text());
            throw new Failed("Databricks answered " + reply.status() + " " + said.error() + ": " + said.description());
        }
        return Json.object(reply.text()).orElseThrow(() -> new Failed("Databricks answered something unreadable"));
    }

    private HttpReply send(HttpRequest request) {
        try {
            return transport.send(request, MOST);
        } catch (IOException e) {
            throw new Failed("Databricks could not be reached");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failed("the server is closing");
        }
    }
}
