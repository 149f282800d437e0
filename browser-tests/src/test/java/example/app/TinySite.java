// SPDX-License-Identifier: Apache-2.0
package example.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A site of a page or two, for a browser to go to. */
final class TinySite implements AutoCloseable {
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final HttpServer server;

    TinySite() {
        try {
            server =
                    HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(workers);
        server.start();
        on("/favicon.ico", exchange -> send(exchange, 204, "image/png", ""));
    }

    TinySite on(String path, HttpHandler handler) {
        server.createContext(path, exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                handler.handle(exchange);
            }
        });
        return this;
    }

    TinySite page(String path, String body) {
        return on(
                path,
                exchange -> send(
                        exchange,
                        200,
                        "text/html",
                        "<!DOCTYPE html><html lang=en><meta name=viewport content='width=device-width'>"
                                + "<link rel=icon href=data:,><title>Tiny</title><main><h1>Tiny</h1>" + body
                                + "</main>"));
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
