// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A token endpoint on loopback that counts the exchanges and answers each with another token. */
final class LoopbackTokenEndpoint implements AutoCloseable {
    /** What it answers: a status, a body, and headers beside the media type. */
    record Answer(int status, String body, Map<String, String> headers) {
        Answer(int status, String body) {
            this(status, body, Map.of());
        }
    }

    static {
        // Else each answer waits 40 ms for an acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Map<String, String>> forms = new CopyOnWriteArrayList<>();
    private volatile Function<Map<String, String>, Answer> script = form -> issued("token-" + forms.size());

    LoopbackTokenEndpoint() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/oidc/v1/token", this::handle);
        server.start();
    }

    static Answer issued(String token) {
        return new Answer(200, "{\"access_token\":\"" + token + "\",\"token_type\":\"Bearer\",\"scope\":\"all-apis\"}");
    }

    static Answer unavailable() {
        return new Answer(503, "{\"error\":\"temporarily_unavailable\"}");
    }

    static Answer asksForPatience(int status, String retryAfter) {
        return new Answer(status, "{\"error\":\"slow_down\"}", Map.of("Retry-After", retryAfter));
    }

    static Answer refusesTheJwt() {
        return new Answer(400, "{\"error\":\"invalid_grant\",\"error_description\":\"TOKEN_INVALID\"}");
    }

    void answer(Function<Map<String, String>, Answer> next) {
        script = next;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    int count() {
        return forms.size();
    }

    /** {@return the values sent so far in one field of the forms} */
    List<String> sent(String field) {
        return forms.stream().map(form -> form.getOrDefault(field, "")).toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Map<String, String> form = Stream.of(body.split("&"))
                    .map(pair -> pair.split("=", 2))
                    .collect(Collectors.toUnmodifiableMap(pair -> pair[0], pair -> decoded(pair[1])));
            forms.add(form);
            Answer answer = script.apply(form);
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
