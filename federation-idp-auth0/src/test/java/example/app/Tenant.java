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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An Auth0 tenant on loopback that answers as it is told. */
final class Tenant implements AutoCloseable {
    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final List<Map<String, String>> forms = new CopyOnWriteArrayList<>();
    private volatile int status = 500;
    private volatile String body = "";
    private volatile Map<String, String> headers = Map.of();

    Tenant() throws IOException {
        server.createContext("/", this::handle);
        server.start();
    }

    /** A JWT as Auth0 issues it; nobody checks the signature here. */
    static String jwt() {
        return base64("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + "."
                + base64("{\"iss\":\"https://dev-1.us.auth0.com/\",\"sub\":\"client-1@clients\","
                        + "\"aud\":\"https://adb-1.azuredatabricks.net\",\"exp\":2000000000,"
                        + "\"gty\":\"client-credentials\"}")
                + ".c2lnbmF0dXJl";
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void answers(int status, String body, Map<String, String> headers) {
        this.status = status;
        this.body = body;
        this.headers = headers;
    }

    /** {@return the forms that came, each with its path as the field "path"} */
    List<Map<String, String>> forms() {
        return forms;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            forms.add(Stream.of(("path=" + exchange.getRequestURI() + "&" + form).split("&"))
                    .map(pair -> pair.split("=", 2))
                    .collect(Collectors.toUnmodifiableMap(
                            pair -> pair[0],
                            pair -> pair.length < 2 ? "" : URLDecoder.decode(pair[1], StandardCharsets.UTF_8))));
            headers.forEach(exchange.getResponseHeaders()::set);
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
