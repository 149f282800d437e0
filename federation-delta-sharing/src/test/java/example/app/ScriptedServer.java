// SPDX-License-Identifier: Apache-2.0
package example.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers what it was told to, path by path, odd as that may be, and remembers what it was asked. */
final class ScriptedServer implements AutoCloseable {
    /** One answer. */
    @FunctionalInterface
    interface Reply {
        void to(HttpExchange exchange, CountDownLatch closed) throws IOException;

        /** The same with a header. */
        default Reply header(String name, String value) {
            return (exchange, closed) -> {
                exchange.getResponseHeaders().add(name, value);
                to(exchange, closed);
            };
        }
    }

    /**
     * What it was asked.
     *
     * @param query the query as it came, empty if there was none
     */
    record Request(String method, String path, String query, Map<String, List<String>> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, List.of("")).get(0);
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "scripted-server");
        thread.setDaemon(true);
        return thread;
    });
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, Deque<Reply>> script = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    ScriptedServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    static Reply answer(int status, String type, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return (exchange, closed) -> {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        };
    }

    static Reply json(int status, String body) {
        return answer(status, "application/json; charset=utf-8", body);
    }

    static Reply lines(String... lines) {
        return answer(200, "application/x-ndjson; charset=utf-8", String.join("\n", lines) + "\n");
    }

    /** Sends so much of the body and then nothing more, until the server is closed. */
    static Reply stalledAfter(String begun) {
        return (exchange, closed) -> {
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            out.write(begun.getBytes(StandardCharsets.UTF_8));
            out.flush();
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    /** Promises a longer body than it sends, and ends the connection. */
    static Reply cutOffAfter(String begun) {
        byte[] bytes = begun.getBytes(StandardCharsets.UTF_8);
        return (exchange, closed) -> {
            exchange.sendResponseHeaders(200, bytes.length + 100L);
            exchange.getResponseBody().write(bytes);
            exchange.getResponseBody().flush();
            throw new IOException("cut off");
        };
    }

    /** Sets the answers at a path, one after the other; the last one stays. */
    ScriptedServer at(String path, Reply... replies) {
        script.put(path, new ArrayDeque<>(List.of(replies)));
        return this;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    List<Request> requests(String path) {
        return requests.stream().filter(request -> request.path().equals(path)).toList();
    }

    Request last() {
        return requests.get(requests.size() - 1);
    }

    private void answer(HttpExchange exchange) throws IOException {
        URI uri = exchange.getRequestURI();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        requests.add(new Request(
                exchange.getRequestMethod(), uri.getRawPath(), query, Map.copyOf(exchange.getRequestHeaders()), body));
        Deque<Reply> replies = script.getOrDefault(uri.getRawPath(), new ArrayDeque<>());
        Reply reply;
        synchronized (replies) {
            reply = replies.size() > 1 ? replies.remove() : replies.peek();
        }
        if (reply == null) {
            reply = json(404, "{\"errorCode\":\"RESOURCE_DOES_NOT_EXIST\",\"message\":\"nothing is scripted here\"}");
        }
        reply.to(exchange, closed);
        exchange.close();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
