// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.Problem;
import io.tokenfederation.internal.DeadToken;
import io.tokenfederation.internal.ErrorReply;
import io.tokenfederation.internal.RetryAfter;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Clock;
import java.util.Optional;

/**
 * A reply whose status is no success: what it means.
 *
 * @param asked what was refused
 * @param status its HTTP status
 * @param headers its headers
 * @param words what the server said
 * @param session in what it was asked
 */
record Refusal(Asked asked, int status, HttpHeaders headers, Words words, Session session) {
    static Refusal of(Asked asked, Received response, Session session, Deadline deadline) throws InterruptedException {
        try (ReplyBody body = response.body()) {
            return new Refusal(asked, response.statusCode(), response.headers(), Words.of(body, deadline), session);
        }
    }

    /**
     * Whether another token may help. Words in an answer with our request's id tell of something that went wrong after the
     * request had been read.
     */
    boolean deadToken() {
        return status == 401 || toLogin() || (!words.carryOurId() && DeadToken.refused(status, words.text()));
    }

    /** Whether the server refused before it read the request, so that sending it again cannot run a tool twice. */
    boolean beforeTheCall() {
        return words.whole() && !words.carryOurId();
    }

    /**
     * The same, also where the answer is to our request: a server of the modern era checks version and headers before all
     * else. In the legacy era the numbers mean nothing, and may be a tool's own.
     */
    private boolean unread() {
        return beforeTheCall()
                || (!session.legacy()
                        && words.rpcError()
                                .filter(error -> error.namesVersions() || error.code() == RpcError.HEADER_MISMATCH)
                                .isPresent());
    }

    /** The end of a call whose token was refused; the rest says why no other was tried, or that one was. */
    McpException tokenRejected(String rest) {
        if (toLogin()) {
            return redirected(rest);
        }
        Challenge challenge = Challenge.of(headers);
        Problem problem =
                Problem.of(ErrorCode.TOKEN_REJECTED, asked + ": the token was refused with status " + status + rest);
        return new McpException(challenged(
                challenge.resourceMetadata().isPresent()
                        ? asked.advice().onOneThatNamesItsOwn(problem)
                        : asked.advice().on(problem),
                challenge));
    }

    /** The end of a call whose token was refused, for which there is no other; a source does not say why. */
    McpException sameTokenAgain() {
        McpException failure = tokenRejected(", and the token source gives the same again: it has no other, or has"
                + " replaced one a short time ago");
        return new McpException(failure.problem()
                .fix("Try again after 30 seconds, before which a source replaces no second token. If that token is"
                        + " refused too: " + failure.fix()));
    }

    McpException exception(Clock clock) {
        if (status < 400) {
            return redirected("");
        }
        if (status == 403) {
            return forbidden();
        }
        if (status == 429 || status == 408 || status >= 500) {
            return later(clock);
        }
        if (sessionLost()) {
            return lost();
        }
        Optional<RpcError> error = words.rpcError();
        if (error.isPresent()) {
            return asked.failed(
                    error.get(), status, unread() ? McpException.Refused.UNREAD : McpException.Refused.MAYBE_TOO_LATE);
        }
        return status == 404 || status == 405
                ? refused(McpErrorCode.MCP_NOT_FOUND, "no MCP server at this path, status ")
                : refused(McpErrorCode.MCP_REQUEST_REFUSED, "refused with status ");
    }

    private McpException forbidden() {
        Challenge challenge = Challenge.of(headers);
        if (challenge.insufficientScope()) {
            return new McpException(challenged(
                    McpErrorCode.MCP_INSUFFICIENT_SCOPE.problem(asked + ": the token lacks "
                            + (challenge.scopes().isEmpty()
                                    ? "a scope, and the server does not say which"
                                    : "the scope '" + asked.safe(String.join(" ", challenge.scopes())) + "'")),
                    challenge));
        }
        return new McpException(described(
                asked.advice().on(Problem.of(ErrorCode.PERMISSION_DENIED, asked + ": refused with status 403"))));
    }

    /** The specification says 404; servers in the field also say 400, which most of the time means something else. */
    private boolean sessionLost() {
        if (session.id() == null) {
            return false;
        }
        if (status == 404) {
            return !words.carryOurId() || words.sentences().anyMatch(LostSession::notFound);
        }
        return status == 400 && beforeTheCall() && words.sentences().anyMatch(LostSession::in);
    }

    private McpException lost() {
        Problem problem = described(McpErrorCode.MCP_SESSION_LOST.problem(
                asked + ": the server no longer knows the session, status " + status));
        return words.whole()
                ? new McpException(problem, McpException.Refused.SESSION)
                : new McpException(
                        problem.fix("The next call begins a new session; whether a tool that was called has run"
                                + " is not known, because the server's answer could not be read."));
    }

    private McpException later(Clock clock) {
        McpErrorCode code = status == 429 ? McpErrorCode.MCP_RATE_LIMITED : McpErrorCode.MCP_UNAVAILABLE;
        Problem problem = described(code.problem(asked + ": refused with status " + status));
        Problem timed = RetryAfter.of(status, headers, clock.instant())
                .map(problem::retryAfter)
                .orElse(problem);
        return new McpException(
                timed,
                beforeTheCall() ? McpException.Refused.UNREAD : McpException.Refused.MAYBE_TOO_LATE,
                words.rpcError().map(asked::safe).orElse(null));
    }

    /** 302 and 303 are how login pages are reached; 301, 307 and 308 say where the resource is now. */
    private boolean toLogin() {
        return status == 302 || status == 303;
    }

    private McpException redirected(String rest) {
        McpErrorCode code = toLogin() ? McpErrorCode.MCP_LOGIN_REDIRECT : McpErrorCode.MCP_MOVED;
        String where = headers.firstValue("Location").map(this::place).orElse("nowhere");
        Problem problem = code.problem(asked + ": redirected to " + where + " with status " + status + rest);
        return new McpException(described(asked.advice().on(problem)));
    }

    /** Without the query, where a login keeps its state. */
    private String place(String location) {
        int query = location.indexOf('?');
        try {
            URI uri = URI.create(query < 0 ? location : location.substring(0, query));
            return uri.getHost() == null
                    ? "another path"
                    : asked.safe(Place.named(uri).whole());
        } catch (IllegalArgumentException e) {
            return "an address that is none";
        }
    }

    private McpException refused(McpErrorCode code, String what) {
        return new McpException(
                described(code.problem(asked + ": " + what + status)),
                words.carryOurId() ? McpException.Refused.MAYBE_TOO_LATE : McpException.Refused.UNANSWERED);
    }

    /** What the header says is meant for whoever sent the token; the body may be a page. */
    private Problem challenged(Problem problem, Challenge challenge) {
        Problem described = described(problem);
        return challenge.error().isEmpty()
                ? described
                : described.oauthError(asked.safe(challenge.error()), asked.safe(challenge.description()));
    }

    private Problem described(Problem problem) {
        // What comes with a redirect is the address again, where a login keeps its state.
        ErrorReply said = ErrorReply.of(status < 400 ? "" : asked.clean(words.text()));
        Problem described = problem.httpStatus(status);
        String description = asked.safe(said.description());
        // The number of a JSON-RPC error is the protocol's, not a code of the server's.
        boolean coded = !said.error().isEmpty() && words.rpcError().isEmpty();
        described =
                coded ? described.oauthError(asked.safe(said.error()), description) : described.serverSaid(description);
        return headers.firstValue("x-request-id")
                .map(asked::safe)
                .map(described::requestId)
                .orElse(described);
    }

    /** {@return what was refused and how; not the words, in which a server may repeat a token} */
    @Override
    public String toString() {
        return "Refusal[" + asked + ", " + status + "]";
    }
}
