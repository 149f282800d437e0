// SPDX-License-Identifier: Apache-2.0
package browser;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/**
 * A proxy on 127.0.0.1 that writes down what it passes on. What a browser tells of its network leaves out the bodies of
 * redirects and of pages that are gone; the wire leaves out nothing. Leads to this machine only. Thread-safe.
 */
public final class RecordingProxy implements AutoCloseable {
    /**
     * Of one connection, not of the message (RFC 9110 §7.6.1), or set by the client itself. Without {@code
     * Accept-Encoding}, answers come as text that can be searched.
     */
    private static final Set<String> NOT_PASSED_ON = names(
            "accept-encoding",
            "connection",
            "content-length",
            "expect",
            "host",
            "http2-settings",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost");

    private static final byte[] HELD_BACK = "Held back.".getBytes(StandardCharsets.US_ASCII);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();
    private final ExecutorService workers = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "recording-proxy");
        thread.setDaemon(true);
        return thread;
    });
    private final NetworkLog log = new NetworkLog();
    private final HttpServer server;
    private volatile Predicate<URI> heldBack = uri -> false;

    private RecordingProxy() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
        server.setExecutor(workers);
        server.createContext("/", this::pass);
        server.start();
    }

    public static RecordingProxy start() {
        try {
            return new RecordingProxy();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return host and port} */
    public String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    public NetworkLog log() {
        return log;
    }

    /**
     * Sends every request of this JVM's clients through here, until another proxy does so or this one is closed. Clients
     * ask once, when they are made, whom to ask about proxies, and may outlive a proxy: so they are given {@link Turnout}.
     */
    public void tapThisJvm() {
        Turnout.INSTANCE.lead(server.getAddress());
        ProxySelector.setDefault(Turnout.INSTANCE);
    }

    /** Refuses requests for these addresses, until told otherwise. */
    void holdBack(Predicate<URI> addresses) {
        heldBack = addresses;
    }

    private void pass(HttpExchange exchange) throws IOException {
        // Closing an exchange that was not answered cuts the connection, as the server behind did.
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            URI uri = exchange.getRequestURI();
            Exchange entry = new Exchange(exchange.getRequestMethod(), uri, exchange.getRequestHeaders(), body);
            log.add(entry);
            if (!LOOPBACK.contains(uri.getHost()) || heldBack.test(uri)) {
                entry.answered(403, Map.of());
                exchange.sendResponseHeaders(403, HELD_BACK.length);
                exchange.getResponseBody().write(HELD_BACK);
                return;
            }
            HttpResponse<InputStream> answer =
                    client.send(request(exchange, uri, body), HttpResponse.BodyHandlers.ofInputStream());
            entry.answered(answer.statusCode(), answer.headers().map());
            giveBack(exchange, entry, answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static HttpRequest request(HttpExchange exchange, URI uri, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (!exchange.getRequestMethod().equals("GET") || body.length > 0) {
            request.method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        }
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!NOT_PASSED_ON.contains(name)) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.build();
    }

    private static void giveBack(HttpExchange exchange, Exchange entry, HttpResponse<InputStream> answer)
            throws IOException {
        answer.headers().map().forEach((name, values) -> {
            if (!NOT_PASSED_ON.contains(name)) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        long length = answer.headers().firstValueAsLong("content-length").orElse(0);
        boolean empty = answer.statusCode() == 204
                || answer.statusCode() == 304
                || exchange.getRequestMethod().equals("HEAD")
                || (length == 0 && !answer.headers().map().containsKey("transfer-encoding"));
        // For this server, -1 means "no body" and 0 "chunked": what comes in pieces goes on in pieces.
        exchange.sendResponseHeaders(answer.statusCode(), empty ? -1 : 0);
        if (empty) {
            return;
        }
        try (InputStream from = answer.body();
                OutputStream to = exchange.getResponseBody()) {
            byte[] buffer = new byte[8192];
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                entry.received(buffer, read);
                to.write(buffer, 0, read);
                to.flush();
            }
        }
    }

    private static Set<String> names(String... names) {
        Set<String> all = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        all.addAll(List.of(names));
        return all;
    }

    @Override
    public void close() {
        Turnout.INSTANCE.leadNoMore(server.getAddress());
        server.stop(0);
        workers.shutdownNow();
    }
}
