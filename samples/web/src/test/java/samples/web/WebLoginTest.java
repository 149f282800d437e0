// SPDX-License-Identifier: Apache-2.0
package samples.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The login with the settings that the page gets: what a browser would do, without one. */
class WebLoginTest {
    private static final String VERIFIER = "v".repeat(43);

    private final RunningSample sample = new RunningSample();
    private final HttpClient browser =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    @AfterEach
    void stop() {
        sample.close();
    }

    @Test
    void whoLogsInAtTheStandInGetsTheirRows() throws Exception {
        JsonNode tokens = logIn("sarah@partner.example");

        HttpResponse<String> answer = sample.ask(tokens.path("access_token").asText());

        assertThat(RunningSample.found(answer, "caller").path("email").asText()).isEqualTo("sarah@partner.example");
        assertThat(RunningSample.found(answer, "rows").path("rows")).hasSize(3);
    }

    @Test
    void theIdTokenOfTheSameLoginOpensNothing() throws Exception {
        JsonNode tokens = logIn("xenia@example.com");

        HttpResponse<String> answer = sample.ask(tokens.path("id_token").asText());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(sample.log).last().asString().contains("CALLER_KIND_MISMATCH");
    }

    @Test
    void whoLogsInWithoutARoleIsDenied() throws Exception {
        JsonNode tokens = logIn("mallory@partner.example");

        assertThat(sample.ask(tokens.path("access_token").asText()).statusCode())
                .isEqualTo(403);
    }

    private JsonNode logIn(String username) throws Exception {
        JsonNode config = RunningSample.json(
                sample.send(HttpRequest.newBuilder(sample.at("/config.json")).build())
                        .body());
        JsonNode provider = get(URI.create(config.path("issuer").asText() + ".well-known/openid-configuration"));
        Map<String, String> query = new LinkedHashMap<>();
        JsonNode parameters = config.path("parameters");
        parameters
                .fieldNames()
                .forEachRemaining(name -> query.put(name, parameters.path(name).asText()));
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII));
        query.put("response_type", "code");
        query.put("client_id", config.path("clientId").asText());
        query.put("redirect_uri", sample.application.redirectUri().toString());
        query.put("code_challenge", Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
        query.put("code_challenge_method", "S256");
        query.put("nonce", "n-1");
        URI start = URI.create(provider.path("authorization_endpoint").asText() + "?" + form(query));
        String page = browser.send(HttpRequest.newBuilder(start).build(), BodyHandlers.ofString())
                .body();
        URI back = submit(start, page, username);
        Map<String, String> redemption = Map.of(
                "grant_type", "authorization_code",
                "code", back.getQuery().replaceAll(".*code=([^&]+).*", "$1"),
                "redirect_uri", sample.application.redirectUri().toString(),
                "client_id", config.path("clientId").asText(),
                "code_verifier", VERIFIER);
        return RunningSample.json(
                post(URI.create(provider.path("token_endpoint").asText()), redemption)
                        .body());
    }

    private URI submit(URI start, String page, String username) throws Exception {
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher hidden = Pattern.compile("type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]+)\"")
                .matcher(page);
        while (hidden.find()) {
            fields.put(hidden.group(1), hidden.group(2));
        }
        fields.put("username", username);
        fields.put("password", WebStandIns.PASSWORD);
        HttpResponse<String> answer = post(start.resolve("/login"), fields);
        String location = answer.headers().firstValue("Location").orElse("");
        assertThat(location).startsWith(sample.application.redirectUri() + "?");
        return URI.create(location);
    }

    private JsonNode get(URI uri) throws Exception {
        return RunningSample.json(browser.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body());
    }

    private HttpResponse<String> post(URI uri, Map<String, String> fields) throws Exception {
        return browser.send(
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form(fields)))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
