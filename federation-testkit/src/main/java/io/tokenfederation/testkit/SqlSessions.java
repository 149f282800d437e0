// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The sessions that the JDBC driver opens for each connection when it speaks REST; one belongs to who opened it. */
final class SqlSessions {
    private static final String PATH = "/api/2.0/sql/sessions";

    /** The driver closes its sessions; a test that leaves its connections open must not fill the memory. */
    private static final int MOST = 10_000;

    private final RestApi api;
    private final Warehouses warehouses;
    private final Map<String, String> owners = new ConcurrentHashMap<>();

    SqlSessions(RestApi api, Warehouses warehouses) {
        this.api = api;
        this.warehouses = warehouses;
    }

    void listen(LoopbackHttp http, Faults faults) {
        http.on("POST", PATH + "/{}", faults, this::open);
        http.on("DELETE", PATH + "/{}", faults, this::close);
    }

    void require(Account.Principal principal, String id) {
        if (!principal.userName().equals(owners.get(id))) {
            throw DatabricksReplies.noSuchResource("The session " + id + " was not found.");
        }
    }

    private Reply open(HttpCall call) {
        Account.Principal principal = api.principal(call);
        JsonNode body =
                call.json().orElseThrow(() -> DatabricksReplies.invalidParameter("the body is not a JSON object"));
        warehouses.requireUse(principal, DatabricksReplies.required(body, "warehouse_id"));
        if (owners.size() >= MOST) {
            throw DatabricksReplies.invalidParameter("this stand-in keeps at most " + MOST + " open sessions");
        }
        String id = UUID.randomUUID().toString();
        owners.put(id, principal.userName());
        return Reply.json(200, Map.of("session_id", id));
    }

    private Reply close(HttpCall call) {
        Account.Principal principal = api.principal(call);
        String id = call.path().substring(PATH.length() + 1);
        require(principal, id);
        owners.remove(id);
        return Reply.json(200, Map.of());
    }
}
