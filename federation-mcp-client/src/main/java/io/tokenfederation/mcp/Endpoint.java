// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import io.tokenfederation.DatabricksToken;
import io.tokenfederation.DatabricksTokenSource;
import io.tokenfederation.internal.HttpTransport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Flow.Publisher;

/**
 * The server's one URL: a message in, an accepted reply or a typed failure out.
 *
 * <p>Asks for the token on every request. A request whose token was refused is sent once more, and only with another
 * token; a call that must not run twice only if the server refused it before it did anything.
 */
final class Endpoint {
    private static final Duration GOODBYE = Duration.ofSeconds(1);

    private final URI uri;
    private final HttpRequest like;
    private final Heads heads = new Heads();
    private final Place place;
    private final HttpTransport transport;
    private final DatabricksTokenSource tokens;
    private final Advice advice;
    private final Clock clock;
    private final int maxMessageSize;

    Endpoint(URI uri, HttpTransport transport, DatabricksTokenSource tokens, Clock clock, int maxMessageSize) {
        this.maxMessageSize = maxMessageSize;
        this.uri = uri;
        this.like = HttpTransport.request(uri).build();
        this.place = Place.own(uri);
        this.transport = transport;
        this.tokens = tokens;
        this.advice =
                tokens instanceof AuthorizedTokens ? Advice.ABOUT_THE_AUTHORIZATION_SERVER : Advice.ABOUT_DATABRICKS;
        this.clock = clock;
    }

    URI uri() {
        return uri;
    }

    Reply post(Outgoing message, Session session, Call call) {
        DatabricksToken token = token(call.deadline());
        Asked asked = asked(message, session, token, call);
        try {
            Received response = send(message, token, call);
            if (accepted(response)) {
                return new Reply(asked, response);
            }
            Refusal refusal = Refusal.of(asked, response, session, call.deadline());
            if (!refusal.deadToken()) {
                throw refusal.exception(clock);
            }
            tokens.rejected(token);
            if (!message.mayGoTwice() && !refusal.beforeTheCall()) {
                throw refusal.tokenRejected("; it is not sent again, because the server may have carried it out");
            }
            return again(message, session, token, refusal, call);
        } catch (IOException e) {
            throw IoFailure.beforeTheReply(asked, e);
        } catch (InterruptedException e) {
            throw IoFailure.interrupted(asked, e);
        }
    }

    private Reply again(Outgoing message, Session session, DatabricksToken refused, Refusal first, Call call)
            throws IOException, InterruptedException {
        DatabricksToken token = token(call.deadline());
        if (token.equals(refused)) {
            throw first.sameTokenAgain();
        }
        Asked asked = asked(message, session, token, call);
        Received response = send(message, token, call);
        if (accepted(response)) {
            return new Reply(asked, response);
        }
        Refusal refusal = Refusal.of(asked, response, session, call.deadline());
        throw refusal.deadToken() ? refusal.tokenRejected(", as was the one before it") : refusal.exception(clock);
    }

    /** Also checks that there is time left to ask. */
    private Asked asked(Outgoing message, Session session, DatabricksToken token, Call call) {
        Asked asked = new Asked(message::what, place, new Sent(token, call.headers(), session), advice);
        if (call.deadline().passed()) {
            throw IoFailure.notSent(asked);
        }
        return asked;
    }

    private Received send(Outgoing message, DatabricksToken token, Call call) throws IOException, InterruptedException {
        HttpRequest request = request(message, token, call);
        ReplyBody body = new ReplyBody(maxMessageSize);
        boolean answered = false;
        try {
            HttpResponse<Publisher<List<ByteBuffer>>> response = transport.send(
                    request,
                    message.isOneWay() ? body::statusOnly : body::begin,
                    call.deadline().left());
            response.body().subscribe(body);
            answered = true;
            return new Received(response.statusCode(), response.headers(), body);
        } catch (IOException e) {
            throw body.reason(e);
        } finally {
            if (!answered) {
                body.abandon();
            }
        }
    }

    private HttpRequest request(Outgoing message, DatabricksToken token, Call call) {
        return message.isGet()
                ? message.asGet(request(token, call.headers()))
                : new Post(like, heads.of(token, call.headers(), message.headers()), message.json());
    }

    /** The token to send now; however long it takes, the time of the call does not run. */
    DatabricksToken token(Deadline deadline) {
        return deadline.outside(tokens::token);
    }

    /** Says that the session is over; the server need not allow it, and nobody waits for its answer's body. */
    void delete(LegacySession session, CallHeaders headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(tokens.token(), headers);
        session.headers().forEach(request::header);
        transport.send(request.DELETE().build(), BodyHandlers.discarding(), GOODBYE);
    }

    /** Lets go of the HTTP client. */
    void close() {
        transport.release();
    }

    private HttpRequest.Builder request(DatabricksToken token, CallHeaders headers) {
        HttpRequest.Builder request = HttpTransport.request(uri);
        headers.addTo(request::header, token);
        return request;
    }

    private static boolean accepted(Received response) {
        return response.statusCode() >= 200 && response.statusCode() < 300;
    }
}
