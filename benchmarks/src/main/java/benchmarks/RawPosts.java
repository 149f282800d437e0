// SPDX-License-Identifier: Apache-2.0
package benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/** The floor of a cold start: two forms posted with the JDK's client, nothing checked. */
final class RawPosts {
    private static final ObjectMapper JSON = new ObjectMapper();

    private RawPosts() {}

    static Source cold(StandIns standIns) {
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        return () -> {
            String jwt = post(http, standIns.idpEndpoint(), StandIns.clientCredentials());
            return post(http, standIns.exchangeEndpoint(), standIns.exchangeOf(jwt, 0));
        };
    }

    private static String post(HttpClient http, URI uri, Map<String, String> form) {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(StandIns.encoded(form)))
                .build();
        try {
            String body = http.send(request, BodyHandlers.ofString()).body();
            return JSON.readTree(body).required("access_token").textValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in a call", e);
        }
    }
}
