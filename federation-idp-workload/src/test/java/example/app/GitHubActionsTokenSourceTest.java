// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.workload.GitHubActionsTokenSource;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GitHubActionsTokenSourceTest {
    private static final String BEARER = "eyJ" + Failures.CANARY + ".request.token";
    private static final String ISSUER = "https://token.actions.githubusercontent.com";
    private static final String SUBJECT = "repo:octo@1/app@2:environment:prod";

    private final RuntimeStandIn github = new RuntimeStandIn();

    @AfterEach
    void close() {
        github.close();
    }

    @Test
    void jobsTokenIsAskedForWithItsBearerAndTheAudienceEncoded() {
        answerWithAToken(ISSUER);

        IdpToken token = source("/idtoken?api-version=2.0")
                .audience("https://adb-1.example.com/?a=b&c d")
                .build()
                .mint();

        assertThat(token.subject()).isEqualTo(SUBJECT);
        assertThat(github.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.method()).isEqualTo("GET");
            assertThat(asked.uri())
                    .isEqualTo("/idtoken?api-version=2.0&audience=https%3A%2F%2Fadb-1.example.com%2F%3Fa%3Db%26c%20d");
            assertThat(asked.header("Authorization")).isEqualTo("Bearer " + BEARER);
        });
    }

    @Test
    void withoutAnAudienceGitHubChooses() {
        answerWithAToken(ISSUER);

        source("/idtoken?api-version=2.0").build().mint();

        assertThat(github.asked().get(0).uri()).isEqualTo("/idtoken?api-version=2.0");
    }

    @Test
    void enterpriseServersOwnPathAndIssuerAreTakenAsTheyAre() {
        answerWithAToken("https://ghes.example.com/_services/token");

        IdpToken token = source("/_services/pipelines/1/_apis/distributedtask/hubs/Actions/idtoken")
                .audience("a")
                .build()
                .mint();

        assertThat(token.issuer()).isEqualTo("https://ghes.example.com/_services/token");
        assertThat(github.asked().get(0).uri()).endsWith("/idtoken?audience=a");
    }

    @Test
    void nothingIsCached() {
        answerWithAToken(ISSUER);
        GitHubActionsTokenSource source = source("/t").build();

        source.mint();
        source.mint();

        assertThat(github.asked()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "ACTIONS_ID_TOKEN_REQUEST_URL,",
        "ACTIONS_ID_TOKEN_REQUEST_TOKEN,",
        "ACTIONS_ID_TOKEN_REQUEST_TOKEN, ' '"
    })
    void w1MissingPermissionIsToldWithForks(String variable, String value) {
        Map<String, String> environment = environment("/t");
        environment.put("GITHUB_ACTIONS", "true");
        environment.remove(variable);
        if (value != null) {
            environment.put(variable, value);
        }

        IdpTokenException failure = Failures.of(
                GitHubActionsTokenSource.builder().environment(environment).build());

        assertThat(failure.code()).isEqualTo("GITHUB_ID_TOKEN_UNAVAILABLE");
        assertThat(failure.retryable()).isFalse();
        assertThat(failure.fix()).contains("permissions: id-token: write").contains("forks");
        assertThat(failure).hasMessageContaining(variable).hasMessageNotContaining("no GitHub job");
        assertThat(github.asked()).isEmpty();
    }

    @Test
    void w1OutsideOfGitHubThatIsToldToo() {
        IdpTokenException failure = Failures.of(
                GitHubActionsTokenSource.builder().environment(Map.of()).build());

        assertThat(failure).hasMessageContaining("this is no GitHub job");
        assertThat(failure.fix()).startsWith("This is no GitHub job").doesNotContain("permissions");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://pipelines.example.com/t?x=canary7c1f0e5d",
                "https://user:canary7c1f0e5d@pipelines.example.com/t",
                "not a url canary7c1f0e5d?",
                "ftp://127.0.0.1/t"
            })
    void bearerGoesNowhereButOverHttpsOrToLoopback(String url) {
        Map<String, String> environment = environment("/t");
        environment.put("ACTIONS_ID_TOKEN_REQUEST_URL", url.replace("not a url canary7c1f0e5d?", "not a url"));

        IdpTokenException failure = Failures.of(
                GitHubActionsTokenSource.builder().environment(environment).build());

        assertThat(failure.code()).isEqualTo("GITHUB_REQUEST_URL_INVALID");
        assertThat(failure).hasMessageContaining("ACTIONS_ID_TOKEN_REQUEST_URL");
    }

    @Test
    void bearerThatCannotBeSentIsNotQuoted() {
        Map<String, String> environment = environment("/t");
        environment.put("ACTIONS_ID_TOKEN_REQUEST_TOKEN", Failures.CANARY + "\r\nX-Other: 1");

        IdpTokenException failure = Failures.of(
                GitHubActionsTokenSource.builder().environment(environment).build());

        assertThat(failure).hasMessageContaining("ACTIONS_ID_TOKEN_REQUEST_TOKEN");
    }

    @Test
    void bearerThatCannotBeSentIsNotTakenForAWrongUrl() {
        Map<String, String> environment = environment("/t");
        environment.put("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "\"" + Failures.CANARY + "\"");

        IdpTokenException failure = Failures.of(
                GitHubActionsTokenSource.builder().environment(environment).build());

        assertThat(failure.code()).isEqualTo("GITHUB_REQUEST_TOKEN_INVALID");
        assertThat(failure.retryable()).isFalse();
        assertThat(failure.fix()).contains("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "quotes");
        assertThat(github.asked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"429, IDP_RATE_LIMITED", "500, IDP_UNAVAILABLE", "503, IDP_UNAVAILABLE", "408, IDP_UNAVAILABLE"})
    void whatPassesByItselfIsRetryable(int status, String code) {
        github.answering(status, "{\"message\":\"slow down\"}").header("Retry-After", "7");

        IdpTokenException failure = Failures.of(source("/t").build());

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.retryable()).isTrue();
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(failure.httpStatus()).hasValue(status);
        assertThat(failure).hasMessageContaining("slow down");
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 401, 403, 404})
    void refusalCarriesGitHubsWordsButNotTheBearerItRepeats(int status) {
        github.answering(status, "{\"message\":\"no to " + BEARER + "\"}").header("Location", "/elsewhere");

        IdpTokenException failure = Failures.of(source("/t").build());

        assertThat(failure.code()).isEqualTo("GITHUB_REFUSED");
        assertThat(failure.retryable()).isFalse();
        assertThat(failure.httpStatus()).hasValue(status);
        assertThat(failure).hasMessageContaining("no to");
        assertThat(github.asked()).as("redirects are not followed").hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>canary7c1f0e5d</html>",
                "{\"value\":\"canary7c1f0e5d",
                "{}",
                "[]",
                "null",
                "{\"value\":\"\"}",
                "{\"value\":7}",
                "{\"token\":\"canary7c1f0e5d\"}"
            })
    void replyWithoutATokenIsUnreadableAndNotQuoted(String body) {
        github.answering(200, body);

        IdpTokenException failure = Failures.of(source("/t").build());

        assertThat(failure.code()).isEqualTo("IDP_REPLY_UNREADABLE");
        assertThat(failure.httpStatus()).hasValue(200);
    }

    @Test
    void replyThatNeverEndsIsGivenUp() {
        github.answering(200, "x".repeat((1 << 20) + 1));

        assertThat(Failures.of(source("/t").build()).code()).isEqualTo("IDP_REPLY_UNREADABLE");
    }

    @Test
    void valueThatIsNoJwtIsNotQuoted() {
        github.answering(200, "{\"value\":\"" + Failures.CANARY + "\"}");

        assertThat(Failures.of(source("/t").build()).code()).isEqualTo("IDP_TOKEN_OPAQUE");
    }

    @Test
    void serviceThatIsGoneIsUnreachable() {
        GitHubActionsTokenSource source = source("/t").build();
        github.close();

        IdpTokenException failure = Failures.of(source);

        assertThat(failure.code()).isEqualTo("IDP_UNREACHABLE");
        assertThat(failure.retryable()).isTrue();
    }

    @Test
    void interruptIsKept() {
        GitHubActionsTokenSource source = source("/t").build();
        Thread.currentThread().interrupt();

        IdpTokenException failure = Failures.of(source);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure.code()).isEqualTo("IDP_UNREACHABLE");
        assertThat(failure).hasCauseInstanceOf(InterruptedException.class);
    }

    @Test
    void nothingSecretIsPrinted() {
        assertThat(source("/t").audience("a").build()).hasToString("GitHubActionsTokenSource[audience=a]");
        assertThat(source("/t").build()).hasToString("GitHubActionsTokenSource[audience=GitHub's default]");
    }

    @Test
    void settingsAreCheckedAtOnce() {
        GitHubActionsTokenSource.Builder builder = GitHubActionsTokenSource.builder();

        assertThatIllegalArgumentException().isThrownBy(() -> builder.audience(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.requestTimeout(Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.httpClient(HttpClient.newBuilder()
                                .followRedirects(HttpClient.Redirect.ALWAYS)
                                .build())
                        .build());
    }

    private void answerWithAToken(String issuer) {
        github.answering(200, "{\"count\":1,\"value\":\"" + Jwts.of(issuer, Jwts.AUDIENCE, SUBJECT) + "\"}");
    }

    private GitHubActionsTokenSource.Builder source(String path) {
        return GitHubActionsTokenSource.builder().environment(environment(path));
    }

    private Map<String, String> environment(String path) {
        Map<String, String> environment = new HashMap<>();
        environment.put("ACTIONS_ID_TOKEN_REQUEST_URL", github.url() + path);
        environment.put("ACTIONS_ID_TOKEN_REQUEST_TOKEN", BEARER);
        return environment;
    }
}
