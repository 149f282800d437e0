// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Set;

/**
 * The one exception to https: questions to the metadata server of the cloud this machine runs in, which speaks plain http
 * on a link-local address that no router forwards.
 *
 * <p>It is kept apart from {@link HttpTransport} so that nothing else can go this way. The request is a GET that is built
 * in here and carries one constant header, so it cannot hold a secret; the hosts are fixed; and no proxy is asked, not
 * even the JVM's default one, because the reply is a token and would cross the network in the clear. Thread-safe.
 */
public final class MetadataTransport {
    /** The link-local address both clouds use (RFC 3927). */
    private static final String LINK_LOCAL = "169.254.169.254";

    /** There is no network in between: where nothing answers at once, there is no metadata server. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    private static final int PLAIN_HTTP = 80;

    private final Set<String> hosts;
    private final String header;
    private final String value;
    private final HttpClient client;
    private final Duration deadline;

    private MetadataTransport(Set<String> hosts, String header, String value, Duration deadline) {
        this.hosts = hosts;
        this.header = header;
        this.value = value;
        this.deadline = deadline;
        this.client = HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /**
     * To Google Cloud's metadata server: {@code metadata.google.internal} or its address, {@code Metadata-Flavor: Google}.
     *
     * @param deadline how long one request may take, its reply's body included
     * @return the transport
     * @see <a href="https://cloud.google.com/compute/docs/metadata/querying-metadata">Google: querying metadata</a>
     */
    public static MetadataTransport google(Duration deadline) {
        return new MetadataTransport(
                Set.of("metadata.google.internal", LINK_LOCAL), "Metadata-Flavor", "Google", deadline);
    }

    /**
     * To Azure's instance metadata service: its address, {@code Metadata: true}.
     *
     * @param deadline how long one request may take, its reply's body included
     * @return the transport
     * @see <a href="https://learn.microsoft.com/azure/virtual-machines/instance-metadata-service">Azure IMDS</a>
     */
    public static MetadataTransport azure(Duration deadline) {
        return new MetadataTransport(Set.of(LINK_LOCAL), "Metadata", "true", deadline);
    }

    /** {@return how long one request may take} */
    public Duration deadline() {
        return deadline;
    }

    /**
     * Asks the metadata server. Redirects are not followed.
     *
     * @param uri the question, on a host this transport is for, or on loopback for a stand-in
     * @param limit the most bytes to read
     * @return the reply, whatever its status
     * @throws IllegalArgumentException if the URI leads anywhere else
     * @throws HttpTimeoutException if the deadline passed
     * @throws ReplyTooLargeException if the body is larger than the limit
     * @throws IOException if there was no reply
     * @throws InterruptedException if this thread was interrupted; the exchange is ended
     */
    public HttpReply get(URI uri, int limit) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(require(uri)).header(header, value).GET().build();
        HttpResponse<byte[]> response =
                HttpTransport.exchange(client, request, info -> CappedBody.upTo(limit), deadline);
        return new HttpReply(uri, response.statusCode(), response.headers(), response.body());
    }

    /**
     * Checks that an address is the metadata server's.
     *
     * @param uri the address
     * @return the address
     * @throws IllegalArgumentException if it is neither http to one of the fixed hosts on port 80, nor http to loopback
     */
    public URI require(URI uri) {
        String host = uri.getHost() == null ? "" : uri.getHost();
        boolean plain = "http".equalsIgnoreCase(uri.getScheme()) && uri.getRawUserInfo() == null;
        boolean fixed = hosts.contains(host) && (uri.getPort() == -1 || uri.getPort() == PLAIN_HTTP);
        if (!plain || !(fixed || HttpTransport.isLoopback(host))) {
            // Not the address: it may hold what people paste.
            throw new IllegalArgumentException("the metadata server's address must be http:// and one of "
                    + hosts.stream().sorted().toList() + " without a port (or loopback, for a stand-in)");
        }
        return uri;
    }
}
