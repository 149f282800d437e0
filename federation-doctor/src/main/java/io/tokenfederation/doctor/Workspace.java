// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenfederation.ErrorCode;
import io.tokenfederation.FederatedCallException;
import io.tokenfederation.Problem;
import io.tokenfederation.internal.ErrorReply;
import io.tokenfederation.internal.HttpReply;
import io.tokenfederation.internal.HttpTransport;
import io.tokenfederation.internal.ReplyDates;
import io.tokenfederation.internal.SafeText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpTimeoutException;
import java.util.Map;
import java.util.Set;

/** REST calls of the workspace. A reply is the caller's to read; what comes instead of one is a typed exception. */
final class Workspace {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST = 1 << 20;

    private final URI host;
    private final HttpTransport transport;
    private final ServerClocks clocks;

    Workspace(URI host, HttpTransport transport, ServerClocks clocks) {
        this.host = host;
        this.transport = transport;
        this.clocks = clocks;
    }

    URI host() {
        return host;
    }

    HttpReply getWithoutToken(String path) {
        return send(HttpTransport.request(host.resolve(path)).GET().build());
    }

    HttpReply get(String path, String token) {
        return send(authorized(path, token).GET().build());
    }

    HttpReply post(String path, String token, Map<String, ?> body) {
        return send(authorized(path, token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(written(body)))
                .build());
    }

    /**
     * Reads a reply that ought to be a JSON object.
     *
     * @throws FederatedCallException if it is none, or no success
     */
    static JsonNode json(HttpReply reply, String path) {
        if (reply.status() != 200) {
            throw new FederatedCallException(refused(reply, path));
        }
        try {
            JsonNode root = JSON.readTree(reply.text());
            if (root != null && root.isObject()) {
                return root;
            }
        } catch (IOException e) {
            // Said below, without the parser's words, which quote the reply.
        }
        throw new FederatedCallException(
                CheckCode.DATABRICKS_REPLY_UNREADABLE.problem("Databricks answered " + path + " with no JSON object"));
    }

    /** What a status that is neither a success nor about rights means. */
    static Problem refused(HttpReply reply, String path) {
        int status = reply.status();
        String answered = "Databricks answered " + status + " to " + path;
        Problem problem = status == 429
                ? Problem.of(ErrorCode.EXCHANGE_RATE_LIMITED, answered)
                : status >= 500
                        ? Problem.of(ErrorCode.EXCHANGE_UNAVAILABLE, answered)
                        : CheckCode.DATABRICKS_REPLY_UNREADABLE.problem(answered);
        Problem told = problem.httpStatus(status).serverSaid(words(reply));
        return reply.header("x-request-id")
                .map(SafeText::of)
                .map(told::requestId)
                .orElse(told);
    }

    /** {@return what the server said, scrubbed} */
    static String words(HttpReply reply) {
        ErrorReply said = ErrorReply.of(reply, Set.of());
        return SafeText.of(said.error().isEmpty() ? said.description() : said.error() + ": " + said.description());
    }

    private HttpRequest.Builder authorized(String path, String token) {
        return HttpTransport.request(host.resolve(path)).header("Authorization", "Bearer " + token);
    }

    private HttpReply send(HttpRequest request) {
        return ReplyDates.observing(clocks::ofDatabricks, () -> {
            try {
                return transport.send(request, MOST);
            } catch (HttpTimeoutException e) {
                throw unreachable("gave no answer in time", e);
            } catch (IOException e) {
                throw unreachable("could not be reached", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw unreachable("was not waited for, as the check was interrupted", e);
            }
        });
    }

    private FederatedCallException unreachable(String how, Exception e) {
        return new FederatedCallException(
                Problem.of(ErrorCode.EXCHANGE_UNREACHABLE, host.getHost() + " " + how + ": " + Failures.name(e))
                        .cause(e));
    }

    private static byte[] written(Map<String, ?> body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (IOException e) {
            throw new IllegalArgumentException("strings, lists and maps can always be written", e);
        }
    }
}
