// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenfederation.ErrorCode;
import io.tokenfederation.Problem;
import io.tokenfederation.internal.DeadToken;
import io.tokenfederation.internal.ErrorReply;
import io.tokenfederation.internal.RetryAfter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;

/**
 * A reply whose status is no success: what it means.
 *
 * @param asked what was refused
 * @param status its HTTP status
 * @param headers its headers
 * @param body what the server said, cut
 * @param inSession whether the request named a session
 */
record Refusal(Asked asked, int status, HttpHeaders headers, String body, boolean inSession) {
    private static final int MOST = 64 * 1_024;

    /** The status says enough; its words are not worth more. */
    private static final Duration WORDS_WITHIN = Duration.ofSeconds(2);

    static Refusal of(Asked asked, HttpResponse<ReplyBody> response, boolean inSession, Deadline deadline)
            throws InterruptedException {
        try (ReplyBody body = response.body()) {
            boolean redirect = response.statusCode() < 400;
            String words = redirect ? "" : words(body, deadline.orIn(WORDS_WITHIN));
            return new Refusal(asked, response.statusCode(), response.headers(), words, inSession);
        }
    }

    private static String words(ReplyBody body, Deadline deadline) throws InterruptedException {
        try {
            return new String(body.whole(MOST, deadline), StandardCharsets.UTF_8);
        } catch (IOException e) {
            // Stalled, broken off or endless: the status is known all the same.
            return "";
        }
    }

    /**
     * Whether another token may help. An answer with our request's id tells of something that went wrong after the
     * request had been read, whatever its words; such a request must not be sent again.
     */
    boolean deadToken() {
        return status == 401 || (!hasOurId(json()) && DeadToken.refused(status, headers, body));
    }

    McpException tokenRejected(String what) {
        return new McpException(described(
                Problem.of(ErrorCode.TOKEN_REJECTED, asked + ": the token was refused with status " + status + what)));
    }

    McpException exception(Clock clock) {
        if (status < 400) {
            return redirected();
        }
        if (status == 403) {
            return new McpException(
                    described(Problem.of(ErrorCode.PERMISSION_DENIED, asked + ": refused with status 403")));
        }
        if (status == 429 || status == 408 || status >= 500) {
            return later(clock);
        }
        JsonNode answer = json();
        if (sessionLost(answer)) {
            return refused(McpErrorCode.MCP_SESSION_LOST, "the server no longer knows the session, status ");
        }
        if (answer.path("error").isObject() && answer.has("jsonrpc")) {
            return asked.failed(Message.errorOf(answer), status);
        }
        return status == 404 || status == 405
                ? refused(McpErrorCode.MCP_NOT_FOUND, "no MCP server at this path, status ")
                : refused(McpErrorCode.MCP_REQUEST_REFUSED, "refused with status ");
    }

    /**
     * The specification says 404, which for an unknown method too is the status from 2026-07-28 on; servers in the field
     * also say 400.
     */
    private boolean sessionLost(JsonNode answer) {
        if (!inSession) {
            return false;
        }
        if (status == 404) {
            return !hasOurId(answer) || Message.errorOf(answer).code() != JsonRpc.METHOD_NOT_FOUND;
        }
        return status == 400
                && !hasOurId(answer)
                && body.toLowerCase(Locale.ROOT).contains("session");
    }

    /** Ours are numbers; the Python server says "server-error" where it has not read the request. */
    private static boolean hasOurId(JsonNode answer) {
        return answer.path("id").isIntegralNumber();
    }

    private McpException later(Clock clock) {
        McpErrorCode code = status == 429 ? McpErrorCode.MCP_RATE_LIMITED : McpErrorCode.MCP_UNAVAILABLE;
        Problem problem = described(code.problem(asked + ": refused with status " + status));
        return new McpException(RetryAfter.of(status, headers, clock.instant())
                .map(problem::retryAfter)
                .orElse(problem));
    }

    /** 301, 307 and 308 say where the resource is now; 302 and 303 are how login pages are reached. */
    private McpException redirected() {
        boolean login = status == 302 || status == 303;
        String where = headers.firstValue("Location").map(Refusal::place).orElse("nowhere");
        return refused(
                login ? McpErrorCode.MCP_LOGIN_REDIRECT : McpErrorCode.MCP_MOVED,
                "redirected to " + where + " with status ");
    }

    /** Without the query, where a login keeps its state. */
    private static String place(String location) {
        int query = location.indexOf('?');
        try {
            URI uri = URI.create(query < 0 ? location : location.substring(0, query));
            return uri.getHost() == null ? "another path" : Asked.address(uri);
        } catch (IllegalArgumentException e) {
            return "an address that is none";
        }
    }

    private McpException refused(McpErrorCode code, String what) {
        return new McpException(described(code.problem(asked + ": " + what + status)));
    }

    private Problem described(Problem problem) {
        ErrorReply said = ErrorReply.of(asked.clean(body));
        Problem described = problem.httpStatus(status);
        if (!said.error().isEmpty() || !said.description().isEmpty()) {
            String error = said.error().isEmpty() ? "the server said" : asked.safe(said.error());
            described = described.oauthError(error, asked.safe(said.description()));
        }
        return headers.firstValue("x-request-id")
                .map(asked::safe)
                .map(described::requestId)
                .orElse(described);
    }

    private JsonNode json() {
        try {
            return JsonRpc.read(body);
        } catch (IOException e) {
            return JsonRpc.object();
        }
    }

    /** {@return what was refused and how; not the words, in which a server may repeat a token} */
    @Override
    public String toString() {
        return "Refusal[" + asked + ", " + status + "]";
    }
}
