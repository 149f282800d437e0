// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/**
 * The HTTP server under every stand-in: 127.0.0.1, a free port, daemon threads only.
 *
 * <p>A route's path is matched exactly, or as a prefix if it ends in a slash; a segment {@code {}} matches any one. The
 * longest match wins. Thread-safe.
 */
final class LoopbackHttp implements AutoCloseable {
    /** Answers one request; may throw a {@link Refusal}. */
    @FunctionalInterface
    interface Handler {
        Reply answer(HttpCall call) throws IOException;
    }

    private record Route(String method, String path, Faults faults, Handler handler, LongAdder requests) {
        boolean matches(String asked) {
            return path.contains("{}")
                    ? matchesBySegment(asked.split("/", -1))
                    : path.endsWith("/") ? asked.startsWith(path) : asked.equals(path);
        }

        private boolean matchesBySegment(String[] asked) {
            String[] segments = path.split("/", -1);
            return segments.length == asked.length
                    && IntStream.range(0, asked.length)
                            .allMatch(i -> segments[i].equals("{}") || segments[i].equals(asked[i]));
        }
    }

    /** Above every request the stand-ins know of; a stand-in must not be a way to fill the memory. */
    private static final int MOST_BYTES = 16 << 20;

    static {
        // The JDK's server writes headers and body in two packets. With Nagle's algorithm the second waits for the
        // client's delayed acknowledgement of the first: 40 ms for each request on a kept-alive connection. The server
        // reads this once, when its first class is loaded, and has no other setting for it.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private final HttpServer server;
    private final ExecutorService workers;
    private final URI base;
    private final List<Route> routes = new CopyOnWriteArrayList<>();
    private final LongAdder requests = new LongAdder();
    private final CountDownLatch closed = new CountDownLatch(1);

    private LoopbackHttp(String name) throws IOException {
        workers = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        // Not getLoopbackAddress(): that may be ::1, and an issuer's spelling must not depend on the machine.
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
        server.setExecutor(workers);
        server.createContext("/", this::serve);
        base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Starts a server whose threads bear the given name. */
    static LoopbackHttp start(String name) {
        try {
            LoopbackHttp http = new LoopbackHttp(name);
            // The server's dispatcher inherits being a daemon from the thread that starts it.
            CompletableFuture.runAsync(http.server::start, http.workers).join();
            return http;
        } catch (IOException e) {
            throw new UncheckedIOException("no port on 127.0.0.1 can be listened on", e);
        }
    }

    /** Where it listens: scheme, host and port, without a slash. */
    URI base() {
        return base;
    }

    /** Adds a route; returns the count of its requests, failed ones included. */
    LongAdder on(String method, String path, Faults faults, Handler handler) {
        Route route = new Route(method, path, faults, handler, new LongAdder());
        routes.add(route);
        return route.requests();
    }

    /** How many requests came in, on whatever path. */
    long requests() {
        return requests.sum();
    }

    /** Waits; returns early, with true, if the server is closed meanwhile. */
    boolean closesWithin(Duration time) throws IOException {
        try {
            return closed.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the stand-in is closing", e);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        workers.shutdownNow();
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        requests.increment();
        // Closing an exchange that was not answered closes the connection.
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
            if (body.length > MOST_BYTES) {
                send(exchange, Reply.empty(413).header("Connection", "close"));
                return;
            }
            String path = exchange.getRequestURI().getPath();
            String query = Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), "");
            String text = new String(body, StandardCharsets.UTF_8);
            HttpCall call = new HttpCall(exchange.getRequestMethod(), path, query, exchange.getRequestHeaders(), text);
            Optional<Route> route = route(call);
            if (route.isEmpty()) {
                send(exchange, notRouted(path));
                return;
            }
            serve(exchange, route.get(), call);
        }
    }

    private void serve(HttpExchange exchange, Route route, HttpCall call) throws IOException {
        route.requests().increment();
        Optional<Fault> fault = route.faults().take();
        if (fault.isPresent() && fault.get().kind() == Fault.Kind.LOST_ANSWER) {
            answer(route, call);
        } else if (fault.isPresent() && fault.get().changesBody()) {
            sendChanged(exchange, answer(route, call), fault.get());
        } else if (fault.isEmpty() || letPass(exchange, fault.get())) {
            send(exchange, answer(route, call));
        }
    }

    private Optional<Route> route(HttpCall call) {
        return routes.stream()
                .filter(route -> route.method().equals(call.method()) && route.matches(call.path()))
                .max(Comparator.comparingInt(route -> route.path().length()));
    }

    private Reply notRouted(String path) {
        boolean known = routes.stream().anyMatch(route -> route.matches(path));
        return Reply.text(known ? 405 : 404, "text/plain", known ? "Method Not Allowed" : "Not Found");
    }

    private static Reply answer(Route route, HttpCall call) throws IOException {
        try {
            return route.handler().answer(call);
        } catch (Refusal e) {
            return e.reply();
        } catch (RuntimeException e) {
            // Without the message: it may quote the request.
            StackTraceElement[] trace = e.getStackTrace();
            String where = trace.length == 0 ? "" : " at " + trace[0];
            return Reply.text(
                    500, "text/plain", "the stand-in failed: " + e.getClass().getName() + where);
        }
    }

    /** Does what the fault asks for; true if the request is to be answered after all. */
    private boolean letPass(HttpExchange exchange, Fault fault) throws IOException {
        if (fault.kind() == Fault.Kind.DELAY) {
            return !closesWithin(fault.time());
        }
        if (fault.kind() == Fault.Kind.STALLED_BODY) {
            send(exchange, Reply.stream(200, "application/json", this::stall));
        } else if (fault.kind() != Fault.Kind.CUT_CONNECTION) {
            send(exchange, fault.reply());
        }
        return false;
    }

    private void stall(OutputStream body) throws IOException {
        body.write("{\"acc".getBytes(StandardCharsets.US_ASCII));
        body.flush();
        closesWithin(Duration.ofDays(1));
    }

    private static void sendChanged(HttpExchange exchange, Reply reply, Fault fault) throws IOException {
        ByteArrayOutputStream proper = new ByteArrayOutputStream();
        reply.body().writeTo(proper);
        byte[] changed = fault.changed(proper.toByteArray());
        if (fault.kind() != Fault.Kind.CUT_BODY) {
            send(exchange, reply.withBytes(changed));
            return;
        }
        reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        exchange.sendResponseHeaders(reply.status(), proper.size());
        // Not closed: the exchange, closed next, finds that bytes are missing and closes the connection.
        exchange.getResponseBody().write(changed);
        exchange.getResponseBody().flush();
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        // For this server, -1 means "no body" and 0 "chunked".
        long length = reply.length() == 0 ? -1 : Math.max(reply.length(), 0);
        exchange.sendResponseHeaders(reply.status(), length);
        if (length >= 0) {
            try (OutputStream body = exchange.getResponseBody()) {
                reply.body().writeTo(body);
            }
        }
    }
}
