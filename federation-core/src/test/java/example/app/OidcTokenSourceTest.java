// SPDX-License-Identifier: Apache-2.0
package example.app;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.notContaining;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static example.app.Workspace.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenfederation.FederationException;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.OidcTokenSource;
import io.tokenfederation.OidcTokenSourceBuilder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OidcTokenSourceTest {
    private static final Workspace IDP = new Workspace();

    @BeforeEach
    void forgetRequests() {
        IDP.workspace.resetAll();
    }

    @AfterAll
    static void stop() {
        IDP.close();
    }

    @Test
    void formHoldsClientAndParameters() {
        IDP.answers(json(200, "{\"access_token\":\"" + IDP.jwt + "\",\"token_type\":\"Bearer\"}"));

        String value = source().audience(Jwts.AUDIENCE)
                .scopes("a")
                .parameter("x", "y z")
                .build()
                .mint()
                .value();

        assertThat(value).isEqualTo(IDP.jwt);
        IDP.workspace.verify(
                1,
                postRequestedFor(urlEqualTo("/token"))
                        .withHeader("Authorization", absent())
                        .withFormParam("grant_type", equalTo("client_credentials"))
                        .withFormParam("client_id", equalTo("client-1"))
                        .withFormParam("client_secret", equalTo("s3cr&t=+ü"))
                        .withFormParam("audience", equalTo(Jwts.AUDIENCE))
                        .withFormParam("scope", equalTo("a"))
                        .withFormParam("x", equalTo("y z")));
    }

    @Test
    void secretCanGoIntoAHeaderFormEncoded() {
        IDP.answers(json(200, "{\"access_token\":\"" + IDP.jwt + "\",\"token_type\":\"Bearer\"}"));

        source().clientSecretBasic().build().mint();

        String header =
                Base64.getEncoder().encodeToString("client-1:s3cr%26t%3D%2B%C3%BC".getBytes(StandardCharsets.UTF_8));
        IDP.workspace.verify(postRequestedFor(urlEqualTo("/token"))
                .withHeader("Authorization", equalTo("Basic " + header))
                .withRequestBody(notContaining("client_secret")));
    }

    @Test
    void tokenBoundToAKeyIsRecognised() {
        IDP.answers(json(200, "{\"access_token\":\"" + IDP.jwt + "\",\"token_type\":\"DPoP\"}"));

        FederationException failure = catchThrowableOfType(
                FederationException.class, () -> source().build().mint());

        assertThat(failure.code()).isEqualTo("IDP_TOKEN_NOT_BEARER");
        assertThat(failure.fix()).contains("DPoP");
    }

    @Test
    void eachMintAsksAgain() {
        IDP.answers(json(200, "{\"access_token\":\"" + IDP.jwt + "\"}"));
        OidcTokenSource source = source().build();

        assertThat(source.mint().value()).isEqualTo(source.mint().value());

        assertThat(IDP.workspace.getAllServeEvents()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "401|{\"error\":\"access_denied\"}|IDP_CLIENT_REJECTED|false",
                "401|Unauthorized|IDP_CLIENT_REJECTED|false",
                "400|{\"error\":\"invalid_client\"}|IDP_CLIENT_REJECTED|false",
                "400|{\"error\":\"invalid_scope\"}|IDP_REFUSED|false",
                "403|{\"error\":\"access_denied\"}|IDP_REFUSED|false",
                "404|<html>login</html>|IDP_REPLY_UNREADABLE|false",
                "302|^^|IDP_REPLY_UNREADABLE|false",
                "200|<html>login</html>|IDP_REPLY_UNREADABLE|false",
                "200|{\"access_token\":\"opaque\"}|IDP_TOKEN_OPAQUE|false",
                "429|{}|IDP_RATE_LIMITED|true",
                "400|{\"error\":\"too_many_requests\"}|IDP_RATE_LIMITED|true",
                "503|^^|IDP_UNAVAILABLE|true"
            })
    void answerHasACode(int status, String body, String code, boolean retryable) {
        IDP.answers(json(status, body).withHeader("Location", IDP.url() + "/elsewhere"));
        OidcTokenSource source = source().build();

        IdpTokenException failure = catchThrowableOfType(IdpTokenException.class, source::mint);

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.retryable()).isEqualTo(retryable);
        assertThat(IDP.workspace.getAllServeEvents()).hasSize(1);
    }

    @Test
    void keycloakClientWithoutServiceAccountIsNotAboutTheSecret() {
        IDP.answers(json(
                401,
                "{\"error\":\"unauthorized_client\","
                        + "\"error_description\":\"Client not enabled to retrieve service account\"}"));

        IdpTokenException failure = catchThrowableOfType(
                IdpTokenException.class, () -> source().build().mint());

        assertThat(failure.code()).isEqualTo("IDP_REFUSED");
        assertThat(failure.fix()).contains("Service account roles");
    }

    @Test
    void printedFormHoldsNoSecret() {
        assertThat(source().build()).hasToString("OidcTokenSource[" + IDP.url() + "/token, client client-1]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://idp.example.com/token", "http://localhost.evil.com/token", "idp.example.com", ""})
    void endpointThatIsNotSecureIsRefused(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OidcTokenSource.builder().tokenEndpoint(url))
                .withMessageStartingWith("the token endpoint must");
    }

    @Test
    void missingSettingsAreNamed() {
        OidcTokenSourceBuilder builder = OidcTokenSource.builder();

        assertThatIllegalStateException().isThrownBy(builder::build).withMessageContaining("tokenEndpoint");
        builder.tokenEndpoint("https://idp.example.com/token");
        assertThatIllegalStateException().isThrownBy(builder::build).withMessageContaining("clientId");
        builder.clientId("id");
        assertThatIllegalStateException().isThrownBy(builder::build).withMessageContaining("clientSecret");
    }

    @Test
    void blankSettingsAreRefused() {
        OidcTokenSourceBuilder builder = OidcTokenSource.builder();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.clientId(" "))
                .withMessage("clientId is blank");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.clientSecret(""))
                .withMessageContaining("blank");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.audience(""))
                .withMessageContaining("blank");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.requestTimeout(Duration.ZERO))
                .withMessageContaining("PT0S");
    }

    @Test
    void clientThatFollowsRedirectsIsRefused() {
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> source().httpClient(client).build())
                .withMessageContaining("follows redirects");
    }

    private static OidcTokenSourceBuilder source() {
        return OidcTokenSource.builder()
                .tokenEndpoint(IDP.url() + "/token")
                .clientId("client-1")
                .clientSecret("s3cr&t=+ü");
    }
}
