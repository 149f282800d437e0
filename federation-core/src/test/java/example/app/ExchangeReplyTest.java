// SPDX-License-Identifier: Apache-2.0
package example.app;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static example.app.Workspace.WEST;
import static example.app.Workspace.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tokenfederation.DatabricksToken;
import io.tokenfederation.FederationException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExchangeReplyTest {
    private static final Workspace WORKSPACE = new Workspace();

    @BeforeEach
    void forgetRequests() {
        WORKSPACE.workspace.resetAll();
    }

    @AfterAll
    static void stop() {
        WORKSPACE.close();
    }

    /** The form of Databricks' documentation, "Exchange a JWT for a Databricks OAuth token", with a service principal. */
    @Test
    void formIsTheOneDatabricksDocuments() {
        WORKSPACE.answers(json(200, "{\"access_token\":\"t\"}"));

        DatabricksToken token = WORKSPACE.forWorkspace().tokenFor(WEST);

        assertThat(token.value()).isEqualTo("t");
        WORKSPACE.workspace.verify(
                1,
                postRequestedFor(urlEqualTo("/oidc/v1/token"))
                        .withHeader("Content-Type", containing("application/x-www-form-urlencoded"))
                        .withHeader("Accept", equalTo("application/json"))
                        .withHeader("Authorization", absent())
                        .withFormParam("grant_type", equalTo("urn:ietf:params:oauth:grant-type:token-exchange"))
                        .withFormParam("subject_token", equalTo(WORKSPACE.jwt))
                        .withFormParam("subject_token_type", equalTo("urn:ietf:params:oauth:token-type:jwt"))
                        .withFormParam("scope", equalTo("all-apis"))
                        .withFormParam("client_id", equalTo(WEST.toString())));
        assertThat(WORKSPACE
                        .workspace
                        .getAllServeEvents()
                        .get(0)
                        .getRequest()
                        .getBodyAsString()
                        .split("&"))
                .hasSize(5);
    }

    @Test
    void accountHasItsOwnPath() {
        WORKSPACE.answers(json(200, "{\"access_token\":\"t\"}"));
        String account = "0d26daa6-5e44-4c97-a497-ef015f91254a";

        DatabricksToken token = WORKSPACE
                .exchanger()
                .account(WORKSPACE.url(), account)
                .scopes("sql")
                .build()
                .tokenFor(WEST);

        assertThat(token.scopes()).containsExactly("sql");
        WORKSPACE.workspace.verify(postRequestedFor(urlEqualTo("/oidc/accounts/" + account + "/v1/token"))
                .withFormParam("scope", equalTo("sql")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"access_token\":\"t\"}",
                "{\"access_token\":\"t\",\"token_type\":null}",
                "{\"access_token\":\"t\",\"token_type\":\"bearer\"}",
                "{\"access_token\":\"t\",\"token_type\":\"BEARER\"}",
                "{\"access_token\":\"t\",\"expires_in\":null}",
                "{\"access_token\":\"t\",\"expires_in\":\"soon\"}",
                "{\"access_token\":\"t\",\"expires_in\":[1]}",
                "{\"access_token\":\"t\",\"expires_in\":1e400}",
                "{\"access_token\":\"t\",\"expires_in\":99999999999999999999}",
                "{\"access_token\":\"t\",\"expires_in\":86400}",
                "{\"access_token\":\"t\",\"expires_in\":\"86400\"}",
                "{\"access_token\":\"t\",\"error\":null}",
                "{\"access_token\":\"t\",\"scope\":null,\"issued_token_type\":\"x\",\"more\":{\"a\":[1]}}"
            })
    void tokenEndsWithItsJwtWhateverTheReplySays(String body) {
        WORKSPACE.answers(json(200, body));

        DatabricksToken token = WORKSPACE.forWorkspace().tokenFor(WEST);

        assertThat(token.expiresAt()).isEqualTo(WORKSPACE.end);
    }

    @ParameterizedTest
    @ValueSource(strings = {"600", "\"600\"", "600.7", "\" 600 \"", "6e2"})
    void tokenEndsEarlierIfTheReplySaysSo(String seconds) {
        WORKSPACE.answers(json(200, "{\"access_token\":\"t\",\"expires_in\":" + seconds + "}"));

        DatabricksToken token = WORKSPACE.forWorkspace().tokenFor(WEST);

        assertThat(token.expiresAt()).isBefore(WORKSPACE.end);
        assertThat(token.expiresAt()).isCloseTo(Instant.now().plusSeconds(600), within(60, ChronoUnit.SECONDS));
    }

    @Test
    void createdIsASuccessToo() {
        WORKSPACE.answers(json(201, "{\"access_token\":\"t\"}"));

        assertThat(WORKSPACE.forWorkspace().tokenFor(WEST).value()).isEqualTo("t");
    }

    @Test
    void mediaTypeDoesNotMatter() {
        WORKSPACE.answers(json(200, "{\"access_token\":\"t\"}").withHeader("Content-Type", "text/plain"));

        assertThat(WORKSPACE.forWorkspace().tokenFor(WEST).value()).isEqualTo("t");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-5", "\"-5\"", "0", "5", "40"})
    void tokenThatIsDeadOnArrivalIsRefused(String seconds) {
        WORKSPACE.answers(json(200, "{\"access_token\":\"t\",\"expires_in\":" + seconds + "}"));

        assertThat(WORKSPACE.failure()).hasMessageContaining("too soon to be of use");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sql", " sql ", "sql sql", "ALL-APIS"})
    void narrowerScopeIsRefused(String scope) {
        WORKSPACE.answers(json(200, "{\"access_token\":\"t\",\"scope\":\"" + scope + "\"}"));

        assertThat(WORKSPACE.failure().code()).isEqualTo("EXCHANGE_SCOPE_NARROWED");
    }

    @Test
    void widerScopeIsTheTokens() {
        WORKSPACE.answers(json(200, "{\"access_token\":\"t\",\"scope\":\"all-apis offline_access\"}"));

        assertThat(WORKSPACE.forWorkspace().tokenFor(WEST).scopes())
                .containsExactlyInAnyOrder("all-apis", "offline_access");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"access_token\":\"canary\",\"token_type\":\"N_A\"}",
                "{\"access_token\":\"canary\",\"token_type\":\"DPoP\"}",
                "{\"access_token\":\"canary\\r\\nX-Admin: 1\"}",
                "{\"access_token\":\"canary canary\"}",
                "{\"access_token\":\" canary\"}",
                "{\"access_token\":\"canary\\u0000\"}",
                "{\"access_token\":\"\"}",
                "{\"access_token\":null}",
                "{\"access_token\":5}",
                "{\"access_token\":[\"canary\"]}",
                "{\"access_token\":\"canary\",\"expires_in\":39}",
                "{\"access_token\":\"canary\",\"expires_in\":0.5}",
                "{\"id_token\":\"canary\"}",
                "{\"access_token\":\"canary\"} canary",
                "{\"access_token\":\"canary\"",
                "[\"canary\"]",
                "\"canary\"",
                "null",
                "<html>canary</html>",
                ""
            })
    void successThatIsNoneIsNamedAndNotQuoted(String body) {
        WORKSPACE.answers(json(200, body));

        FederationException failure = WORKSPACE.failure();

        assertThat(failure.code()).isEqualTo("EXCHANGE_REPLY_UNREADABLE");
        assertThat(failure).hasStackTraceContaining("EXCHANGE_REPLY_UNREADABLE");
        assertThat(Canaries.messagesOf(failure)).noneMatch(text -> text.contains("canary"));
    }

    @Test
    void errorWithStatusOkIsARefusal() {
        WORKSPACE.answers(json(200, "{\"error\":\"invalid_request\",\"error_description\":\"no\"}"));

        FederationException failure = WORKSPACE.failure();

        assertThat(failure.code()).isEqualTo("EXCHANGE_REFUSED");
        assertThat(failure.oauthError()).contains("invalid_request");
    }

    /** Databricks may write its own id of the principal into {@code sub}. */
    @Test
    void tokenThatNamesThePrincipalInAnyOfItsClaimsIsTaken() {
        String token = Jwts.signed(
                Jwts.claims(WORKSPACE.end).subject("6182736451726354").claim("client_id", Workspace.WEST.toString()));
        WORKSPACE.answers(json(200, "{\"access_token\":\"" + token + "\"}"));

        String taken = WORKSPACE.forWorkspace().tokenFor(Workspace.WEST).value();

        assertThat(taken).isEqualTo(token);
    }

    @Test
    void tokenOfAnotherPrincipalIsDiscarded() {
        String other = Jwts.signed(Jwts.claims(WORKSPACE.end).subject("00000000-0000-0000-0000-000000000000"));
        WORKSPACE.answers(json(200, "{\"access_token\":\"" + other + "\"}"));

        FederationException failure = WORKSPACE.failure();

        assertThat(failure.code()).isEqualTo("EXCHANGE_WRONG_PRINCIPAL");
        assertThat(Canaries.messagesOf(failure)).noneMatch(text -> text.contains(other));
    }

    @Test
    void subjectMayBeWrittenInCapitals() {
        String token =
                Jwts.signed(Jwts.claims(WORKSPACE.end).subject(WEST.toString().toUpperCase(Locale.ROOT)));
        WORKSPACE.answers(json(200, "{\"access_token\":\"" + token + "\"}"));

        assertThat(WORKSPACE.forWorkspace().tokenFor(WEST).value()).isEqualTo(token);
    }

    /** Whether Databricks encrypts its tokens is its own affair. */
    @Test
    void encryptedTokenIsOpaqueAndFine() {
        String header = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"dir\",\"enc\":\"A256GCM\"}".getBytes(StandardCharsets.UTF_8));
        String token = header + "..aXY.dGV4dA.dGFn";
        WORKSPACE.answers(json(200, "{\"access_token\":\"" + token + "\"}"));

        assertThat(WORKSPACE.forWorkspace().tokenFor(WEST).value()).isEqualTo(token);
    }

    @Test
    void redirectIsNotFollowed() {
        WORKSPACE.answers(json(302, "").withHeader("Location", WORKSPACE.url() + "/elsewhere"));

        FederationException failure = WORKSPACE.failure();

        assertThat(failure.code()).isEqualTo("EXCHANGE_REPLY_UNREADABLE");
        assertThat(failure.httpStatus()).hasValue(302);
        assertThat(WORKSPACE.workspace.getAllServeEvents()).hasSize(1);
    }

    @Test
    void freshTokenIsAskedForOnce() {
        WORKSPACE.answers(json(200, "{\"access_token\":\"t\"}"));
        var exchanger = WORKSPACE.forWorkspace();

        exchanger.tokenFor(WEST);
        exchanger.sourceFor(WEST).token();

        assertThat(WORKSPACE.workspace.getAllServeEvents()).hasSize(1);
    }
}
