// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** When a request that failed is sent again: only where it cannot have been carried out, or may be carried out twice. */
final class Repetition {
    private static final int MOST_ATTEMPTS = 3;

    /** Longer than this the application decides whether to wait: the failure says how long. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;

    /** JSON-RPC's own numbers: the server has understood the request's form, so it is the era it was. */
    private static final Set<Integer> UNDERSTOOD = Set.of(JsonRpc.METHOD_NOT_FOUND, -32602, JsonRpc.INTERNAL_ERROR);

    private Repetition() {}

    /** How long to wait before it is sent again; empty if it is not. */
    static Optional<Duration> after(McpException failure, boolean harmless, int attempt) {
        if (attempt >= MOST_ATTEMPTS) {
            return Optional.empty();
        }
        if (McpErrorCode.MCP_ANSWER_LOST.is(failure)) {
            return harmless && attempt == 1 ? Optional.of(Duration.ZERO) : Optional.empty();
        }
        int status = failure.httpStatus().orElse(0);
        boolean notYet =
                (status == TOO_MANY_REQUESTS && (harmless || failure.unread())) || (status == UNAVAILABLE && harmless);
        return failure.retryAfter().filter(wait -> notYet && wait.compareTo(LONGEST_WAIT) <= 0);
    }

    /** Whether what was agreed on holds no longer: the next request finds out anew in which era the server is. */
    static boolean ends(Session session, McpException failure) {
        if (session.legacy()) {
            boolean modern =
                    failure.unread() && failure.error().filter(RpcError::modern).isPresent();
            return McpErrorCode.MCP_SESSION_LOST.is(failure) || modern || ofAnotherEra(failure);
        }
        if (refused(failure) && McpErrorCode.MCP_VERSION_UNSUPPORTED.is(failure)) {
            return true;
        }
        int status = failure.httpStatus().orElse(0);
        boolean refused = McpErrorCode.MCP_REQUEST_REFUSED.is(failure) || McpErrorCode.MCP_NOT_FOUND.is(failure);
        boolean strange = McpErrorCode.MCP_PROTOCOL_ERROR.is(failure)
                && status >= 400
                && failure.error()
                        .filter(error -> !error.modern() && !UNDERSTOOD.contains(error.code()))
                        .isPresent();
        return refused || strange;
    }

    /**
     * Whether the server refused the session or the version before it did anything, so that another may help. A request
     * that does no harm may also be sent if the server had read it.
     */
    static boolean inAnotherSession(Session session, McpException failure, boolean harmless) {
        // A request of the legacy era lacks the headers that a server of the modern one checks before all else.
        boolean agreedOnNothing = session.legacy() ? ofAnotherEra(failure) : refusesTheVersion(failure);
        boolean lost = McpErrorCode.MCP_SESSION_LOST.is(failure);
        return failure.repeatable() || (agreedOnNothing && failure.unread()) || ((agreedOnNothing || lost) && harmless);
    }

    /**
     * Whether the server wants other headers, and has not run the tool for the want of them. What it has said of the tool
     * before is not asked: it has changed since.
     */
    static boolean withOtherHeaders(McpException failure, Call call) {
        return wantsHeaders(failure) && (failure.unread() || call.options().isIdempotent());
    }

    /** Whether carrying it out twice does no more harm than once, by the application's word or the server's. */
    static boolean harmless(Request<?> request, Session session, Call call) {
        return !request.mayChangeSomething()
                || call.options().isIdempotent()
                || call.harmlessIn().test(session);
    }

    private static boolean ofAnotherEra(McpException failure) {
        return refusesTheVersion(failure) || wantsHeaders(failure);
    }

    private static boolean refusesTheVersion(McpException failure) {
        return refused(failure)
                && failure.error().filter(RpcError::namesVersions).isPresent();
    }

    private static boolean wantsHeaders(McpException failure) {
        return refused(failure) && failure.rpcCode().orElse(0) == RpcError.HEADER_MISMATCH;
    }

    /** With a success comes what a tool says, and its numbers are its own (JSON-RPC 2.0 §5.1). */
    private static boolean refused(McpException failure) {
        return failure.httpStatus().orElse(0) >= 400;
    }
}
