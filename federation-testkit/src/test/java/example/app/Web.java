// SPDX-License-Identifier: Apache-2.0
package example.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What a user's code would do over HTTP, in as few words as possible. */
final class Web {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** A reply with its body read as JSON, where it is JSON. */
    record Answer(int status, String text, HttpResponse<String> response) {
        JsonNode json() {
            return Web.json(text);
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    private Web() {}

    static Answer get(URI uri, String... headers) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri), headers);
    }

    static Answer postForm(URI uri, Map<String, String> form, String... headers)
            throws IOException, InterruptedException {
        return post(uri, "application/x-www-form-urlencoded", form(form), headers);
    }

    static Answer options(URI uri, String... headers) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri).method("OPTIONS", BodyPublishers.noBody()), headers);
    }

    static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** The parameters of an address; none if it has no query. */
    static Map<String, String> query(String uri) {
        Map<String, String> parameters = new HashMap<>();
        int mark = uri.indexOf('?');
        for (String pair : mark < 0 ? new String[0] : uri.substring(mark + 1).split("&", -1)) {
            String[] halves = pair.split("=", 2);
            parameters.put(halves[0], URLDecoder.decode(halves[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }

    static Answer postJson(URI uri, Object body, String... headers) throws IOException, InterruptedException {
        return post(uri, "application/json", MAPPER.writeValueAsString(body), headers);
    }

    static Answer post(URI uri, String contentType, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).header("Content-Type", contentType).POST(BodyPublishers.ofString(body));
        return send(request, headers);
    }

    static Answer send(String method, URI uri, String json, String... headers)
            throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(json)),
                headers);
    }

    static String basic(String user, String password) {
        String pair = encode(user) + ":" + encode(password);
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    /** The claims of a JWT, not verified. */
    static JsonNode claims(String jwt) {
        return json(new String(Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[1]), StandardCharsets.UTF_8));
    }

    static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }

    private static Answer send(HttpRequest.Builder request, String... headers)
            throws IOException, InterruptedException {
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body(), response);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
