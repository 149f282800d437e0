// SPDX-License-Identifier: Apache-2.0
package samples.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes from elsewhere than the application's own page is turned away, and every answer protects the page. */
class WebFrontDoorTest {
    private static RunningSample sample;

    @BeforeAll
    static void start() {
        sample = new RunningSample();
    }

    @AfterAll
    static void stop() {
        sample.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/callback",
                "/callback?code=c&state=s",
                "/app.js",
                "/base.css",
                "/icon.svg",
                "/config.json",
                "/api/query",
                "/nothing",
                "/../pom.xml",
                "/%2e%2e/app.js",
                "/samples/web/WebSample.class"
            })
    void everyAnswerHasTheHeadersThatProtectThePage(String path) {
        HttpResponse<String> answer = get(path);

        String policy = answer.headers().firstValue("Content-Security-Policy").orElse("");
        assertThat(policy)
                .startsWith("default-src 'none';")
                .contains("connect-src 'self' " + issuer() + ";", "frame-ancestors 'none'", "base-uri 'none'")
                .doesNotContain("unsafe", "*", "data:");
        assertThat(answer.headers().map())
                .hasEntrySatisfying(
                        "x-content-type-options", set -> assertThat(set).containsExactly("nosniff"))
                .hasEntrySatisfying("referrer-policy", set -> assertThat(set).containsExactly("no-referrer"))
                .hasEntrySatisfying(
                        "cross-origin-opener-policy", set -> assertThat(set).containsExactly("same-origin"))
                .hasEntrySatisfying(
                        "cross-origin-resource-policy", set -> assertThat(set).containsExactly("same-origin"))
                .hasEntrySatisfying("x-frame-options", set -> assertThat(set).containsExactly("DENY"))
                .hasEntrySatisfying("cache-control", set -> assertThat(set).containsExactly("no-store"))
                .containsKey("permissions-policy")
                .doesNotContainKeys("set-cookie", "access-control-allow-origin", "server", "strict-transport-security");
    }

    @ParameterizedTest
    @CsvSource({
        "/nothing, 404",
        "/../pom.xml, 404",
        "/%2e%2e/app.js, 404",
        "//, 400",
        "/index.html, 404",
        "/app.js/, 404",
        "/API/query, 404",
        "/api/query/, 404",
        "/api/query, 405"
    })
    void onlyWhatIsNamedIsServed(String path, int status) {
        String answer = sample.raw("GET " + path + " HTTP/1.1\r\n" + host() + "Connection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 " + status);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /, 'GET, HEAD'",
        "PUT, /app.js, 'GET, HEAD'",
        "DELETE, /config.json, 'GET, HEAD'",
        "OPTIONS, /, 'GET, HEAD'",
        "TRACE, /, 'GET, HEAD'",
        "OPTIONS, /api/query, POST",
        "PUT, /api/query, POST"
    })
    void anotherMethodIsRefusedAndTheRightOnesAreNamed(String method, String path, String allowed) {
        HttpResponse<String> answer = sample.send(HttpRequest.newBuilder(sample.at(path))
                .method(method, BodyPublishers.noBody())
                .header("Origin", sample.application.uri().toString())
                .build());

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains(allowed);
    }

    @Test
    void headIsAnsweredWithoutABody() {
        String answer = sample.raw("HEAD / HTTP/1.1\r\n" + host() + "Connection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n").doesNotContain("<html");
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, https://evil.example.com",
        "Origin, null",
        "Origin, http://127.0.0.1:1",
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site",
        "Sec-Fetch-Site, none"
    })
    void aRequestOfAnotherPageIsRefusedEvenWithAGoodToken(String header, String value) {
        HttpResponse<String> answer =
                sample.send(sample.query(sample.token("executives").sign())
                        .header(header, value)
                        .build());

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(RunningSample.json(answer.body()).path("code").asText()).isEqualTo("OTHER_ORIGIN");
    }

    @Test
    void theRequestOfTheOwnPageIsAnswered() {
        HttpResponse<String> answer =
                sample.send(sample.query(sample.token("executives").sign())
                        .header("Origin", sample.application.uri().toString())
                        .header("Sec-Fetch-Site", "same-origin")
                        .build());

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host: evil.example.com\r\n", "Host: 127.0.0.1:1\r\n", "Host: localhost\r\n", ""})
    void anotherHostNameIsAnswered421(String host) {
        String answer = sample.raw("GET / HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 421")
                .contains("Content-security-policy:")
                .endsWith("{\"code\":\"OTHER_HOST\",\"message\":\"This application is at " + sample.application.uri()
                        + "/.\"}");
    }

    /** People type localhost; what they see then is for them. */
    @Test
    void somebodyAtABrowserIsShownWhereTheApplicationIs() {
        String answer = sample.raw(
                "GET / HTTP/1.1\r\nHost: localhost\r\nAccept: text/html,application/xml;q=0.9\r\nConnection: close\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 421")
                .contains("Content-type: text/html; charset=utf-8", "Content-security-policy:")
                .contains("<a href=\"" + sample.application.uri() + "/\">" + sample.application.uri() + "/</a>")
                .doesNotContain("{\"code\"");
    }

    @Test
    void scriptGetsJsonWhateverItAccepts() {
        String head = "Host: localhost\r\nAccept: text/html\r\nContent-Length: 0\r\nConnection: close";

        String answer = sample.raw("POST /api/query HTTP/1.1\r\n" + head + "\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 421").contains("{\"code\":\"OTHER_HOST\"");
    }

    @Test
    void anAddressThatNamesAnotherHostIsAnswered421() {
        String answer = sample.raw("GET http://evil.example.com/ HTTP/1.1\r\n" + host() + "Connection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 421");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/jsonp"})
    void whatAFormCouldSendIsNoQuestion(String type) {
        HttpRequest request = HttpRequest.newBuilder(sample.at(QueryApi.PATH))
                .header("Authorization", "Bearer " + sample.token("executives").sign())
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString("{}"))
                .build();

        assertThat(sample.send(request).statusCode()).isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "\"x\"", "{", "role=executives"})
    void aBodyThatIsNoObjectIsRefused(String body) {
        HttpRequest request = sample.query(sample.token("executives").sign())
                .POST(BodyPublishers.ofString(body))
                .build();

        assertThat(sample.send(request).statusCode()).isEqualTo(400);
    }

    @Test
    void aBodyIsReadUpToItsLimitOnly() {
        HttpRequest request = sample.query(sample.token("executives").sign())
                .POST(BodyPublishers.ofString("{\"x\": \"" + "y".repeat(2_000) + "\"}"))
                .build();

        assertThat(sample.send(request).statusCode()).isEqualTo(413);
    }

    @Test
    void theLogHasALinePerRequestWithoutWhatIsInAnAddress() {
        get("/callback?code=secret-code&state=secret-state");
        get("/secret-path?access_token=secret-token");

        assertThat(sample.log)
                .anyMatch(line -> line.matches("200 GET /callback \\d+ ms ok"))
                .anyMatch(line -> line.matches("404 GET \\(other\\) \\d+ ms NOT_FOUND"))
                .noneMatch(line -> line.contains("secret"));
    }

    private static HttpResponse<String> get(String path) {
        return sample.send(HttpRequest.newBuilder(sample.at(path)).build());
    }

    private static String host() {
        return "Host: " + sample.application.uri().getRawAuthority() + "\r\n";
    }

    private static String issuer() {
        return sample.world.idp().issuer().replaceAll("/$", "");
    }
}
