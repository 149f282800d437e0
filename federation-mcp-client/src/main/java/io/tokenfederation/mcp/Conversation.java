// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

/**
 * Requests within a session: begins one when it is first needed, and once more when the server has lost it. A request is
 * repeated only after the server refused its session, that is, before it did anything.
 */
final class Conversation {
    private final Rpc rpc;
    private final Sessions sessions;

    Conversation(Endpoint endpoint, int maxMessageSize) {
        this.rpc = new Rpc(endpoint, maxMessageSize);
        this.sessions = new Sessions(endpoint, new Handshake(rpc));
    }

    Rpc.Answer ask(Rpc.Request request, Call call) {
        Session session = sessions.current(call);
        try {
            return rpc.ask(request, session, call);
        } catch (McpException e) {
            if (McpErrorCode.MCP_SESSION_LOST.is(e)) {
                sessions.lost(session);
            }
            if (!e.repeatable()) {
                throw e;
            }
            return rpc.ask(request, sessions.current(call), call);
        }
    }

    /** Ends the session, if there is one; no other begins. */
    void end(CallHeaders headers) {
        sessions.close(headers);
    }
}
