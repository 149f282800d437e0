// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.io.IOException;
import java.time.Duration;

/**
 * Requests within a session: begins one when it is first needed, and once more when the server has lost it. A request is
 * repeated only after the server refused its session, that is, before it did anything.
 */
final class Conversation {
    private static final Duration GOODBYE = Duration.ofSeconds(2);

    private final Endpoint endpoint;
    private final Rpc rpc;
    private final Sessions sessions;

    Conversation(Endpoint endpoint, int maxMessageSize) {
        this.endpoint = endpoint;
        this.rpc = new Rpc(endpoint, maxMessageSize);
        this.sessions = new Sessions(endpoint, new Handshake(rpc));
    }

    Rpc.Answer ask(Rpc.Request request, Deadline deadline) {
        Session session = sessions.current(deadline);
        try {
            return rpc.ask(request, session, deadline);
        } catch (McpException e) {
            if (McpErrorCode.MCP_SESSION_LOST.is(e)) {
                sessions.lost(session);
            }
            if (!e.repeatable()) {
                throw e;
            }
            return rpc.ask(request, sessions.current(deadline), deadline);
        }
    }

    /** Tells the server that the session is over, if there is one; waits a moment at most, and never fails. */
    void end() {
        Session session = sessions.drop();
        if (session == null || session.id() == null) {
            return;
        }
        // On a thread of its own, because the token may have to be fetched first, which can take long.
        Thread goodbye = new Thread(() -> delete(session), "mcp-goodbye");
        goodbye.setDaemon(true);
        goodbye.start();
        try {
            goodbye.join(GOODBYE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void delete(Session session) {
        try {
            endpoint.delete(session);
        } catch (IOException | RuntimeException e) {
            // The server drops sessions by itself, and there is nobody left to tell, whatever the token source throws.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
