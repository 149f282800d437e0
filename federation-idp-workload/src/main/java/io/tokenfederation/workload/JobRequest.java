// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.workload;

import io.tokenfederation.internal.BearerValue;
import io.tokenfederation.internal.HttpTransport;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A request with the job's own bearer token, to an address that came in by an environment variable. */
final class JobRequest {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private JobRequest() {}

    static HttpTransport transport(@Nullable HttpClient client, Duration requestTimeout) {
        return client == null
                ? HttpTransport.create(CONNECT_TIMEOUT, requestTimeout)
                : HttpTransport.over(client, requestTimeout);
    }

    /**
     * Starts the request.
     *
     * @param bearer a token that {@link #bearer} let pass
     * @throws IllegalArgumentException if a credential may not go there; the message does not quote a query
     */
    static HttpRequest.Builder to(URI uri, String bearer) {
        return HttpTransport.request(uri)
                .header("Authorization", "Bearer " + bearer)
                .header("Accept", "application/json");
    }

    /**
     * Checks the job's own token.
     *
     * @param invalid what to throw if it cannot be sent; the message names the variable and does not quote the token
     */
    static String bearer(String token, String variable, WorkloadErrorCode invalid) {
        try {
            return BearerValue.require(token, variable);
        } catch (IllegalArgumentException e) {
            throw invalid.exception(String.valueOf(e.getMessage()));
        }
    }

    /** {@return the URI with one more query parameter, encoded} */
    static URI with(URI uri, String name, String value) {
        String base = uri.toString();
        char before = uri.getRawQuery() == null ? '?' : '&';
        return URI.create(base + before + name + "=" + encoded(value));
    }

    /** {@return the text as it may stand in a path segment or a query} */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
