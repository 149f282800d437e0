// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.policy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tokenfederation.DatabricksToken;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** A server that gives the answers it was told to, one after the other, and the pauses a client makes between them. */
final class ScriptedApi implements AutoCloseable {
    private record Answer(int status, Map<String, String> headers, String body) {}

    static final String ACCOUNT = "11111111-2222-4333-8444-555555555555";

    final List<Duration> pauses = new ArrayList<>();
    final List<String> requests = new ArrayList<>();
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final HttpServer server;

    ScriptedApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
        server.createContext("/", this::serve);
        server.start();
    }

    ScriptedApi answer(int status, String body, String... headers) {
        Map<String, String> all = headers.length == 0 ? Map.of() : Map.of(headers[0], headers[1]);
        answers.add(new Answer(status, all, body));
        return this;
    }

    /** A policy as the API answers with it. */
    static String stored(String id, FederationPolicy policy) {
        return "{\"policy_id\":\"" + id + "\"," + policy.toJson().substring(1);
    }

    /** The policies of service principal 7. */
    FederationPolicies policies() {
        return FederationPolicies.builder()
                .account("http://127.0.0.1:" + server.getAddress().getPort(), ACCOUNT)
                .owner(PolicyOwner.servicePrincipal(7))
                .tokens(() -> DatabricksToken.of("abcdefgh", Instant.MAX))
                .pause(pauses::add)
                .build();
    }

    private synchronized void serve(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + (body.isEmpty() ? "" : " " + body));
        Answer answer = answers.isEmpty() ? new Answer(500, Map.of(), "nothing left to say") : answers.remove();
        answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
