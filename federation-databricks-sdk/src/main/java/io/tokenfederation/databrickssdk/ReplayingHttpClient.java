// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.databrickssdk;

import com.databricks.sdk.core.http.HttpClient;
import com.databricks.sdk.core.http.Request;
import com.databricks.sdk.core.http.Response;
import io.tokenfederation.DatabricksToken;
import io.tokenfederation.DatabricksTokenSource;
import io.tokenfederation.ErrorCode;
import io.tokenfederation.FederatedCallException;
import io.tokenfederation.IdpTokenException;
import java.io.IOException;

/**
 * Sends requests by another client, and answers a refused token of ours.
 *
 * <ol>
 *   <li>A refused token is given back to its source, by whoever finds out, each time.
 *   <li>A request is repeated once at most, and only with a different token.
 *   <li>A body that is a stream has been read by then, and is not sent again.
 *   <li>Requests with other tokens, or none, pass as they are.
 * </ol>
 */
final class ReplayingHttpClient implements HttpClient {
    private final HttpClient plain;
    private final DatabricksTokenSource tokens;
    private final RecentTokens recent;

    ReplayingHttpClient(HttpClient plain, DatabricksTokenSource tokens, RecentTokens recent) {
        this.plain = plain;
        this.tokens = tokens;
        this.recent = recent;
    }

    /** The client below. */
    HttpClient plain() {
        return plain;
    }

    @Override
    public Response execute(Request in) throws IOException {
        DatabricksToken sent = recent.carriedBy(Bearer.in(in)).orElse(null);
        if (sent == null) {
            return plain.execute(in);
        }
        // The SDK's client repeats all headers where a redirect leads, whoever is there.
        in.setRedirectionBehavior(false);
        try {
            Answer answer = Answer.of(in, plain.execute(in));
            return answer.refuses(sent) ? again(in, sent, answer) : answer.response();
        } finally {
            Bearer.removeFrom(in);
        }
    }

    private Response again(Request in, DatabricksToken refused, Answer first) throws IOException {
        tokens.rejected(refused);
        if (in.isBodyStreaming()) {
            throw new FederatedCallException(first.tokenRejected(
                            "; the request's body was a stream, which cannot be sent again")
                    .retryable(true)
                    .fix("Make the call again, with the stream from its beginning; it then carries another token."));
        }
        DatabricksToken next = another(refused, first);
        recent.add(next);
        Bearer.put(in, next);
        Answer second = Answer.of(in, plain.execute(in));
        if (second.refuses(next)) {
            throw new FederatedCallException(second.tokenRejected(", as was the one before it"));
        }
        return second.response();
    }

    /** A source that mints the same JWT again says so itself; what Databricks refused is the better thing to know. */
    private DatabricksToken another(DatabricksToken refused, Answer first) {
        DatabricksToken next;
        try {
            next = tokens.token();
        } catch (IdpTokenException e) {
            if (e.code().equals(ErrorCode.IDP_TOKEN_NOT_RENEWED.name())) {
                throw new FederatedCallException(first.tokenRejected(", and the identity provider issued no other")
                        .cause(e));
            }
            throw e;
        }
        if (next.equals(refused)) {
            throw new FederatedCallException(first.tokenRejected(", and the token source has no other"));
        }
        return next;
    }
}
