// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import io.tokenfederation.internal.HttpReply;
import io.tokenfederation.internal.HttpTransport;
import io.tokenfederation.internal.ReplyTooLargeException;
import io.tokenfederation.internal.RetryAfter;
import io.tokenfederation.internal.SafeText;
import io.tokenfederation.internal.TokenForm;
import io.tokenfederation.internal.TokenReply;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpTimeoutException;
import java.time.Instant;

/**
 * Posts a form to a token endpoint (RFC 6749 §3.2). The OAuth SDK writes the form; our own transport sends it, because
 * the SDK's follows redirects, knows no deadline, and sends a form twice when a connection is cut.
 */
final class TokenEndpoint {
    private static final int LIMIT = 1 << 20;

    private final HttpTransport transport;
    private final URI uri;
    private final Side side;

    TokenEndpoint(HttpTransport transport, URI uri, Side side) {
        this.transport = transport;
        this.uri = HttpTransport.requireSecure(uri, "the token endpoint of " + side.title);
        this.side = side;
    }

    URI uri() {
        return uri;
    }

    /**
     * Asks for a token.
     *
     * @return the token, or a refusal that is about this request
     * @throws FederationException if there is no such answer: unreachable, rate-limited, down, unreadable
     */
    TokenReply post(TokenForm form) {
        HttpRequest.Builder request = HttpTransport.request(uri)
                .header("Accept", "application/json")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form.encoded()));
        if (form.authorization() != null) {
            request.header("Authorization", form.authorization());
        }
        HttpReply reply = send(request.build());
        TokenReply read = TokenReply.read(reply, form.secrets());
        if (read instanceof TokenReply.Unreadable unreadable) {
            throw side.exception(Problem.of(
                            side.unreadable, who() + " answered " + unreadable.status() + ", but " + unreadable.why())
                    .httpStatus(unreadable.status()));
        }
        if (read instanceof TokenReply.Refused refused) {
            rejectTransient(refused, reply);
        }
        return read;
    }

    /** {@return whom was asked, for messages} */
    String who() {
        return side.title + " at " + uri.getAuthority();
    }

    /** {@return what is known of a refusal, as a problem of the given kind} */
    static Problem problem(ErrorCode code, String message, TokenReply.Refused refused) {
        String error = SafeText.of(refused.said().error());
        String words = SafeText.of(refused.said().description());
        Problem plain = Problem.of(code, message).httpStatus(refused.status());
        Problem problem = error.isEmpty() ? plain.serverSaid(words) : plain.oauthError(error, words);
        return refused.requestId().map(problem::requestId).orElse(problem);
    }

    private HttpReply send(HttpRequest request) {
        try {
            return transport.send(request, LIMIT);
        } catch (HttpConnectTimeoutException e) {
            throw side.exception(Problem.of(side.unreachable, "no connection to " + who() + " came about in time")
                    .cause(e));
        } catch (HttpTimeoutException e) {
            throw side.exception(Problem.of(
                            side.unreachable,
                            who() + " gave no complete reply within "
                                    + transport.deadline().toMillis() + " ms")
                    .cause(e));
        } catch (ReplyTooLargeException e) {
            throw side.exception(Problem.of(side.unreadable, who() + " sent more than a token endpoint ever does")
                    .cause(e));
        } catch (IOException e) {
            throw side.exception(Problem.of(side.unreachable, "no reply from " + who() + ": " + e.getMessage())
                    .cause(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw side.exception(Problem.of(side.unreachable, "interrupted while waiting for " + who())
                    .cause(e));
        }
    }

    private void rejectTransient(TokenReply.Refused refused, HttpReply reply) {
        int status = refused.status();
        String error = refused.said().error();
        ErrorCode code;
        if (status == 429 || error.equals("too_many_requests") || error.equals("REQUEST_LIMIT_EXCEEDED")) {
            code = side.rateLimited;
        } else if (status >= 500
                || status == 408
                || error.equals("temporarily_unavailable")
                || error.equals("server_error")) {
            code = side.unavailable;
        } else if (!refused.said().json() && status != 401) {
            // A 401 speaks for itself, whatever words or page come with it.
            code = side.unreadable;
        } else {
            return;
        }
        Problem problem = problem(code, who() + " answered " + status, refused);
        throw side.exception(RetryAfter.of(status, reply.headers(), Instant.now())
                .map(problem::retryAfter)
                .orElse(problem));
    }
}
