// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenfederation.ErrorCode;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.Problem;
import io.tokenfederation.internal.ErrorReply;
import io.tokenfederation.internal.HttpReply;
import io.tokenfederation.internal.ReplyTooLargeException;
import io.tokenfederation.internal.RetryAfter;
import io.tokenfederation.internal.SafeText;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;

/**
 * A runtime's own token service, and how its failures are told: what may pass by itself is thrown here, the rest is for
 * the source to explain.
 *
 * @param title what people call it
 * @param unreachable what it means, and what to do, when nothing answers
 */
record RuntimeService(String title, Problem unreachable) {
    static final int LIMIT = 1 << 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** One request, to be sent when called. */
    @FunctionalInterface
    interface Call {
        HttpReply send() throws IOException, InterruptedException;
    }

    static RuntimeService at(String title, String host) {
        return new RuntimeService(
                title, Problem.of(ErrorCode.IDP_UNREACHABLE, "no reply from " + title + " at " + SafeText.of(host)));
    }

    /** Sends, and throws if there is no reply, or one that says to come back later. */
    HttpReply send(Call call, Set<String> secrets) {
        HttpReply reply = reply(call);
        int status = reply.status();
        if (status == 429) {
            throw new IdpTokenException(later(ErrorCode.IDP_RATE_LIMITED, reply, secrets));
        }
        if (status >= 500 || status == 408) {
            throw new IdpTokenException(later(ErrorCode.IDP_UNAVAILABLE, reply, secrets));
        }
        return reply;
    }

    /** Adds what a refusal says: status and the server's own words. */
    Problem refused(Problem problem, HttpReply reply, Set<String> secrets) {
        ErrorReply said = ErrorReply.of(reply, secrets);
        String error = SafeText.of(said.error());
        String words = SafeText.of(said.description());
        Problem known = problem.httpStatus(reply.status());
        return error.isEmpty() ? known.serverSaid(words) : known.oauthError(error, words);
    }

    /** {@return a text member of a JSON reply} */
    String member(HttpReply reply, String name) {
        JsonNode root;
        try {
            root = JSON.readTree(reply.text().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // Not the cause: the parser quotes what it could not read.
            throw unreadable(reply, "the reply is no JSON");
        }
        JsonNode value = root.path(name);
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw unreadable(reply, "the reply has no text '" + name + "'");
        }
        return value.textValue();
    }

    private HttpReply reply(Call call) {
        try {
            return call.send();
        } catch (HttpTimeoutException e) {
            throw new IdpTokenException(unreachable.cause(e));
        } catch (ReplyTooLargeException e) {
            throw new IdpTokenException(
                    Problem.of(ErrorCode.IDP_REPLY_UNREADABLE, title + " sent more than a token can be")
                            .cause(e));
        } catch (IOException e) {
            throw new IdpTokenException(unreachable.cause(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IdpTokenException(Problem.of(ErrorCode.IDP_UNREACHABLE, "interrupted while waiting for " + title)
                    .cause(e));
        }
    }

    private Problem later(ErrorCode code, HttpReply reply, Set<String> secrets) {
        Problem problem = refused(Problem.of(code, title + " answered " + reply.status()), reply, secrets);
        return RetryAfter.of(reply.status(), reply.headers(), Instant.now())
                .map(problem::retryAfter)
                .orElse(problem);
    }

    private IdpTokenException unreadable(HttpReply reply, String why) {
        return new IdpTokenException(Problem.of(
                        ErrorCode.IDP_REPLY_UNREADABLE, title + " answered " + reply.status() + ", but " + why)
                .fix("Look at what answers in place of " + title + ": a proxy, a login page, or another version of it.")
                .httpStatus(reply.status()));
    }
}
