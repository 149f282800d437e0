// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import io.tokenfederation.Problem;
import io.tokenfederation.internal.HttpReply;
import io.tokenfederation.internal.HttpTransport;
import io.tokenfederation.internal.ReplyTooLargeException;
import io.tokenfederation.internal.RetryAfter;
import io.tokenfederation.internal.SafeText;
import io.tokenfederation.internal.TokenForm;
import io.tokenfederation.internal.TokenReply;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.util.Map;
import java.util.Set;

/** Asks token endpoints for tokens, once each time, and says what a refusal means. */
final class TokenDesk {
    private static final int LIMIT = 1 << 20;

    private static final Set<String> PASSING = Set.of("temporarily_unavailable", "server_error", "too_many_requests");

    private static final Map<String, String> FIXES = Map.of(
            "invalid_scope",
            "Have the authorization server grant the client these scopes, or ask for others by McpAuthorization.scopes.",
            "invalid_target",
            "Have the MCP server registered as a resource at the authorization server, under the very name in its metadata.",
            "invalid_grant",
            "Check issuer, audience, subject and end of the JWT that was presented, and that the authorization server trusts its issuer.",
            "unauthorized_client",
            "Allow the client this grant type at the authorization server.",
            "unsupported_grant_type",
            "Allow this grant type at the authorization server, or authorize in another way.");

    private final HttpTransport transport;
    private final Clock clock;

    TokenDesk(HttpTransport transport, Clock clock) {
        this.transport = transport;
        this.clock = clock;
    }

    /**
     * Asks for a token.
     *
     * @param who who is asked, for messages
     * @param wanted what is asked for, for messages
     * @throws McpException if there is none
     */
    TokenReply.Issued ask(String who, URI endpoint, TokenForm form, String wanted) {
        HttpRequest.Builder request = HttpTransport.request(endpoint)
                .header("Accept", "application/json")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form.encoded()));
        String authorization = form.authorization();
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        HttpReply reply = send(who, request.build());
        TokenReply read = TokenReply.read(reply, form.secrets());
        if (read instanceof TokenReply.Refused refused) {
            throw refused(who, refused, reply, wanted);
        }
        if (read instanceof TokenReply.Unreadable unreadable) {
            throw new McpException(McpErrorCode.MCP_AUTH_REPLY_UNREADABLE
                    .problem(who + " answered " + unreadable.status() + ", but " + unreadable.why())
                    .httpStatus(unreadable.status()));
        }
        return (TokenReply.Issued) read;
    }

    private HttpReply send(String who, HttpRequest request) {
        try {
            return transport.send(request, LIMIT);
        } catch (HttpTimeoutException e) {
            throw failed(McpErrorCode.MCP_AUTH_UNREACHABLE, who + " gave no complete reply in time", e);
        } catch (ReplyTooLargeException e) {
            throw failed(McpErrorCode.MCP_AUTH_REPLY_UNREADABLE, who + " sent more than a token endpoint ever does", e);
        } catch (IOException e) {
            throw failed(McpErrorCode.MCP_AUTH_UNREACHABLE, "no reply from " + who + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(McpErrorCode.MCP_AUTH_UNREACHABLE, "interrupted while waiting for " + who, e);
        }
    }

    private McpException refused(String who, TokenReply.Refused refused, HttpReply reply, String wanted) {
        int status = refused.status();
        String error = SafeText.of(refused.said().error());
        McpErrorCode code = code(status, error, refused.said().json());
        Problem problem = code.problem(who + " answered " + status + " to the request for " + wanted)
                .httpStatus(status);
        String words = SafeText.of(refused.said().description());
        problem = error.isEmpty() ? problem.serverSaid(words) : problem.oauthError(error, words);
        if (code == McpErrorCode.MCP_AUTH_REFUSED && FIXES.containsKey(error)) {
            problem = problem.fix(String.valueOf(FIXES.get(error)));
        }
        if (code == McpErrorCode.MCP_AUTH_UNAVAILABLE) {
            problem = RetryAfter.of(status, reply.headers(), clock.instant())
                    .map(problem::retryAfter)
                    .orElse(problem);
        }
        return new McpException(refused.requestId().map(problem::requestId).orElse(problem));
    }

    private static McpErrorCode code(int status, String error, boolean json) {
        if (status == 429 || status == 408 || status >= 500 || PASSING.contains(error)) {
            return McpErrorCode.MCP_AUTH_UNAVAILABLE;
        }
        // A 401 speaks for itself, whatever page comes with it.
        if (status == 401 || error.equals("invalid_client")) {
            return McpErrorCode.MCP_AUTH_CLIENT_REJECTED;
        }
        return json ? McpErrorCode.MCP_AUTH_REFUSED : McpErrorCode.MCP_AUTH_REPLY_UNREADABLE;
    }

    private static McpException failed(McpErrorCode code, String what, Exception cause) {
        return new McpException(code.problem(what).cause(cause));
    }
}
