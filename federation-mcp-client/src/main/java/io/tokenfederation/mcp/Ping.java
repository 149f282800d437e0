// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.time.Duration;

/**
 * Asks whether the server still knows a session, after a refusal that does not say whether it is for the session or for the
 * request: servers in the field answer 400 to either, in words of their own.
 */
final class Ping {
    /** The call has failed already; whether the next one will need not be known at any price. */
    private static final Duration WITHIN = Duration.ofSeconds(2);

    private static final int BAD_REQUEST = 400;

    private static final Request<Boolean> REQUEST = Request.of("ping", ResultReader::ofNothing);

    private final Rpc rpc;

    Ping(Rpc rpc) {
        this.rpc = rpc;
    }

    /** The failure as it is, or the session's loss, if the server refuses the session's ping as well. */
    McpException explained(McpException failure, Session session, Call call) {
        boolean doubtful = session.id() != null
                && failure.answersNoRequest()
                && failure.httpStatus().orElse(0) == BAD_REQUEST
                && !Repetition.ends(session, failure);
        return doubtful && refused(session, call) ? failure.forTheSession() : failure;
    }

    private boolean refused(Session session, Call call) {
        try {
            rpc.ask(
                    REQUEST,
                    session,
                    Call.of(
                            call.headers(),
                            call.options().forHandshake(),
                            call.deadline().orIn(WITHIN)));
            return false;
        } catch (McpException e) {
            return McpErrorCode.MCP_SESSION_LOST.is(e) || e.answersNoRequest();
        } catch (RuntimeException e) {
            // Of the application's token source: what the call itself has met is what its caller is to see.
            return false;
        }
    }
}
