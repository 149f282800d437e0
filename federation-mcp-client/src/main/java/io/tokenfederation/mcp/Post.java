// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;

/**
 * A POST whose headers have been put together before: the JDK's builder puts them together for each request, twice. The
 * JDK checks them when it sends, as it does those of its own builder.
 */
final class Post extends HttpRequest {
    private final HttpRequest like;
    private final HttpHeaders headers;
    private final BodyPublisher body;

    /** Goes where the first one goes, in the same version of HTTP. */
    Post(HttpRequest like, HttpHeaders headers, Slice json) {
        this.like = like;
        this.headers = headers;
        this.body = new SliceBody(json);
    }

    @Override
    public Optional<BodyPublisher> bodyPublisher() {
        return Optional.of(body);
    }

    @Override
    public String method() {
        return "POST";
    }

    /** {@return none: who sends it ends it} */
    @Override
    public Optional<Duration> timeout() {
        return Optional.empty();
    }

    @Override
    public boolean expectContinue() {
        return false;
    }

    @Override
    public URI uri() {
        return like.uri();
    }

    @Override
    public Optional<HttpClient.Version> version() {
        return like.version();
    }

    @Override
    public HttpHeaders headers() {
        return headers;
    }
}
