// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The sessions an MCP server has begun and not ended. Thread-safe. */
final class McpSessions {
    /** One of them; begun by {@code initialize}, usable after {@code notifications/initialized}. */
    static final class Session {
        private final String id = UUID.randomUUID().toString();
        private final String version;
        private volatile boolean ready;

        private Session(String version) {
            this.version = version;
        }

        String id() {
            return id;
        }

        String version() {
            return version;
        }

        boolean ready() {
            return ready;
        }

        void initialized() {
            ready = true;
        }
    }

    private final Map<String, Session> sessions = new ConcurrentHashMap<>();

    Session begin(String version) {
        Session session = new Session(version);
        sessions.put(session.id(), session);
        return session;
    }

    Optional<Session> find(String id) {
        return Optional.ofNullable(sessions.get(id));
    }

    void end(Session session) {
        sessions.remove(session.id());
    }

    void dropAll() {
        sessions.clear();
    }

    int open() {
        return sessions.size();
    }
}
