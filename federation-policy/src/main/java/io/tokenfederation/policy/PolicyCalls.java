// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenfederation.DatabricksToken;
import io.tokenfederation.DatabricksTokenSource;
import io.tokenfederation.ErrorCode;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.internal.HttpReply;
import io.tokenfederation.internal.HttpTransport;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Requests to one host: an accepted reply or a typed failure.
 *
 * <ol>
 *   <li>A request whose token was refused is sent once more, with another token: Databricks did nothing for it.
 *   <li>A read is repeated after whatever passes by itself.
 *   <li>A write is repeated only when it cannot have been carried out: no connection came about, the rate is limited
 *       (429), or Databricks asked to come back (503 with {@code Retry-After}).
 *   <li>Nothing is repeated sooner than the server asked for, or past the deadline.
 * </ol>
 *
 * <p>Thread-safe.
 *
 * @param host scheme, host and port
 * @param tokens whom the requests come from
 * @param transport how they are sent
 * @param timeout how long one call may take, with all its requests; the token source is not interrupted by it
 * @param pause how to wait
 */
record PolicyCalls(URI host, DatabricksTokenSource tokens, HttpTransport transport, Duration timeout, Pause pause) {
    /** Waits; of its own for tests. */
    @FunctionalInterface
    interface Pause {
        void sleep(Duration time) throws InterruptedException;
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TRIES = 4;
    private static final int MOST_BYTES = 1 << 20;
    private static final Duration FIRST = Duration.ofMillis(250);

    CallDeadline deadline() {
        return CallDeadline.in(timeout);
    }

    JsonNode send(ApiRequest request, CallDeadline deadline) {
        for (int tries = 1; ; tries++) {
            try {
                return once(request, deadline);
            } catch (PolicyException e) {
                if (tries == TRIES || !mayBeRepeated(request, e) || !waited(tries, e, deadline)) {
                    throw e;
                }
            }
        }
    }

    /**
     * Waits before the next try, with jitter, so that a fleet does not come back at once.
     *
     * @return false if there is no time left for it
     */
    boolean waited(int tries, PolicyException failure, CallDeadline deadline) {
        Duration step = FIRST.multipliedBy(1L << (tries - 1));
        Duration jittered = Duration.ofNanos((long)
                (step.toNanos() * (0.5 + 0.5 * ThreadLocalRandom.current().nextDouble())));
        Duration asked = failure.retryAfter().orElse(Duration.ZERO);
        Duration wait = asked.compareTo(jittered) > 0 ? asked : jittered;
        if (!deadline.allows(wait)) {
            return false;
        }
        try {
            pause.sleep(wait);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure.addSuppressed(e);
            return false;
        }
    }

    private static boolean mayBeRepeated(ApiRequest request, PolicyException e) {
        if (!e.retryable() || PolicyErrorCode.POLICY_INTERRUPTED.is(e)) {
            return false;
        }
        return request.reads()
                || PolicyErrorCode.POLICY_UNREACHABLE.is(e)
                || e.httpStatus().orElse(0) == 429
                || (e.httpStatus().orElse(0) == 503 && e.retryAfter().isPresent());
    }

    private JsonNode once(ApiRequest request, CallDeadline deadline) {
        DatabricksToken token = tokens.token();
        HttpReply reply = exchange(request, token, deadline);
        if (!token.refusedBy(reply.status(), reply.text())) {
            return answer(request, reply, token);
        }
        DatabricksToken next = another(token, refusal(request, reply, token));
        HttpReply second = exchange(request, next, deadline);
        if (next.refusedBy(second.status(), second.text())) {
            throw refusal(request, second, next).tokenRejected(", as was the one before it");
        }
        return answer(request, second, next);
    }

    /** A source that mints the same JWT again says so itself; what Databricks refused is the better thing to know. */
    private DatabricksToken another(DatabricksToken refused, ApiRefusal refusal) {
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

    private HttpReply exchange(ApiRequest request, DatabricksToken token, CallDeadline deadline) {
        if (deadline.passed()) {
            throw PolicyErrorCode.POLICY_TIMED_OUT.exception(asked(request, token) + ": not sent, no time was left");
        }
        try {
            return transport.send(request.build(host, token.value()), MOST_BYTES, deadline.forOneRequest());
        } catch (IOException e) {
            throw CallFailure.of(asked(request, token), e);
        } catch (InterruptedException e) {
            throw CallFailure.interrupted(asked(request, token), e);
        }
    }

    private JsonNode answer(ApiRequest request, HttpReply reply, DatabricksToken token) {
        if (reply.status() < 200 || reply.status() > 299) {
            throw refusal(request, reply, token).exception();
        }
        try {
            // What is deleted leaves nothing to read.
            String text = reply.text().isBlank() && request.method().equals("DELETE") ? "{}" : reply.text();
            JsonNode json = JSON.readTree(text);
            if (json.isObject()) {
                return json;
            }
        } catch (JsonProcessingException e) {
            // Not the cause: it quotes the reply.
        }
        throw unreadable(request, "the reply is no JSON object");
    }

    PolicyException unreadable(ApiRequest request, String why) {
        return PolicyErrorCode.POLICY_REPLY_UNREADABLE.exception(request + " at " + host + ": " + why);
    }

    private ApiRefusal refusal(ApiRequest request, HttpReply reply, DatabricksToken token) {
        return new ApiRefusal(request, asked(request, token), reply, token);
    }

    private String asked(ApiRequest request, DatabricksToken token) {
        String who = token.servicePrincipal()
                .map(principal -> " as service principal " + principal)
                .orElse("");
        return request + " at " + host + who;
    }
}
