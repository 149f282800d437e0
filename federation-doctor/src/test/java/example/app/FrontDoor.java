// SPDX-License-Identifier: Apache-2.0
package example.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Stands before the stand-in workspace: answers what that does not know, and whatever a test wants answered otherwise. */
public final class FrontDoor implements AutoCloseable {
    /** What is answered in the workspace's place. */
    public record Answer(int status, String contentType, String body) {
        public static Answer json(int status, String body) {
            return new Answer(status, "application/json", body);
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI behind;
    private final Map<String, Function<String, Answer>> own = new ConcurrentHashMap<>();

    private FrontDoor(HttpServer server, URI behind) {
        this.server = server;
        this.behind = behind;
    }

    public static FrontDoor before(URI workspace) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        FrontDoor door = new FrontDoor(server, workspace);
        server.setExecutor(door.threads);
        server.createContext("/", door::handle);
        server.start();
        return door;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on this path is answered so; the function is given whose token was sent. */
    public void answer(String path, Function<String, Answer> answer) {
        own.put(path, answer);
    }

    public void answer(String path, Answer answer) {
        own.put(path, user -> answer);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Function<String, Answer> answer = own.get(exchange.getRequestURI().getPath());
            if (answer == null) {
                forward(exchange, body);
                return;
            }
            Answer said = answer.apply(userOf(exchange));
            byte[] text = said.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", said.contentType());
            exchange.sendResponseHeaders(said.status(), text.length == 0 ? -1 : text.length);
            exchange.getResponseBody().write(text);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void forward(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        HttpResponse<byte[]> reply = http.send(
                request(exchange, exchange.getRequestURI().toString())
                        .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofByteArray());
        for (String name : new String[] {"Content-Type", "x-request-id", "Retry-After"}) {
            reply.headers()
                    .firstValue(name)
                    .ifPresent(value -> exchange.getResponseHeaders().set(name, value));
        }
        exchange.sendResponseHeaders(reply.statusCode(), reply.body().length == 0 ? -1 : reply.body().length);
        exchange.getResponseBody().write(reply.body());
    }

    private String userOf(HttpExchange exchange) throws IOException, InterruptedException {
        if (exchange.getRequestHeaders().getFirst("Authorization") == null) {
            return "";
        }
        String me = http.send(
                        request(exchange, "/api/2.0/preview/scim/v2/Me").GET().build(), BodyHandlers.ofString())
                .body();
        return me.replaceAll("(?s).*\"userName\":\"([^\"]*)\".*", "$1");
    }

    private HttpRequest.Builder request(HttpExchange exchange, String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(behind.resolve(path));
        for (String name : new String[] {"Authorization", "Content-Type", "Accept"}) {
            String value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                request.header(name, value);
            }
        }
        return request;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
