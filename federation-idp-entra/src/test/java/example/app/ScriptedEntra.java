// SPDX-License-Identifier: Apache-2.0
package example.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A token endpoint or an identity endpoint on loopback that answers as it is told; the last answer stays. */
final class ScriptedEntra implements AutoCloseable {
    static final String TENANT = "72f988bf-86f1-41af-91ab-2d7cd011db47";
    static final String CLIENT = "11111111-1111-1111-1111-111111111111";
    static final String API = "api://databricks-federation";

    /**
     * What came in.
     *
     * @param method the method
     * @param path the path
     * @param query the query's parameters
     * @param form the body's parameters
     * @param headers the headers, names in lower case
     */
    record Asked(
            String method,
            String path,
            Map<String, String> query,
            Map<String, String> form,
            Map<String, String> headers) {}

    private record Answer(int status, String body, Map<String, String> headers) {}

    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Deque<Answer> answers = new ConcurrentLinkedDeque<>();

    ScriptedEntra() throws IOException {
        server.createContext("/", this::handle);
        server.start();
    }

    static String jwt(Map<String, String> changes) {
        Map<String, String> claims = new HashMap<>(Map.of(
                "iss", "https://login.microsoftonline.com/" + TENANT + "/v2.0",
                "aud", "22222222-2222-2222-2222-222222222222",
                "sub", "33333333-3333-3333-3333-333333333333",
                "ver", "2.0"));
        claims.putAll(changes);
        String members = claims.entrySet().stream()
                .map(claim -> "\"" + claim.getKey() + "\":\"" + claim.getValue() + "\"")
                .collect(Collectors.joining(","));
        return base64("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + "." + base64("{" + members + ",\"exp\":4000000000}")
                + ".c2lnbmF0dXJl";
    }

    static String issued(String token) {
        return "{\"token_type\":\"Bearer\",\"expires_in\":3599,\"access_token\":\"" + token + "\"}";
    }

    /** An error as Entra ID writes it. */
    static String refusal(String error, String number, String words) {
        return "{\"error\":\"" + error + "\",\"error_description\":\"AADSTS" + number + ": " + words
                + " Trace ID: 0a0a Correlation ID: c0c0 Timestamp: 2026-11-22 00:00:00Z\",\"error_codes\":[" + number
                + "],\"timestamp\":\"2026-11-22 00:00:00Z\",\"trace_id\":\"0a0a\",\"correlation_id\":\"c0c0\","
                + "\"error_uri\":\"https://login.microsoftonline.com/error?code=" + number + "\"}";
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    ScriptedEntra answers(int status, String body) {
        return answers(status, body, Map.of());
    }

    ScriptedEntra answers(int status, String body, Map<String, String> headers) {
        answers.add(new Answer(status, body, headers));
        return this;
    }

    List<Asked> asked() {
        return asked;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Map<String, String> headers = exchange.getRequestHeaders().entrySet().stream()
                    .collect(Collectors.toMap(
                            header -> header.getKey().toLowerCase(Locale.ROOT),
                            header -> header.getValue().get(0)));
            asked.add(new Asked(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    parameters(exchange.getRequestURI().getRawQuery()),
                    parameters(body),
                    headers));
            Answer answer = answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static Map<String, String> parameters(String encoded) {
        if (encoded == null || encoded.isEmpty()) {
            return Map.of();
        }
        return Stream.of(encoded.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toUnmodifiableMap(
                        pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    private static String base64(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
