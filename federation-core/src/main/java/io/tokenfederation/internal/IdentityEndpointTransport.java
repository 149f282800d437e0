// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * The way to an identity endpoint that the host put beside this process, which its environment names: on loopback, or on a
 * link-local address (RFC 3927), as Azure App Service on Linux does. Both speak plain http, and no router forwards them.
 *
 * <p>It is kept apart from {@link HttpTransport}, so that nothing else can go to such an address, and from
 * {@link MetadataTransport}, whose requests cannot carry a secret: these endpoints want one, so that other processes cannot
 * use them. No proxy is asked, not even the JVM's default one. Thread-safe.
 */
public final class IdentityEndpointTransport {
    private static final Pattern LINK_LOCAL = Pattern.compile("169\\.254(\\.\\d{1,3}){2}");

    /** There is no network in between: what does not answer at once is not there. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    private final HttpClient client;
    private final Duration deadline;

    private IdentityEndpointTransport(HttpClient client, Duration deadline) {
        this.client = client;
        this.deadline = deadline;
    }

    /**
     * A transport.
     *
     * @param deadline how long one request may take, its reply's body included
     * @return the transport
     */
    public static IdentityEndpointTransport create(Duration deadline) {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        return new IdentityEndpointTransport(client, deadline);
    }

    /**
     * Sends a request and reads the reply whole. Redirects are not followed.
     *
     * @param request the request; its header values have been checked
     * @param limit the most bytes to read
     * @return the reply, whatever its status
     * @throws IllegalArgumentException if it leads anywhere else
     * @throws HttpTimeoutException if the deadline passed
     * @throws ReplyTooLargeException if the body is larger than the limit
     * @throws IOException if there was no reply
     * @throws InterruptedException if this thread was interrupted; the exchange is ended
     */
    public HttpReply send(HttpRequest request, int limit) throws IOException, InterruptedException {
        require(request.uri());
        HttpResponse<byte[]> response =
                HttpTransport.exchange(client, request, info -> CappedBody.upTo(limit), deadline);
        return new HttpReply(request.uri(), response.statusCode(), response.headers(), response.body());
    }

    /**
     * Checks that an address is on this host.
     *
     * @param uri the address
     * @return the address
     * @throws IllegalArgumentException if it is not http to loopback or to 169.254.0.0/16
     */
    public static URI require(URI uri) {
        String host = uri.getHost() == null ? "" : uri.getHost();
        boolean near =
                HttpTransport.isLoopback(host) || LINK_LOCAL.matcher(host).matches();
        if (!"http".equalsIgnoreCase(uri.getScheme()) || uri.getRawUserInfo() != null || !near) {
            // Not the address: it may hold what people paste.
            throw new IllegalArgumentException("an identity endpoint must be http:// on loopback or on a link-local"
                    + " address (169.254.0.0/16): a secret goes there in the clear");
        }
        return uri;
    }
}
