// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** One request, one answer: gives each request an id and sees it through. Keeps nothing between requests. */
final class Rpc {
    private final Endpoint endpoint;
    private final int limit;
    private final Questions questions;
    private final KnownLists lists;
    private final Courier courier = new Courier();
    private final Goodbye goodbye;
    private final AtomicLong ids = new AtomicLong();

    Rpc(Endpoint endpoint, int limit, Questions questions, KnownLists lists) {
        this.lists = lists;
        this.endpoint = endpoint;
        this.goodbye = new Goodbye(endpoint);
        this.limit = limit;
        this.questions = questions;
    }

    /** The same for questions that come while no thread of the application waits. */
    Rpc unattended() {
        return new Rpc(endpoint, limit, questions.unattended(), lists);
    }

    KnownLists lists() {
        return lists;
    }

    Questions questions() {
        return questions;
    }

    <T> Answer<T> ask(Request<T> request, Session session, Call call) {
        return new Exchange<>(this, request, ids.incrementAndGet(), session, call).answer();
    }

    /** Sends a notification of the legacy era, which alone has any. */
    void tell(String method, LegacySession session, Call call) {
        send(Outgoing.tell(() -> method, session.headers(), JsonRpc.notification(method)), session, call);
    }

    /**
     * Tries to tell the server that nobody waits for the request any longer. In the modern era closing the stream has said
     * so, and an {@code initialize} must not be cancelled (2025-11-25, "Cancellation").
     */
    void cancel(long id, Request<?> request, Session session, CallHeaders headers) {
        boolean cancellable =
                !request.method().equals("initialize") && !request.method().equals(LegacySession.LISTEN);
        if (!(session instanceof LegacySession legacy) || !cancellable) {
            return;
        }
        byte[] params = Json.write(Map.of("requestId", id, "reason", "the caller no longer waits"));
        String method = "notifications/cancelled";
        Outgoing message =
                Outgoing.tell(() -> method, legacy.headers(), JsonRpc.notification(method, Slice.of(params)));
        courier.send(deadline -> send(message, session, Call.of(headers, CallOptions.defaults(), deadline)));
    }

    /** Does what nobody waits for; says so if too much of that waits already. */
    boolean later(Consumer<Deadline> work) {
        return courier.send(work);
    }

    /** Tries to tell the server that a session which has hardly begun is over, and waits for nothing. */
    void end(LegacySession session, CallHeaders headers) {
        if (session.id() != null) {
            courier.send(deadline -> goodbye.delete(session, headers));
        }
    }

    /** Sends what has no answer but its status. */
    void send(Outgoing message, Session session, Call call) {
        Reply reply = endpoint.post(message, session, call);
        try (ReplyBody body = reply.response().body()) {
            body.settle();
        }
    }

    Reply post(Outgoing message, Session session, Call call) {
        Reply reply = endpoint.post(message, session, call);
        try {
            call.ear().answered();
        } catch (RuntimeException | Error e) {
            // A listener of the application's: nobody else would close what nobody reads.
            reply.response().body().close();
            throw e;
        }
        return reply;
    }

    Messages messages(Reply reply) throws BadReplyException {
        return Messages.of(reply.response(), limit);
    }
}
