// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A reply that was read whole. {@link #toString()} does not show the body, which may be a token. */
public final class HttpReply {
    private final URI uri;
    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;

    HttpReply(URI uri, int status, HttpHeaders headers, byte[] body) {
        this.uri = uri;
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** {@return the HTTP status} */
    public int status() {
        return status;
    }

    /** {@return the headers} */
    public HttpHeaders headers() {
        return headers;
    }

    /**
     * Returns a header.
     *
     * @param name its name, in any case
     * @return its first value
     */
    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** {@return the body as UTF-8 text} */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "HttpReply[" + status + " from " + uri.getHost() + ", " + body.length + " bytes]";
    }
}
