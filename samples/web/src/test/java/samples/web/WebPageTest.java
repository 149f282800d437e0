// SPDX-License-Identifier: Apache-2.0
package samples.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the browser gets: everything the page refers to, no more settings than it needs, no way to keep a token. */
class WebPageTest {
    private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"(/[^\"]*)\"|from '\\./([^']+)'");
    private static final List<String> SCRIPTS =
            List.of("app.js", "login.js", "path.js", "pkce.js", "places.js", "query.js", "view.js");

    @Test
    void allThatThePageAndItsScriptsReferToIsServed() {
        try (RunningSample sample = new RunningSample()) {
            StringBuilder sources = new StringBuilder(resource("index.html"));
            SCRIPTS.forEach(script -> sources.append(resource(script)));
            List<String> paths = REFERENCE
                    .matcher(sources)
                    .results()
                    .map(WebPageTest::path)
                    .distinct()
                    .toList();

            assertThat(paths).contains("/app.js", "/login.js", "/base.css").hasSizeGreaterThan(8);
            assertThat(paths)
                    .allSatisfy(path -> assertThat(sample.send(HttpRequest.newBuilder(sample.at(path))
                                            .build())
                                    .statusCode())
                            .isEqualTo(200));
        }
    }

    @Test
    void theSettingsOfThePageHoldNoSecretAndNothingOfDatabricks() {
        try (RunningSample sample = new RunningSample()) {
            String text = sample.send(
                            HttpRequest.newBuilder(sample.at("/config.json")).build())
                    .body();

            JsonNode config = RunningSample.json(text);
            assertThat(config.fieldNames())
                    .toIterable()
                    .containsExactlyInAnyOrder(
                            "issuer", "clientId", "parameters", "redirectPath", "question", "standIn");
            assertThat(text)
                    .doesNotContain(
                            sample.world.variables().get("M2M_CLIENT_SECRET"),
                            sample.world.variables().get("M2M_CLIENT_ID"),
                            sample.world.variables().get("DB_HOST"));
        }
    }

    @Test
    void withALoginOfOnesOwnNobodyIsOfferedAStandInsPassword() {
        Map<String, String> login = Map.of(
                "LOGIN_ISSUER", "https://login.example.com/realms/sales",
                "LOGIN_CLIENT_ID", "portal",
                "LOGIN_AUDIENCE", "sales-api",
                "LOGIN_AUDIENCE_PARAMETER", "none");
        try (RunningSample sample = new RunningSample(login)) {
            JsonNode config = RunningSample.json(sample.send(
                            HttpRequest.newBuilder(sample.at("/config.json")).build())
                    .body());

            assertThat(config.has("standIn")).isFalse();
            assertThat(config.path("issuer").asText()).isEqualTo("https://login.example.com/realms/sales");
            assertThat(config.path("parameters").has("audience")).isFalse();
        }
    }

    @Test
    void thePageHasNoScriptAndNoStyleOfItsOwn() {
        assertThat(resource("index.html"))
                .doesNotContainPattern("<style|\\sstyle=|\\son[a-z]+=|javascript:")
                .doesNotContainPattern("<script(?![^>]*src=)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"app.js", "login.js", "path.js", "pkce.js", "places.js", "query.js", "view.js"})
    void noScriptWritesMarkupOrKeepsATokenAnywhere(String script) {
        String source = resource(script);

        assertThat(source)
                .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", "document.write")
                .doesNotContain("localStorage", "document.cookie", "indexedDB", "caches.", "postMessage");
        assertThat(source.lines().filter(line -> line.contains("sessionStorage.setItem")))
                .allMatch(line ->
                        line.contains("JSON.stringify(attempt)") || line.contains("{ state, leaving: true, next }"));
    }

    private static String path(MatchResult found) {
        return found.group(1) != null ? found.group(1) : "/" + found.group(2);
    }

    private static String resource(String name) {
        try (InputStream in = WebPageTest.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new AssertionError(name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
