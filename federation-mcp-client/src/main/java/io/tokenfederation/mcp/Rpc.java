// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenfederation.FederationException;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One request, one answer: gives each request an id, finds its answer in the reply, and answers what the server asks
 * meanwhile. Keeps nothing between requests.
 */
final class Rpc {
    /**
     * A request that is carried out.
     *
     * @param method the JSON-RPC method
     * @param subject what it is about, for messages; may be empty
     * @param params its parameters
     */
    record Request(String method, String subject, ObjectNode params) {
        String what() {
            return subject.isEmpty() ? method : method + " '" + subject + "'";
        }

        /** {@return what it asks; not its parameters, which may be about people} */
        @Override
        public String toString() {
            return "Request[" + what() + "]";
        }
    }

    /** A result, and the headers it came with. */
    record Answer(Asked asked, JsonNode result, HttpHeaders headers) {
        /** {@return what it answers; neither rows nor headers, one of which is the session's id} */
        @Override
        public String toString() {
            return "Answer[" + asked + "]";
        }
    }

    private final Endpoint endpoint;
    private final int limit;
    private final AtomicLong ids = new AtomicLong();

    Rpc(Endpoint endpoint, int limit) {
        this.endpoint = endpoint;
        this.limit = limit;
    }

    Answer ask(Request request, Session session, Call call) {
        long id = ids.incrementAndGet();
        ObjectNode json = JsonRpc.request(id, request.method(), request.params());
        Reply reply = endpoint.post(new Outgoing(request.what(), json), session, call);
        try (ReplyBody body = reply.response().body()) {
            JsonNode result = resultOf(reply, id, session, call);
            body.settle();
            return new Answer(reply.asked(), result, reply.response().headers());
        } catch (IOException e) {
            throw IoFailure.of(reply.asked(), e);
        } catch (InterruptedException e) {
            throw IoFailure.interrupted(reply.asked(), e);
        }
    }

    void tell(String method, Session session, Call call) {
        post(new Outgoing(method, JsonRpc.notification(method)), session, call);
    }

    private JsonNode resultOf(Reply reply, long id, Session session, Call call)
            throws IOException, InterruptedException {
        Messages messages = Messages.of(reply.response(), limit);
        for (JsonNode node = messages.next(call.deadline()); node != null; node = messages.next(call.deadline())) {
            Message message = Message.of(node);
            if (message instanceof Message.Request request) {
                answer(request, session, call);
            } else if (message instanceof Message.Failure failure) {
                requireOurs(failure.id().isNull() || Message.answers(failure.id(), id));
                throw reply.asked().failed(failure.error(), reply.response().statusCode());
            } else if (message instanceof Message.Result result) {
                requireOurs(Message.answers(result.id(), id));
                return result.value();
            }
        }
        throw new BadReplyException(McpErrorCode.MCP_ANSWER_LOST, "the reply ended before the answer came");
    }

    private static void requireOurs(boolean ours) throws BadReplyException {
        if (!ours) {
            throw new BadReplyException("the answer's id is missing, or that of another request");
        }
    }

    /** A server may ask whether we are there; it may not ask for what this client never offered. */
    private void answer(Message.Request request, Session session, Call call) {
        ObjectNode json = request.method().equals("ping")
                ? JsonRpc.emptyResult(request.id())
                : JsonRpc.methodNotFound(request.id());
        try {
            post(new Outgoing("the answer to a server's request", json), session, call);
        } catch (FederationException e) {
            // Whether it can go on without is the server's to decide; our own answer may still come.
        }
    }

    private void post(Outgoing message, Session session, Call call) {
        Reply reply = endpoint.post(message, session, call);
        try (ReplyBody body = reply.response().body()) {
            body.settle();
        } catch (InterruptedException e) {
            throw IoFailure.interrupted(reply.asked(), e);
        }
    }
}
