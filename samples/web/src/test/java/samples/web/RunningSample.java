// SPDX-License-Identifier: Apache-2.0
package samples.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.testkit.UserToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The application on its stand-ins, and what is sent to it. */
final class RunningSample implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Pattern ACCESS = Pattern.compile("^[0-9]{3} ");

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Semaphore accessLines = new Semaphore(0);

    final List<String> log = new CopyOnWriteArrayList<>();
    final WebStandIns world = WebStandIns.start();
    final WebApplication application;

    RunningSample() {
        this(Map.of());
    }

    RunningSample(Map<String, String> changes) {
        application = world.open(changes, this::logged);
    }

    private void logged(String line) {
        log.add(line);
        if (ACCESS.matcher(line).find()) {
            accessLines.release();
        }
    }

    /** The answer is with the client before its line is in the log. */
    private void awaitLogLine() throws InterruptedException {
        if (!accessLines.tryAcquire(10, TimeUnit.SECONDS)) {
            throw new AssertionError("the request was not logged; the log is " + log);
        }
    }

    URI at(String path) {
        return URI.create(application.uri() + path);
    }

    /** A token as the login gives it to whoever has this role. */
    UserToken token(String role) {
        return world.idp()
                .userToken("auth0|7")
                .audience(WebStandIns.AUDIENCE)
                .claim("azp", WebStandIns.CLIENT_ID)
                .claim(WebStandIns.ROLE_CLAIM, List.of(role));
    }

    /** A request for rows, as the page sends it. */
    HttpRequest.Builder query(String token) {
        return HttpRequest.newBuilder(at(QueryApi.PATH))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}"));
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            awaitLogLine();
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> ask(String token) {
        return send(query(token).build());
    }

    /** What somebody with this role is answered by the application with other settings than the stand-ins'. */
    HttpResponse<String> askAnother(Map<String, String> changes, String role) {
        Map<String, String> variables = new HashMap<>(world.variables());
        variables.put("WEB_PORT", "0");
        variables.putAll(changes);
        try (WebApplication other = WebApplication.start(WebSettings.read(variables), this::logged)) {
            return send(query(token(role).sign())
                    .uri(URI.create(other.uri() + QueryApi.PATH))
                    .build());
        }
    }

    /** The lines of the answer. */
    static List<JsonNode> steps(HttpResponse<String> answer) {
        return answer.body().lines().map(RunningSample::json).toList();
    }

    /** What the step of this name found. */
    static JsonNode found(HttpResponse<String> answer, String step) {
        return steps(answer).stream()
                .filter(line -> line.path("step").asText().equals(step))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no step " + step + " in " + answer.body()))
                .path("detail");
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }

    ServicePrincipal principal(String role) {
        return ServicePrincipal.of(json(world.variables().getOrDefault("ROLE_SP_MAP", ""))
                .path(role)
                .asText());
    }

    /** Sends these very bytes, as no well-behaved client would, and gives what comes back until the end. */
    String raw(String request) {
        try (Socket socket = new Socket(LOOPBACK, application.uri().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            if (!answer.startsWith("HTTP/1.1 400")) {
                awaitLogLine();
            }
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        application.close();
        world.close();
    }
}
