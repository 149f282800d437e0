// SPDX-License-Identifier: Apache-2.0
package example.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A host on 127.0.0.1 with a page for each path; what is not there is 404. Remembers what it was asked. */
final class LoopbackSite implements AutoCloseable {
    /** One request; {@code body} as it came. */
    record Request(String path, Map<String, List<String>> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, List.of("")).get(0);
        }

        Map<String, String> form() {
            return Stream.of(body.split("&"))
                    .map(pair -> pair.split("=", 2))
                    .collect(Collectors.toMap(pair -> decoded(pair[0]), pair -> decoded(pair[1])));
        }

        static String decoded(String text) {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        }
    }

    /** Status, body and one header at most; an empty name for none. */
    record Page(int status, String body, String header, String value) {
        static Page json(String body) {
            return new Page(200, body, "Content-Type", "application/json");
        }

        static Page json(int status, String body) {
            return new Page(status, body, "Content-Type", "application/json");
        }
    }

    @FunctionalInterface
    interface Answer {
        Page to(Request request);
    }

    final List<Request> asked = new CopyOnWriteArrayList<>();
    private final Map<String, Answer> pages = new ConcurrentHashMap<>();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "loopback-site");
        thread.setDaemon(true);
        return thread;
    });

    LoopbackSite() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.createContext("/", this::serve);
        server.setExecutor(threads);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    LoopbackSite on(String path, Answer answer) {
        pages.put(path, answer);
        return this;
    }

    LoopbackSite on(String path, Page page) {
        return on(path, request -> page);
    }

    List<String> paths() {
        return asked.stream().map(Request::path).toList();
    }

    List<Request> asked(String path) {
        return asked.stream().filter(request -> request.path().equals(path)).toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Request request =
                    new Request(exchange.getRequestURI().getPath(), Map.copyOf(exchange.getRequestHeaders()), body);
            asked.add(request);
            Page page = pages.getOrDefault(request.path(), anything -> Page.json(404, "{}"))
                    .to(request);
            if (!page.header().isEmpty()) {
                exchange.getResponseHeaders().set(page.header(), page.value());
            }
            byte[] bytes = page.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(page.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
