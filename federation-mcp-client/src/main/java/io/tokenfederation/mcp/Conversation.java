// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import io.tokenfederation.DatabricksToken;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Requests to their end: in a session, begun when it is first needed and once more when the server has lost it; sent again
 * where that is safe; with the server's questions answered.
 */
final class Conversation {
    /** More than any form has; a server that never has enough must not keep a thread. */
    private static final int MOST_ROUNDS = 32;

    /** Before a server that only says "come again" is asked again; after each time once more as long. */
    private static final Duration BREATH = Duration.ofMillis(10);

    /** A server that loses each session at once is one to listen to all the same. */
    private static final int MOST_SESSIONS = 3;

    private static final int METHOD_NOT_ALLOWED = 405;

    private static final Request<Boolean> SET_LEVEL = Request.of("logging/setLevel", ResultReader::ofNothing);

    private final KnownLists lists = new KnownLists();
    private final Rpc rpc;
    private final ServerStream stream;
    private final SharedStream shared = new SharedStream();
    private final Sessions sessions;
    private final Handshake handshake;
    private final Endpoint endpoint;
    private final Ping ping;
    private final WatchedResources watched;

    Conversation(Endpoint endpoint, int maxMessageSize, Questions questions, Extensions extensions) {
        this.rpc = new Rpc(endpoint, maxMessageSize, questions, lists);
        this.ping = new Ping(rpc);
        this.endpoint = endpoint;
        this.stream = new ServerStream(rpc);
        this.handshake = new Handshake(
                rpc, stream, Introduction.of(questions, extensions), endpoint.uri(), LegacyServers.ofThisProcess());
        this.sessions = new Sessions(endpoint, handshake);
        this.watched = new WatchedResources(sessions::holds, rpc::later, rpc::ask);
    }

    /** What the server says of itself; asks it if nobody has yet, or what it said holds no longer. */
    ServerInfo server(Call call) {
        boolean known = sessions.known();
        Session session = session(call);
        if (!known || !(session instanceof ModernSession modern) || modern.saysSoStill(token(call), call.headers())) {
            return session.server();
        }
        // Any other has just been begun, and so said it now.
        return patiently(
                Handshake.QUESTION, call, now -> now == modern ? handshake.askAgain(modern, call) : now.server());
    }

    /** What is known of the server's lists. */
    KnownLists lists() {
        return lists;
    }

    /** Which resources somebody listens to. */
    WatchedResources watched() {
        return watched;
    }

    /** Whether it is this session that requests are made in now. */
    boolean isIn(Session session) {
        return sessions.holds(session);
    }

    /** The token a request would carry now. */
    DatabricksToken token(Call call) {
        return endpoint.token(call.deadline());
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
            if (required.asksNothing()) {
                breathe(BREATH.multipliedBy(round + 1L), answer, call);
            }
        }
        throw new McpException(McpErrorCode.MCP_INPUT_REQUIRED.problem(
                request.what() + ": the server has asked " + MOST_ROUNDS + " times, and still asks"));
    }

    /**
     * Hears what the server tells until the stream ends, which is a failure but for servers that end it properly. What comes
     * before it is a call like any other.
     */
    void listen(Request<Boolean> request, Set<String> resources, Call before, Subscription subscription) {
        Session session = subscribed(resources, before);
        if (session.legacy()) {
            shared.hear(session, subscription.call(), call -> hear(request, session, before, call));
        } else {
            hear(request, session, before, subscription.acknowledgedWithin(before));
        }
    }

    private void hear(Request<Boolean> request, Session session, Call before, Call listening) {
        try {
            stream.pause(session);
            ServerStream.hear(rpc, request, session, listening);
        } catch (McpException failure) {
            McpException e = ping.explained(failure, session, listening);
            if (Repetition.ends(session, e)) {
                sessions.lost(session);
            }
            if (session.legacy() && e.httpStatus().orElse(0) == METHOD_NOT_ALLOWED) {
                throw new McpException(McpErrorCode.MCP_REQUEST_REFUSED.problem(
                        request.what() + ": the server offers no stream of notifications"));
            }
            throw e;
        } finally {
            // Another session has opened a stream of its own, and a lost one has no use for any.
            if (sessions.holds(session)) {
                stream.reopen(session, before);
            }
        }
    }

    /** The session in which the server has been told of all the resources: a legacy server forgets them with the session. */
    private Session subscribed(Set<String> resources, Call call) {
        for (int attempt = 1; attempt < MOST_SESSIONS; attempt++) {
            Session session = session(call);
            if (!session.legacy() || resources.stream().allMatch(uri -> subscribe(uri, call) == session)) {
                return session;
            }
        }
        return session(call);
    }

    private Session subscribe(String uri, Call call) {
        watched.awaitTurn(uri, call.deadline());
        Session session = ask(
                        Request.of("resources/subscribe", ResultReader::ofNothing)
                                .with("uri", uri),
                        call)
                .session();
        watched.subscribed(uri, session);
        return session;
    }

    /** Ends the session, if there is one, and then lets go of the HTTP client; no other session begins. */
    void end(CallHeaders headers) {
        stream.close();
        sessions.close(headers);
        endpoint.close();
    }

    private <T> Request<T> answered(
            Request<T> request, Outcome.InputRequired<T> required, Answer<T> answer, Call call) {
        if (answer.session().legacy() || !request.mayBeAskedBack()) {
            throw answer.asked()
                    .failed(
                            McpErrorCode.MCP_REPLY_UNREADABLE,
                            "the result is a question, which the protocol does not have here");
        }
        if (required.asksNothing() && required.state() == null) {
            throw answer.asked()
                    .failed(McpErrorCode.MCP_REPLY_UNREADABLE, "the server asks for more, and does not say for what");
        }
        try {
            return call.deadline().outsideIo(() -> rpc.questions().answered(request, required, answer.asked()));
        } catch (IOException e) {
            throw IoFailure.of(answer.asked(), e);
        }
    }

    private static void breathe(Duration time, Answer<?> answer, Call call) {
        try {
            call.deadline().pause(time);
        } catch (HttpTimeoutException e) {
            throw IoFailure.of(answer.asked(), e);
        } catch (InterruptedException e) {
            throw IoFailure.interrupted(answer.asked(), e);
        }
    }

    private <T> Answer<T> patiently(Request<T> request, Call call) {
        return patiently(request, call, session -> {
            agreeOnLogLevel(session, call);
            return rpc.ask(request, session, call);
        });
    }

    private <A> A patiently(Request<?> request, Call call, Function<Session, A> ask) {
        boolean inAnother = false;
        int attempt = 1;
        while (true) {
            Session session = session(call);
            try {
                return ask.apply(session);
            } catch (McpException failure) {
                McpException e = ping.explained(failure, session, call);
                if (Repetition.ends(session, e)) {
                    sessions.lost(session);
                }
                // Not before: what the server has said in a session does not outlive it.
                boolean harmless = Repetition.harmless(request, session, call);
                if (Repetition.inAnotherSession(session, e, harmless) && !inAnother) {
                    inAnother = true;
                } else {
                    pause(e, Repetition.after(e, harmless, attempt++), call);
                }
            }
        }
    }

    /** In the legacy era the level is the session's, and told by a request of its own. */
    private void agreeOnLogLevel(Session session, Call call) {
        LogLevel wanted = call.options().logLevel().orElse(null);
        if (wanted == null || !(session instanceof LegacySession legacy)) {
            return;
        }
        if (!session.server().logs() || !legacy.lowers(wanted)) {
            return;
        }
        try {
            rpc.ask(SET_LEVEL.with("level", wanted.word()), session, call.with(CallOptions.defaults()));
        } catch (RuntimeException e) {
            // A server that says it logs, and does not know this, logs as it likes.
            if (!(e instanceof McpException refused) || !McpErrorCode.MCP_PROTOCOL_ERROR.is(refused)) {
                legacy.forgetLogLevel();
                throw e;
            }
        }
    }

    /** A handshake runs no tool, so it is begun again where a tool's call is not. */
    Session session(Call call) {
        for (int attempt = 1; true; attempt++) {
            try {
                return sessions.current(call);
            } catch (McpException e) {
                pause(e, Repetition.after(e, true, attempt), call);
            }
        }
    }

    /** Throws the failure, unless there is a wait after which to try again, and time for it. */
    private static void pause(McpException reason, Optional<Duration> wait, Call call) {
        try {
            call.deadline().pause(wait.orElseThrow(() -> reason));
        } catch (HttpTimeoutException e) {
            throw reason;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new McpException(McpErrorCode.MCP_INTERRUPTED
                    .problem("the thread was interrupted while it waited to try again")
                    .cause(e));
        }
    }
}
