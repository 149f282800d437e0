// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.databrickssdk;

import com.databricks.sdk.core.http.Request;
import com.databricks.sdk.core.http.Response;
import io.tokenfederation.DatabricksToken;
import io.tokenfederation.ErrorCode;
import io.tokenfederation.FederatedCallException;
import io.tokenfederation.Problem;
import io.tokenfederation.internal.ErrorReply;
import io.tokenfederation.internal.SafeText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came back for a request. Of a reply that may refuse the token the body is read, as far as such a body is long, and
 * the response is made anew for whoever reads it next.
 *
 * @param words the beginning of the body; empty where it does not matter
 */
record Answer(Request asked, Response response, String words) {
    /** Far above any refusal; what is longer is not one, and is not held in memory. */
    private static final int MOST = 64 << 10;

    /** An answer to a conditional request, and no redirect. */
    private static final int NOT_MODIFIED = 304;

    static Answer of(Request asked, Response response) throws IOException {
        int status = response.getStatusCode();
        if (status >= 300 && status < 400 && status != NOT_MODIFIED) {
            // A body that streams holds a connection of the pool until it is closed.
            close(response.getBody());
            return new Answer(asked, redirect(asked, response), "");
        }
        InputStream body = response.getBody();
        if ((status != 400 && status != 401 && status != 403) || body == null) {
            return new Answer(asked, response, "");
        }
        byte[] head = beginning(body);
        if (head.length > MOST) {
            InputStream whole = new SequenceInputStream(new ByteArrayInputStream(head), body);
            return new Answer(asked, like(response, whole), "");
        }
        body.close();
        String words = new String(head, StandardCharsets.UTF_8);
        return new Answer(asked, like(response, words), words);
    }

    private static byte[] beginning(InputStream body) throws IOException {
        boolean read = false;
        try {
            byte[] head = body.readNBytes(MOST + 1);
            read = true;
            return head;
        } finally {
            if (!read) {
                close(body);
            }
        }
    }

    private static void close(@Nullable InputStream body) {
        try {
            if (body != null) {
                body.close();
            }
        } catch (IOException e) {
            // What is thrown instead says more.
        }
    }

    boolean refuses(DatabricksToken token) {
        return token.refusedBy(response.getStatusCode(), words);
    }

    /** @param rest why no other token was tried, or that one was */
    Problem tokenRejected(String rest) {
        int status = response.getStatusCode();
        ErrorReply said = ErrorReply.of(words);
        String description = SafeText.of(said.description());
        Problem problem = Problem.of(
                        ErrorCode.TOKEN_REJECTED, line(asked) + ": the token was refused with status " + status + rest)
                .httpStatus(status);
        problem = said.error().isEmpty()
                ? problem.serverSaid(description)
                : problem.oauthError(SafeText.of(said.error()), description);
        String id = response.getFirstHeader("x-request-id");
        return id == null ? problem : problem.requestId(SafeText.of(id));
    }

    /**
     * A redirect is not followed. One that says the workspace is reached by private link only is the SDK's to explain, which
     * looks at the address it would have come to; any other ends the call.
     */
    private static Response redirect(Request asked, Response response) {
        String location = response.getFirstHeader("Location");
        URI to = target(asked, location);
        if (to != null
                && "/login.html".equals(to.getPath())
                && String.valueOf(to.getQuery()).contains("error=private")) {
            try {
                return new Response(
                        asked, to.toURL(), response.getStatusCode(), response.getStatus(), response.getAllHeaders());
            } catch (MalformedURLException e) {
                // Falls through: it leads nowhere.
            }
        }
        String where = to == null ? "nowhere" : SafeText.of(to.getScheme() + "://" + to.getRawAuthority());
        throw new FederatedCallException(Problem.of(
                        ErrorCode.TOKEN_REJECTED,
                        line(asked) + ": redirected with status " + response.getStatusCode() + " to " + where
                                + ", where no token is sent")
                .httpStatus(response.getStatusCode())
                .fix("Set the host to the workspace's own address; a redirect from there leads to a login, because the"
                        + " service principal is not assigned to this workspace or the path is none of the API's."));
    }

    private static @Nullable URI target(Request asked, @Nullable String location) {
        try {
            return Optional.ofNullable(location).map(asked.getUri()::resolve).orElse(null);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static Response like(Response response, String body) {
        return new Response(
                response.getRequest(),
                response.getUrl(),
                response.getStatusCode(),
                response.getStatus(),
                response.getAllHeaders(),
                body);
    }

    private static Response like(Response response, InputStream body) {
        return new Response(
                response.getRequest(),
                response.getUrl(),
                response.getStatusCode(),
                response.getStatus(),
                response.getAllHeaders(),
                body);
    }

    private static String line(Request request) {
        return request.getMethod() + " " + request.getUri().getPath();
    }

    /** {@return what was asked and the status; not the words, in which a server may repeat a token} */
    @Override
    public String toString() {
        return "Answer[" + line(asked) + ", " + response.getStatusCode() + "]";
    }
}
