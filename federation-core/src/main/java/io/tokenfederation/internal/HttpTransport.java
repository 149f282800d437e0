// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The one way out: https only (http to loopback), no redirects, a deadline that covers the body, bodies capped.
 *
 * <p>Thread-safe.
 */
public final class HttpTransport {
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1\\]");

    private final ClientSource clients;
    private final Duration deadline;

    /** The last address that was looked at: mostly it is the very same again. */
    private volatile @Nullable URI secure;

    private HttpTransport(ClientSource clients, Duration deadline) {
        this.clients = clients;
        this.deadline = deadline;
    }

    /**
     * A transport over a client that is shared by all who give none, and ends its threads when nobody holds it any longer.
     *
     * @param connectTimeout how long a connection may take to come about
     * @param deadline how long one request may take, its reply's body included
     * @return the transport
     */
    public static HttpTransport create(Duration connectTimeout, Duration deadline) {
        return new HttpTransport(OneClient.shared(connectTimeout), deadline);
    }

    /**
     * A transport over a client that is shared by all who {@linkplain #release say when they are done}, and ends its
     * connections and threads when all have.
     *
     * @param connectTimeout how long a connection may take to come about
     * @param deadline how long one request may take, its reply's body included
     * @return the transport
     */
    public static HttpTransport leased(Duration connectTimeout, Duration deadline) {
        return new HttpTransport(new LeasedClient(connectTimeout), deadline);
    }

    /**
     * A transport over the application's client: its proxy, trust store and executor.
     *
     * @param client the client; must neither follow redirects nor keep cookies
     * @param deadline how long one request may take, its reply's body included
     * @return the transport
     * @throws IllegalArgumentException if the client follows redirects or keeps cookies
     */
    public static HttpTransport over(HttpClient client, Duration deadline) {
        if (client.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException("the HttpClient follows redirects, which would carry a credential to"
                    + " another host; build it with followRedirects(HttpClient.Redirect.NEVER)");
        }
        if (client.cookieHandler().isPresent()) {
            throw new IllegalArgumentException("the HttpClient keeps cookies, so a session that a server opened for one"
                    + " principal would go with the requests of another; build it without a cookieHandler");
        }
        return new HttpTransport(new OneClient(client), deadline);
    }

    /**
     * The same with another deadline; released together.
     *
     * @param other how long one request may take, its reply's body included
     * @return the transport
     */
    public HttpTransport within(Duration other) {
        return new HttpTransport(clients, other);
    }

    /** Says that nobody will send anything, but for calls that go on; those still can. */
    public void release() {
        clients.release();
    }

    /** {@return how long one request may take} */
    public Duration deadline() {
        return deadline;
    }

    /**
     * Starts a request to a host that credentials may go to.
     *
     * @param uri an https URI, or http to loopback
     * @return the request, to be completed
     */
    public static HttpRequest.Builder request(URI uri) {
        HttpRequest.Builder request = HttpRequest.newBuilder(requireSecure(uri, "the address"));
        // Over plain http the JDK would try to upgrade each connection to HTTP/2; over https the client decides.
        return "http".equalsIgnoreCase(uri.getScheme()) ? request.version(HttpClient.Version.HTTP_1_1) : request;
    }

    /**
     * Sends a request and reads the reply whole.
     *
     * @param request the request
     * @param limit the most bytes to read
     * @return the reply, whatever its status
     * @throws HttpTimeoutException if the deadline passed
     * @throws ReplyTooLargeException if the body is larger than the limit
     * @throws IOException if there was no reply
     * @throws InterruptedException if this thread was interrupted; the exchange is ended
     */
    public HttpReply send(HttpRequest request, int limit) throws IOException, InterruptedException {
        return send(request, limit, deadline);
    }

    /**
     * Sends a request that is one of several under one deadline, and reads the reply whole.
     *
     * @param request the request
     * @param limit the most bytes to read
     * @param within how long it may take, the body included
     * @return the reply, whatever its status
     * @throws HttpTimeoutException if the time is over
     * @throws ReplyTooLargeException if the body is larger than the limit
     * @throws IOException if there was no reply
     * @throws InterruptedException if this thread was interrupted; the exchange is ended
     */
    public HttpReply send(HttpRequest request, int limit, Duration within) throws IOException, InterruptedException {
        // A client that logs in somewhere gets more than one reply; the last counts.
        AtomicReference<@Nullable CappedBody> last = new AtomicReference<>();
        try {
            HttpResponse<byte[]> response = send(
                    request,
                    info -> {
                        CappedBody body = new CappedBody(limit);
                        last.set(body);
                        return body.subscriber();
                    },
                    within);
            return new HttpReply(request.uri(), response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            CappedBody body = last.get();
            throw body == null ? e : body.reason(e);
        }
    }

    /**
     * Sends a request and has its body read by the given handler.
     *
     * @param <T> what the handler makes of the body
     * @param request the request
     * @param handler reads the body
     * @param within how long it may take, the body included
     * @return the response, whatever its status
     * @throws HttpTimeoutException if the time is over
     * @throws IOException if there was no reply, or the handler failed with one
     * @throws InterruptedException if this thread was interrupted; the exchange is ended
     */
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler, Duration within)
            throws IOException, InterruptedException {
        URI uri = request.uri();
        if (!uri.equals(secure)) {
            secure = requireSecure(uri, "the address");
        }
        try (ClientSource.Use use = clients.use()) {
            return exchange(use.client(), request, handler, within);
        }
    }

    /** Sends without looking where to: for {@link MetadataTransport}, which has looked by its own, narrower rule. */
    static <T> HttpResponse<T> exchange(HttpClient client, HttpRequest request, BodyHandler<T> handler, Duration within)
            throws IOException, InterruptedException {
        HttpResponse<T> response = TimedSend.send(client, request, handler, within);
        ReplyDates.heard(response.headers());
        return response;
    }

    /**
     * Reads a URL, as people configure it.
     *
     * @param url the URL
     * @param what what it is, for the message
     * @return the URI
     * @throws IllegalArgumentException if it is none
     */
    public static URI parse(String url, String what) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            // Not the cause: it quotes the input, into which people paste secrets.
            throw new IllegalArgumentException(what + " is not a URL" + shown(url));
        }
    }

    /**
     * Checks that credentials may go to this address.
     *
     * @param uri the address
     * @param what what it is, for the message
     * @return the address
     * @throws IllegalArgumentException if it is not https (or http to loopback), has no host, or holds user info
     */
    public static URI requireSecure(URI uri, String what) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (uri.getHost() == null || uri.getHost().isEmpty()) {
            throw new IllegalArgumentException(
                    what + " must be an absolute URL with a host, such as https://example.com" + shown(uri.toString()));
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException(what + " must not hold a user name or password");
        }
        if (!scheme.equals("https") && !(scheme.equals("http") && isLoopback(uri.getHost()))) {
            throw new IllegalArgumentException(what + " must use https, because a credential goes there (http is for"
                    + " loopback only)" + shown(uri.toString()));
        }
        return uri;
    }

    /** What it is instead, where that cannot be a secret: nothing with user info in it, and no query. */
    private static String shown(String url) {
        String head = url.split("[?#]", 2)[0];
        return head.contains("@") || head.isBlank() ? "" : "; it is '" + SafeText.of(head) + "'";
    }

    /**
     * Tells whether a host name is this machine's loopback, without a look-up.
     *
     * @param host a host name or address, as {@link URI#getHost()} gives it
     * @return whether it is
     * @see InetAddress#isLoopbackAddress()
     */
    public static boolean isLoopback(String host) {
        return LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }
}
