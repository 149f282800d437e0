// SPDX-License-Identifier: Apache-2.0
package example.app;

import static example.app.Auth0Stage.AUDIENCE;
import static example.app.Auth0Stage.CLIENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.FederationException;
import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.SigningKey;
import io.tokenfederation.policy.FederationPolicy;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The mistakes A1 to A11: each has a code, and a fix that says where in Auth0 to change what. */
final class Auth0MistakesTest {
    private final Auth0Stage stage = new Auth0Stage();

    @AfterEach
    void close() {
        stage.close();
    }

    @ParameterizedTest
    @MethodSource("example.app.Auth0Mistakes#all")
    void mistakeHasACodeAndAFix(Auth0Mistake mistake) {
        FederationException failure = catchThrowableOfType(
                FederationException.class, () -> mistake.made().on(stage));

        assertThat(failure).isNotNull();
        assertThat(failure.code()).isEqualTo(mistake.code());
        assertThat(failure.fix()).contains(mistake.inFix()).doesNotContain("%");
        assertThat(failure.retryable()).isEqualTo(mistake.retryable());
        for (Throwable link = failure; link != null; link = link.getCause()) {
            assertThat(link.toString()).doesNotContain("s3cret", "canary", "Y2FuYXJ5");
        }
    }

    /** A6, A7: what the policy module says of them, before anything is sent to Databricks. */
    @Test
    void policyIsComparedWithTheRealJwt() {
        IdpToken token = stage.source().build().mint();
        FederationPolicy guessed = FederationPolicy.builder()
                .issuer(stage.idp.issuer().replaceAll("/$", ""))
                .audience(AUDIENCE)
                .subject(CLIENT)
                .build();

        assertThat(guessed.compare(token, "account"))
                .extracting("hint")
                .containsExactly(
                        "the policy lacks the trailing slash",
                        "the policy lacks the suffix @clients that Auth0 gives to client ids");
    }

    /** A7 is legal the other way round: sub without @clients can be exchanged. */
    @Test
    void agentSubjectCanBeExchanged() {
        stage.auth0.agentSubjects(AUDIENCE);
        stage.policyFor(CLIENT);

        assertThat(stage.exchanger(stage.source().build()).tokenFor(stage.principal))
                .isNotNull();
    }

    /** A9: until the quota is renewed, callers get the reason, and Auth0 is left alone. */
    @Test
    void quotaThatIsUsedUpIsNotAskedForAgain() {
        stage.auth0.hourlyQuota(CLIENT, 1);
        stage.source().build().mint();
        DatabricksTokenExchanger exchanger = stage.exchanger(stage.source().build());

        for (int i = 0; i < 5; i++) {
            IdpTokenException failure =
                    catchThrowableOfType(IdpTokenException.class, () -> exchanger.tokenFor(stage.principal));

            assertThat(failure.code()).isEqualTo("AUTH0_QUOTA_EXCEEDED");
            assertThat(failure.retryAfter())
                    .hasValueSatisfying(wait -> assertThat(wait).isPositive().isLessThanOrEqualTo(Duration.ofHours(1)));
        }

        assertThat(stage.idp.tokenRequests()).isEqualTo(2);
    }

    /** What a failing server says is no verdict on the request. */
    @Test
    void serverErrorStaysRetryableWhateverItSays() {
        stage.says(503, "access_denied", "Service not enabled within domain: x");

        assertThatThrownBy(() -> stage.source().build().mint())
                .isInstanceOfSatisfying(IdpTokenException.class, failure -> {
                    assertThat(failure.code()).isEqualTo("IDP_UNAVAILABLE");
                    assertThat(failure.retryable()).isTrue();
                });
    }

    /** A failure that passes stays one, whatever its words would mean in a refusal. */
    @ParameterizedTest
    @CsvSource({
        "429, too_many_requests, Rate limit of the organization reached, IDP_RATE_LIMITED",
        "400, temporarily_unavailable, Grant type service is busy, IDP_UNAVAILABLE",
        "429, too_many_requests, Client quota exceeded for the organization, AUTH0_QUOTA_EXCEEDED"
    })
    void passingFailureStaysRetryableWhateverItSays(int status, String error, String words, String code) {
        stage.says(status, error, words);

        assertThatThrownBy(() -> stage.source().build().mint())
                .isInstanceOfSatisfying(IdpTokenException.class, failure -> {
                    assertThat(failure.code()).isEqualTo(code);
                    assertThat(failure.retryable()).isTrue();
                });
    }

    /** A11: one word may be part of a value that Auth0 quotes, or name a claim that is missing. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401|invalid_client|client_assertion jti claim is required|AUTH0_ASSERTION_REFUSED",
                "403|access_denied|Service not enabled within domain: https://replay.example.com|AUTH0_API_NOT_FOUND",
                "400|invalid_request|The name https://jti.example.com is already used|IDP_REFUSED"
            })
    void valueThatIsQuotedIsNoReplay(int status, String error, String words, String code) {
        stage.says(status, error, words);

        assertThatThrownBy(() -> stage.application()
                        .privateKey(SigningKey.fromPem(Keys.rsa(2048).privatePem()))
                        .build()
                        .mint())
                .isInstanceOfSatisfying(IdpTokenException.class, failure -> {
                    assertThat(failure.code()).isEqualTo(code);
                    assertThat(failure.retryable()).isFalse();
                });
    }

    /** A11: a client with a secret has no assertion that could be used twice. */
    @Test
    void secretIsNoAssertionUsedTwice() {
        stage.says(401, "invalid_client", "The secret has already been used.");

        assertThatThrownBy(() -> stage.source().build().mint())
                .isInstanceOfSatisfying(
                        IdpTokenException.class,
                        failure -> assertThat(failure.code()).isEqualTo("IDP_CLIENT_REJECTED"));
    }
}
