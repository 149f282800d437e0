// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcpsdk;

import io.modelcontextprotocol.client.transport.HttpRequestSnapshot;
import io.modelcontextprotocol.client.transport.customizer.McpHttpClientTransportAuthorizationErrorHandler;
import io.modelcontextprotocol.common.McpTransportContext;
import io.tokenfederation.DatabricksToken;
import io.tokenfederation.DatabricksTokenSource;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * What becomes of a refused request.
 *
 * <ol>
 *   <li>A refused token is given back to its source, by whoever finds out, each time.
 *   <li>A request is repeated once at most ({@link #maxRetries()}), and only if there is a different token.
 *   <li>403 is about a permission: another token of the same service principal has no other.
 *   <li>A token that is not ours, because something else has set the header, is nobody's here.
 * </ol>
 */
final class Refusals implements McpHttpClientTransportAuthorizationErrorHandler {
    /** A request lasts minutes at most, and a token a minute at least. */
    private static final int KEPT = 8;

    private static final int UNAUTHORIZED = 401;

    private final DatabricksTokenSource tokens;
    private final Lock adding = new ReentrantLock();
    private volatile List<DatabricksToken> newestFirst = List.of();

    Refusals(DatabricksTokenSource tokens) {
        this.tokens = tokens;
    }

    /** This token goes out now. */
    void sent(DatabricksToken token) {
        List<DatabricksToken> known = newestFirst;
        if (!known.isEmpty() && known.get(0).equals(token)) {
            return;
        }
        adding.lock();
        try {
            newestFirst = Stream.concat(Stream.of(token), newestFirst.stream().filter(other -> !other.equals(token)))
                    .limit(KEPT)
                    .toList();
        } finally {
            adding.unlock();
        }
    }

    /** On a thread that may wait, because the source may have to. */
    @Override
    public Publisher<Boolean> handle(HttpRequestSnapshot request, ResponseInfo response, McpTransportContext context) {
        return Mono.fromCallable(() -> response.statusCode() == UNAUTHORIZED && renewed(request))
                .subscribeOn(Schedulers.boundedElastic());
    }

    @Override
    public int maxRetries() {
        return 1;
    }

    private boolean renewed(HttpRequestSnapshot request) {
        Optional<DatabricksToken> refused =
                request.headers().firstValue(AuditHeaders.AUTHORIZATION).flatMap(this::carriedBy);
        refused.ifPresent(tokens::rejected);
        return refused.isPresent() && !tokens.token().equals(refused.get());
    }

    private Optional<DatabricksToken> carriedBy(String header) {
        return newestFirst.stream()
                .filter(token -> MessageDigest.isEqual(bytes("Bearer " + token.value()), bytes(header)))
                .findFirst();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
