// SPDX-License-Identifier: Apache-2.0
package keycloak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The REST API an administrator has, as far as these tests need it. Throws whatever Keycloak does not do. */
final class AdminApi {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A new realm makes two RSA keys, and the machine may be busy with other things. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpClient http;
    private final URI url;
    private final String user;
    private final String password;
    private String token = "";

    AdminApi(HttpClient http, URI url, String user, String password) {
        this.http = http;
        this.url = url;
        this.user = user;
        this.password = password;
    }

    JsonNode get(String path) {
        return json(call("GET", path, null));
    }

    void post(String path, Object body) {
        call("POST", path, write(body));
    }

    byte[] download(String path, Object body) {
        return call("POST", path, write(body));
    }

    void put(String path, Object body) {
        call("PUT", path, write(body));
    }

    /** The token request of a client as people with a password make it; any realm's. */
    JsonNode tokenRequest(String realm, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest request = HttpRequest.newBuilder(url.resolve("/realms/" + realm + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return json(require(request, send(request)));
    }

    /** A realm's public keys, as everybody sees them. */
    JsonNode published(String realm) {
        HttpRequest request = HttpRequest.newBuilder(url.resolve("/realms/" + realm + "/protocol/openid-connect/certs"))
                .timeout(PATIENCE)
                .build();
        return json(require(request, send(request)));
    }

    private byte[] call(String method, String path, byte @Nullable [] body) {
        HttpResponse<byte[]> first = send(request(method, path, body));
        if (first.statusCode() != 401) {
            return require(first.request(), first);
        }
        // An admin's token lives for a minute.
        token = tokenRequest(
                        "master",
                        Map.of(
                                "grant_type",
                                "password",
                                "client_id",
                                "admin-cli",
                                "username",
                                user,
                                "password",
                                password))
                .path("access_token")
                .asText();
        HttpRequest again = request(method, path, body);
        return require(again, send(again));
    }

    private HttpRequest request(String method, String path, byte @Nullable [] body) {
        return HttpRequest.newBuilder(url.resolve("/admin/realms" + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .timeout(PATIENCE)
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }

    private HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking Keycloak", e);
        }
    }

    private static byte[] require(HttpRequest request, HttpResponse<byte[]> response) {
        if (response.statusCode() / 100 != 2) {
            throw new IllegalStateException(request.method() + " " + request.uri() + ": " + response.statusCode() + " "
                    + new String(response.body(), StandardCharsets.UTF_8));
        }
        return response.body();
    }

    static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] write(Object body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
