// SPDX-License-Identifier: Apache-2.0
package samples.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whose token is not good is nobody: all are answered alike, and the operator's log says why. */
class WebCallersTest {
    private static RunningSample sample;

    @BeforeAll
    static void start() {
        sample = new RunningSample();
    }

    @AfterAll
    static void stop() {
        sample.close();
    }

    static Stream<Arguments> forgeries() {
        return Stream.of(
                forgery(
                        "for another audience",
                        "CALLER_AUDIENCE_MISMATCH",
                        s -> s.world
                                .idp()
                                .userToken("auth0|7")
                                .audience("another-api")
                                .claim("azp", WebStandIns.CLIENT_ID)
                                .claim(WebStandIns.ROLE_CLAIM, "executives")
                                .sign()),
                forgery(
                        "issued to another application",
                        "CALLER_PARTY_MISMATCH",
                        s -> s.token("executives")
                                .claim("azp", "another-application")
                                .sign()),
                forgery(
                        "of another issuer",
                        "CALLER_ISSUER_MISMATCH",
                        s -> s.token("executives")
                                .claim("iss", "https://elsewhere.example.com/")
                                .sign()),
                forgery(
                        "unsigned",
                        "CALLER_TOKEN_MALFORMED",
                        s -> s.token("executives").unsigned()),
                forgery(
                        "HS256 with the public key",
                        "CALLER_SIGNATURE_INVALID",
                        s -> s.token("executives").hs256WithPublicKey()),
                forgery(
                        "signed with a stranger's key",
                        "CALLER_SIGNATURE_INVALID",
                        s -> s.token("executives").signedWithUnknownKey()),
                forgery(
                        "expired",
                        "CALLER_TOKEN_EXPIRED",
                        s -> s.token("executives")
                                .expiresIn(Duration.ofMinutes(-5))
                                .sign()),
                forgery(
                        "not valid yet",
                        "CALLER_TOKEN_EXPIRED",
                        s -> s.token("executives").claim("nbf", 4_102_444_800L).sign()),
                forgery(
                        "an ID token",
                        "CALLER_AUDIENCE_MISMATCH",
                        s -> s.world
                                .idp()
                                .userToken("auth0|7")
                                .audience(WebStandIns.CLIENT_ID)
                                .claim(WebStandIns.ROLE_CLAIM, "executives")
                                .sign()),
                forgery(
                        "an ID token for the API",
                        "CALLER_KIND_MISMATCH",
                        s -> s.token("executives").claim("nonce", "n-1").sign()),
                forgery("no token", "CALLER_TOKEN_MALFORMED", s -> "letmein"));
    }

    private static Arguments forgery(String name, String code, Function<RunningSample, String> token) {
        return Arguments.argumentSet(name, code, token);
    }

    @ParameterizedTest
    @MethodSource("forgeries")
    void aForgeryIsRefusedWithoutAReasonAndTheLogKnowsIt(String code, Function<RunningSample, String> token) {
        HttpResponse<String> answer = sample.ask(token.apply(sample));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer error=\"invalid_token\"");
        assertThat(RunningSample.json(answer.body()))
                .isEqualTo(RunningSample.json(
                        "{\"code\": \"SIGN_IN\"," + " \"message\": \"The token is not accepted; log in again.\"}"));
        assertThat(sample.log).last().asString().contains("401 POST /api/query", code);
    }

    @Test
    void aKeyThatTheIssuerDroppedVouchesForNobody() {
        try (RunningSample own = new RunningSample()) {
            String old = own.token("executives").sign();
            own.world.idp().rotateKeys();
            own.world.idp().dropOldKeys();

            HttpResponse<String> answer = own.ask(old);

            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(own.log).last().asString().contains("CALLER_SIGNATURE_INVALID");
            assertThat(own.ask(own.token("executives").sign()).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aRequestWithoutATokenIsAskedForOne() {
        HttpRequest bare = HttpRequest.newBuilder(sample.at(QueryApi.PATH))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}"))
                .build();

        HttpResponse<String> answer = sample.send(bare);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(sample.log).last().asString().contains("CALLER_TOKEN_MISSING");
    }

    @Test
    void oneOfTwoTokensIsNotChosen() {
        String good = sample.token("executives").sign();

        HttpResponse<String> answer = sample.send(sample.query("letmein")
                .header("Authorization", "Bearer " + good)
                .build());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(sample.log).last().asString().contains("CALLER_TOKEN_MISSING");
    }

    @Test
    void credentialsOfAnotherSchemeAreNone() {
        HttpResponse<String> answer = sample.send(HttpRequest.newBuilder(sample.at(QueryApi.PATH))
                .header("Authorization", "Basic " + sample.token("executives").sign())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}"))
                .build());

        assertThat(answer.statusCode()).isEqualTo(401);
    }
}
