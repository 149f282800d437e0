// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The sessions that the JDBC driver opens for each connection when it speaks REST, as version
 * 3.4.5 of it does; one belongs to who opened it. */
final class SqlSessions {
    static final String PATH = "/api/2.0/sql/warehouses/{}/sessions";

    /** Which segments of a path hold what. */
    private static final int WAREHOUSE = 5;

    private static final int SESSION = 7;

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
        http.on("POST", PATH, faults, this::open);
        http.on("DELETE", PATH + "/{}", faults, this::close);
    }

    /** The warehouse whose sessions a path is about. */
    static Optional<String> warehouse(HttpCall call) {
        return segment(call, WAREHOUSE);
    }

    /** The session that a request is made in. */
    static Optional<String> session(HttpCall call) {
        return segment(call, SESSION);
    }

    private static Optional<String> segment(HttpCall call, int index) {
        String[] path = call.path().split("/", -1);
        return path[WAREHOUSE - 1].equals("warehouses") && path.length > index
                ? Optional.of(path[index])
                : Optional.empty();
    }

    void require(Account.Principal principal, String id) {
        if (!principal.userName().equals(owners.get(id))) {
            throw DatabricksReplies.noSuchResource("The session " + id + " was not found.");
        }
    }

    private Reply open(HttpCall call) {
        Account.Principal principal = api.principal(call);
        warehouses.requireUse(principal, warehouse(call).orElseThrow());
        if (owners.size() >= MOST) {
            throw DatabricksReplies.invalidParameter("this stand-in keeps at most " + MOST + " open sessions");
        }
        String id = UUID.randomUUID().toString();
        owners.put(id, principal.userName());
        return Reply.json(200, Map.of("session_id", id));
    }

    private Reply close(HttpCall call) {
        Account.Principal principal = api.principal(call);
        String id = session(call).orElseThrow();
        require(principal, id);
        owners.remove(id);
        return Reply.json(200, Map.of());
    }
}
