// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import io.tokenfederation.DatabricksToken;
import io.tokenfederation.DatabricksTokenSource;
import io.tokenfederation.ErrorCode;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.internal.HttpTransport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * Requests to one sharing server: an accepted answer or a typed failure.
 *
 * <ol>
 *   <li>Each request asks for the token anew. One whose token was refused is sent once more, with another token.
 *   <li>All requests read, so one is repeated after what passes by itself: no connection, a lost answer, 429, and a gateway's
 *       502, 503 and 504. A plain 500 is not: it is often there to stay.
 *   <li>Nothing is repeated sooner than the server asked for, or past the deadline; nor once its reader has given something
 *       away.
 * </ol>
 *
 * <p>Thread-safe.
 *
 * @param endpoint the sharing server, without a slash at its end
 * @param tokens whom the requests come from
 * @param transport how they are sent
 * @param timeout how long one request may take until its answer begins, with all its repetitions; and how long one line
 * @param offer what this client can read
 */
record SharingCalls(
        URI endpoint, DatabricksTokenSource tokens, HttpTransport transport, Duration timeout, Capabilities offer) {
    /** Reads an accepted answer; closes it unless what it returns goes on reading. */
    @FunctionalInterface
    interface AnswerReader<T> {
        T read(Answer answer) throws IOException, InterruptedException;
    }

    <T> T send(SharingRequest request, AnswerReader<T> reader) {
        CallDeadline deadline = CallDeadline.in(timeout);
        return new Repetition(deadline).of(() -> once(request, reader, deadline));
    }

    private <T> T once(SharingRequest request, AnswerReader<T> reader, CallDeadline deadline) {
        DatabricksToken token = tokens.token();
        Answer answer = exchange(request, token, deadline);
        if (!answer.accepted()) {
            Refusal refusal = Refusal.of(answer, token, deadline);
            if (!refusal.deadToken()) {
                throw refusal.exception();
            }
            DatabricksToken next = another(token, refusal);
            answer = exchange(request, next, deadline);
            if (!answer.accepted()) {
                Refusal second = Refusal.of(answer, next, deadline);
                throw second.deadToken() ? second.tokenRejected(", as was the one before it") : second.exception();
            }
        }
        return read(answer, reader);
    }

    /** A source that mints the same JWT again says so itself; what the server refused is the better thing to know. */
    private DatabricksToken another(DatabricksToken refused, Refusal refusal) {
        tokens.rejected(refused);
        DatabricksToken next;
        try {
            next = tokens.token();
        } catch (IdpTokenException e) {
            if (e.code().equals(ErrorCode.IDP_TOKEN_NOT_RENEWED.name())) {
                throw refusal.tokenRejected(", and the identity provider issued no other");
            }
            throw e;
        }
        if (next.equals(refused)) {
            throw refusal.tokenRejected(", and the token source has no other");
        }
        return next;
    }

    private static <T> T read(Answer answer, AnswerReader<T> reader) {
        boolean read = false;
        try {
            T result = reader.read(answer);
            read = true;
            return result;
        } catch (IOException e) {
            throw IoFailure.of(answer.asked(), e);
        } catch (InterruptedException e) {
            throw IoFailure.interrupted(answer.asked(), e);
        } finally {
            if (!read) {
                answer.body().close();
            }
        }
    }

    private Answer exchange(SharingRequest request, DatabricksToken token, CallDeadline deadline) {
        String asked = request + " at " + endpoint;
        if (deadline.passed()) {
            throw SharingErrorCode.SHARING_TIMED_OUT.exception(asked + ": not sent, no time was left");
        }
        StreamedBody body = new StreamedBody();
        boolean answered = false;
        try {
            HttpResponse<StreamedBody> response = transport.send(
                    request.build(endpoint, token.value(), offer.header()), info -> body, deadline.left());
            answered = true;
            return new Answer(asked, response.statusCode(), response.version(), response.headers(), body);
        } catch (IOException e) {
            throw IoFailure.of(asked, e);
        } catch (InterruptedException e) {
            throw IoFailure.interrupted(asked, e);
        } finally {
            if (!answered) {
                body.close();
            }
        }
    }
}
