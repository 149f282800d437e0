// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Goes on where a stream of the legacy era broke off (2025-11-25, "Resumability and Redelivery"). To ask for it does no
 * harm, so it is asked for again where the server was only not to be had. For one thread.
 */
final class Resumption {
    /** How long to leave a server alone that does not say (HTML Living Standard §9.2.3 has "a few seconds"). */
    private static final Duration USUAL_RETRY = Duration.ofSeconds(1);

    /** An event's id may be any text; a header may not. */
    private static final Pattern SENDABLE = Pattern.compile("[\\x21-\\x7E]([\\x20-\\x7E]*[\\x21-\\x7E])?");

    private static final int MOST_ATTEMPTS = 5;

    /** Of a server, or a proxy before it, that may answer in a while. */
    private static final Set<Integer> PASSING = Set.of(408, 429, 502, 503, 504);

    private final Rpc rpc;
    private final Supplier<String> what;

    /** Not by the server's word, which holds in its session alone. */
    private final boolean harmless;

    private final Call call;
    private @Nullable String lastEventId;
    private Duration retry = USUAL_RETRY;
    private int waits;

    Resumption(Rpc rpc, Request<?> request, Call call) {
        this.rpc = rpc;
        this.what = request::what;
        this.harmless = !request.mayChangeSomething() || call.options().isIdempotent();
        this.call = call;
    }

    /** The stream ends here. Returns whether it can be resumed. */
    boolean possible(Messages messages, Session session) {
        String id = messages.lastEventId();
        if (id != null) {
            // The JDK refuses some of the rest with an exception of its own, and sends some as bytes the server never
            // gave.
            lastEventId = SENDABLE.matcher(id).matches() ? id : null;
        }
        Duration asked = messages.retry();
        retry = asked == null ? retry : asked;
        return session.legacy() && lastEventId != null && messages.areEvents();
    }

    /** What follows on the event had last. */
    Reply reply(Asked asked, Session session) {
        String from = lastEventId;
        if (from == null || !(session instanceof LegacySession legacy)) {
            throw asked.failed(McpErrorCode.MCP_ANSWER_LOST, "the reply ended before the answer came");
        }
        Outgoing resume = Outgoing.resume(what, legacy.headers(), from);
        Duration wait = patience();
        for (int attempt = 1; true; attempt++) {
            try {
                call.deadline().pause(wait);
                return rpc.post(resume, session, call);
            } catch (HttpTimeoutException e) {
                throw IoFailure.of(asked, e);
            } catch (InterruptedException e) {
                throw IoFailure.interrupted(asked, e);
            } catch (McpException e) {
                if (attempt == MOST_ATTEMPTS || !passing(e)) {
                    throw over(e, asked);
                }
                Duration least = e.retryAfter().orElse(Duration.ZERO);
                Duration next = patience();
                wait = next.compareTo(least) < 0 ? least : next;
            }
        }
    }

    /** As long as the server asks; longer each time, so that one which asks for no time at all is not run over. */
    private Duration patience() {
        Duration least = Duration.ofMillis(100L * Math.min(waits++, 50));
        return retry.compareTo(least) < 0 ? least : retry;
    }

    /** Whether there was no answer, or one that says: not now. */
    private static boolean passing(McpException failure) {
        return McpErrorCode.MCP_UNREACHABLE.is(failure)
                || McpErrorCode.MCP_ANSWER_LOST.is(failure)
                || PASSING.contains(failure.httpStatus().orElse(0));
    }

    private McpException over(McpException failure, Asked asked) {
        if (McpErrorCode.MCP_TIMED_OUT.is(failure) || McpErrorCode.MCP_INTERRUPTED.is(failure)) {
            return failure;
        }
        if (McpErrorCode.MCP_SESSION_LOST.is(failure)) {
            return harmless ? failure : lostWithItsAnswer(failure);
        }
        return asked.failed(
                McpErrorCode.MCP_ANSWER_LOST, "the stream ended before the answer, and cannot be resumed", failure);
    }

    /** It is the resumption that the server refused before it did anything, and not the call. */
    private static McpException lostWithItsAnswer(McpException failure) {
        return new McpException(failure.problem()
                .fix("The next call begins a new session; whether a tool that was called has run is not known, because"
                        + " the session ended before its answer came.")
                .cause(failure));
    }
}
