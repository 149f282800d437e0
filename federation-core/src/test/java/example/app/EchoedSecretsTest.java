// SPDX-License-Identifier: Apache-2.0
package example.app;

import static example.app.Workspace.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.tokenfederation.FederationException;
import io.tokenfederation.OidcTokenSource;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A server that repeats in its errors what it was sent, or what it was about to send. */
final class EchoedSecretsTest {
    private static final Workspace WORKSPACE = new Workspace();
    private static final String CLIENT_SECRET = "c4n/ary+s3cret";
    private static final List<String> SHAPES = List.of(
            "{\"error\":\"invalid_grant\",\"error_description\":\"bad token %s given\"}",
            "{\"error\":\"%s\"}",
            "{\"error_code\":\"INVALID\",\"message\":\"bad token '%s'\"}",
            "{\"errorCode\":\"E1\",\"errorSummary\":\"(%s)\"}",
            "{\"code\":\"%s\",\"description\":\"%s\"}",
            "{\"error\":{\"code\":1,\"message\":\"subject_token=%s\"}}",
            "{\"error\":\"x\",\"access_token\":\"%s\"}",
            "{\"access_token\":\"%s\",\"token_type\":\"DPoP\"}",
            "{\"access_token\":\"a b %s\"}",
            "{\"access_token\":\"%s",
            "bad token %s",
            "%s",
            "<html><body>no: %s</body></html>");

    @AfterAll
    static void stop() {
        WORKSPACE.close();
    }

    static Stream<ResponseDefinitionBuilder> echoesOfTheJwt() {
        return echoes(WORKSPACE.jwt);
    }

    static Stream<ResponseDefinitionBuilder> echoesOfTheClientSecret() {
        return Stream.concat(echoes(CLIENT_SECRET), echoes(URLEncoder.encode(CLIENT_SECRET, StandardCharsets.UTF_8)));
    }

    static Stream<ResponseDefinitionBuilder> echoesOfADatabricksToken() {
        return Stream.concat(echoes(Jwts.endingAt(WORKSPACE.end)), echoes("dapi0123456789abcdef0123456789abcdef"));
    }

    @ParameterizedTest
    @MethodSource("echoesOfTheJwt")
    void subjectTokenIsInNoMessage(ResponseDefinitionBuilder echo) {
        WORKSPACE.answers(echo);

        FederationException failure = WORKSPACE.failure();

        String[] parts = WORKSPACE.jwt.split("\\.");
        assertThat(Canaries.messagesOf(failure))
                .allSatisfy(text -> assertThat(text).doesNotContain(parts));
    }

    @ParameterizedTest
    @MethodSource("echoesOfTheClientSecret")
    void clientSecretIsInNoMessage(ResponseDefinitionBuilder echo) {
        WORKSPACE.answers(echo);
        OidcTokenSource source = OidcTokenSource.builder()
                .tokenEndpoint(WORKSPACE.url() + "/token")
                .clientId("client-1")
                .clientSecret(CLIENT_SECRET)
                .build();

        FederationException failure = catchThrowableOfType(FederationException.class, source::mint);

        assertThat(Canaries.messagesOf(failure))
                .allSatisfy(text -> assertThat(text).doesNotContain("c4n").doesNotContain("s3cret"));
    }

    @ParameterizedTest
    @MethodSource("echoesOfADatabricksToken")
    void databricksTokenIsInNoMessage(ResponseDefinitionBuilder echo) {
        WORKSPACE.answers(echo);

        FederationException failure = WORKSPACE.failure();

        assertThat(Canaries.messagesOf(failure))
                .allSatisfy(text -> assertThat(text).doesNotContain("dapi0").doesNotContain("eyJ"));
    }

    private static Stream<ResponseDefinitionBuilder> echoes(String secret) {
        return IntStream.of(400, 401, 403, 429, 500)
                .boxed()
                .flatMap(status -> SHAPES.stream().map(shape -> json(status, shape.replace("%s", secret))))
                // Longer than an attempt waits, so that what passes is not tried again within it.
                .map(echo -> echo.withHeader("Retry-After", "60"));
    }
}
