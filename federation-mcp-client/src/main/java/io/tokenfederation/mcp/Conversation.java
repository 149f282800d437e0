// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Requests to their end: in a session, begun when it is first needed and once more when the server has lost it; sent again
 * where that is safe; with the server's questions answered.
 */
final class Conversation {
    /** More than any form has; a server that never has enough must not keep a thread. */
    private static final int MOST_ROUNDS = 32;

    private static final int METHOD_NOT_ALLOWED = 405;

    private final Rpc rpc;
    private final ServerStream stream;
    private final Sessions sessions;

    Conversation(Endpoint endpoint, int maxMessageSize, Questions questions) {
        this.rpc = new Rpc(endpoint, maxMessageSize, questions);
        this.stream = new ServerStream(rpc);
        this.sessions = new Sessions(endpoint, new Handshake(rpc, stream));
    }

    /** What the server says of itself; asks it if nobody has yet. */
    ServerInfo server(Call call) {
        return sessions.current(call).server();
    }

    /** The answer is complete: questions have been answered on the way. */
    <T> Answer<T> ask(Request<T> request, Call call) {
        Request<T> next = request;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            Answer<T> answer = patiently(next, call);
            if (!(answer.outcome() instanceof Outcome.InputRequired<T> required)) {
                return answer;
            }
            next = answered(request, required, answer, call);
        }
        throw new McpException(McpErrorCode.MCP_INPUT_REQUIRED.problem(
                request.what() + ": the server has asked " + MOST_ROUNDS + " times, and still asks"));
    }

    /**
     * Hears what the server tells until the stream ends, which is a failure but for servers that end it properly. What comes
     * before it is a call like any other.
     */
    void listen(Request<Boolean> request, Set<String> resources, Call before, Call listening) {
        Session session = sessions.current(before);
        if (session.legacy()) {
            for (String uri : resources) {
                ask(Request.of("resources/subscribe", ResultReader::ofNothing).with("uri", uri), before);
            }
        }
        try {
            stream.pause();
            ServerStream.hear(rpc, request, session, listening);
        } catch (McpException e) {
            if (Repetition.ends(session, e)) {
                sessions.lost(session);
            }
            if (session.legacy() && e.httpStatus().orElse(0) == METHOD_NOT_ALLOWED) {
                throw new McpException(McpErrorCode.MCP_REQUEST_REFUSED.problem(
                        request.what() + ": the server offers no stream of notifications"));
            }
            throw e;
        } finally {
            stream.open(session, before);
        }
    }

    /** Ends the session, if there is one; no other begins. */
    void end(CallHeaders headers) {
        stream.close();
        sessions.close(headers);
    }

    private <T> Request<T> answered(
            Request<T> request, Outcome.InputRequired<T> required, Answer<T> answer, Call call) {
        if (answer.session().legacy()) {
            throw answer.asked()
                    .failed(
                            McpErrorCode.MCP_REPLY_UNREADABLE,
                            "the result is a question, which this protocol version does not have");
        }
        try {
            return call.deadline().outsideIo(() -> rpc.questions().answered(request, required, answer.asked()));
        } catch (IOException e) {
            throw IoFailure.of(answer.asked(), e);
        }
    }

    private <T> Answer<T> patiently(Request<T> request, Call call) {
        for (int attempt = 1; true; attempt++) {
            try {
                return inSession(request, call);
            } catch (McpException e) {
                Optional<Duration> wait = Repetition.after(e, request, call, attempt);
                if (wait.isEmpty()) {
                    throw e;
                }
                pause(wait.get(), e, call);
            }
        }
    }

    private static void pause(Duration wait, McpException reason, Call call) {
        try {
            call.deadline().pause(wait);
        } catch (HttpTimeoutException e) {
            throw reason;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new McpException(McpErrorCode.MCP_INTERRUPTED
                    .problem("the thread was interrupted while it waited to try again")
                    .cause(e));
        }
    }

    private <T> Answer<T> inSession(Request<T> request, Call call) {
        Session session = sessions.current(call);
        try {
            return rpc.ask(request, session, call);
        } catch (McpException e) {
            if (Repetition.ends(session, e)) {
                sessions.lost(session);
            }
            if (!Repetition.inAnotherSession(e)) {
                throw e;
            }
            return rpc.ask(request, sessions.current(call), call);
        }
    }
}
