// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcpsdk;

import io.modelcontextprotocol.client.transport.customizer.McpAsyncHttpClientRequestCustomizer;
import io.modelcontextprotocol.common.McpTransportContext;
import io.tokenfederation.DatabricksToken;
import io.tokenfederation.DatabricksTokenSource;
import io.tokenfederation.internal.HttpTransport;
import java.net.URI;
import java.net.http.HttpRequest;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Puts the token of the moment on a request: each attempt, each stream, each goodbye. */
final class TokenOnEachRequest implements McpAsyncHttpClientRequestCustomizer {
    private final DatabricksTokenSource tokens;
    private final AuditHeaders headers;
    private final Refusals refusals;

    TokenOnEachRequest(DatabricksTokenSource tokens, AuditHeaders headers, Refusals refusals) {
        this.tokens = tokens;
        this.headers = headers;
        this.refusals = refusals;
    }

    /** On a thread that may wait, because the source may have to. */
    @Override
    public Publisher<HttpRequest.Builder> customize(
            HttpRequest.Builder request,
            String method,
            URI endpoint,
            @Nullable String body,
            McpTransportContext context) {
        return Mono.fromCallable(() -> withToken(request, endpoint)).subscribeOn(Schedulers.boundedElastic());
    }

    private HttpRequest.Builder withToken(HttpRequest.Builder request, URI endpoint) {
        HttpTransport.requireSecure(endpoint, "the MCP URL");
        DatabricksToken token = tokens.token();
        refusals.sent(token);
        headers.putOn(request, token);
        return request;
    }
}
