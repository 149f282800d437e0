// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import io.tokenfederation.FederationException;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer: reads what the server sends until the answer has come, answers what it asks meanwhile, hands
 * on what it tells, and goes on where a stream broke off. For one thread.
 *
 * @param <T> what the request brings
 */
final class Exchange<T> {
    private final Rpc rpc;
    private final Request<T> request;
    private final long id;
    private final Session session;
    private final Call call;
    private final Notices notices;
    private final Resumption resumption;

    /** Whether the server goes on with what nobody reads any longer. */
    private boolean leftUnread;

    Exchange(Rpc rpc, Request<T> request, long id, Session session, Call call) {
        this.rpc = rpc;
        this.request = request;
        this.id = id;
        this.session = session;
        this.call = call;
        this.notices = new Notices(id, call, rpc.lists());
        this.resumption = new Resumption(rpc, request, call);
    }

    Answer<T> answer() {
        boolean answered = false;
        try {
            Reply reply = rpc.post(session.outgoing(request, id, call), session, call);
            Outcome<T> outcome = outcomeIn(reply);
            for (Reply next = reply; outcome == null; outcome = outcomeIn(next)) {
                next = resumption.reply(reply.asked(), session);
            }
            answered = true;
            return new Answer<>(reply.asked(), outcome, reply.response().headers(), session);
        } catch (McpException e) {
            answered = !leftUnread && !McpErrorCode.MCP_TIMED_OUT.is(e) && !McpErrorCode.MCP_INTERRUPTED.is(e);
            throw e;
        } catch (FederationException e) {
            answered = true;
            throw e;
        } finally {
            // Also when a listener of the application's threw: the connection is closed, and nobody waits.
            if (!answered) {
                rpc.cancel(id, request, session, call.headers());
            }
        }
    }

    /** The outcome; null if the stream ended before it came and can be resumed. */
    private @Nullable Outcome<T> outcomeIn(Reply reply) {
        try (ReplyBody body = reply.response().body()) {
            Outcome<T> outcome = read(reply);
            body.settle();
            return outcome;
        } catch (IOException e) {
            throw IoFailure.of(reply.asked(), e);
        } catch (InterruptedException e) {
            throw IoFailure.interrupted(reply.asked(), e);
        }
    }

    private @Nullable Outcome<T> read(Reply reply) throws IOException, InterruptedException {
        Messages messages = rpc.messages(reply);
        try {
            for (Slice next = next(messages); next != null; next = next(messages)) {
                Outcome<T> outcome =
                        taken(MessageReader.read(next, request.reader().get()), reply);
                if (outcome != null) {
                    return outcome;
                }
            }
        } catch (BadReplyException e) {
            leftUnread = messages.mayGoOn();
            throw e;
        } catch (HttpTimeoutException e) {
            throw e;
        } catch (IOException e) {
            if (!resumption.possible(messages, session)) {
                throw e;
            }
            return null;
        }
        if (!resumption.possible(messages, session)) {
            throw BadReplyException.empty(McpErrorCode.MCP_ANSWER_LOST, "the reply ended before the answer came");
        }
        return null;
    }

    private @Nullable Slice next(Messages messages) throws IOException, InterruptedException {
        return messages.next(call.deadline());
    }

    private @Nullable Outcome<T> taken(Message<T> message, Reply reply) throws IOException {
        if (isStray(message)) {
            return null;
        }
        if (message instanceof Message.Request<T> asked) {
            reply(asked);
            return null;
        }
        if (message instanceof Message.Notification<T> notification) {
            notices.take(notification);
            return null;
        }
        if (message instanceof Message.Failure<T> failure) {
            requireOurs(failure.id().isEmpty() || failure.id().equals("null") || Message.answers(failure.id(), id));
            throw reply.asked().failed(failure.error(), reply.response().statusCode());
        }
        Message.Result<T> result = (Message.Result<T>) message;
        requireOurs(Message.answers(result.id(), id));
        return result.outcome();
    }

    /** An answer to some other request, on a stream that was asked for by none and is to go on. */
    private boolean isStray(Message<T> message) {
        if (!session.legacy() || !request.method().equals(LegacySession.LISTEN)) {
            return false;
        }
        return message instanceof Message.Result<T>
                || (message instanceof Message.Failure<T> failure
                        && !failure.id().isEmpty()
                        && !failure.id().equals("null"));
    }

    private static void requireOurs(boolean ours) throws BadReplyException {
        if (!ours) {
            throw new BadReplyException("the answer's id is missing, or that of another request");
        }
    }

    /** A server may ask whether we are there; it may not ask for what this client never offered. */
    private void reply(Message.Request<T> asked) throws IOException {
        if (!(session instanceof LegacySession legacy)) {
            throw new BadReplyException("the server sent a request of its own, which this protocol version forbids");
        }
        Slice json = call.deadline().outsideIo(() -> rpc.questions().reply(asked));
        try {
            rpc.send(Outgoing.tell(() -> "the answer to a server's request", legacy.headers(), json), session, call);
        } catch (FederationException e) {
            // Whether it can go on without is the server's to decide; our own answer may still come.
        }
    }
}
