// SPDX-License-Identifier: Apache-2.0
package example.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Takes down what a source sends, and refuses it. */
final class Recorder implements AutoCloseable {
    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final AtomicReference<Map<String, String>> form = new AtomicReference<>(Map.of());

    Recorder() throws IOException {
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** {@return the last form, with the request's path and Authorization header as fields of these names} */
    Map<String, String> form() {
        return form.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            String header = authorization == null ? "" : "&Authorization=" + authorization;
            form.set(Stream.of(("path=" + exchange.getRequestURI() + header + "&" + body).split("&"))
                    .map(pair -> pair.split("=", 2))
                    .collect(Collectors.toUnmodifiableMap(
                            pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8))));
            exchange.sendResponseHeaders(401, -1);
        }
    }
}
