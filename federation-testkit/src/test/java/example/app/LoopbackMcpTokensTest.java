// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import example.app.Web.Answer;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.LoopbackMcpAuthorization;
import io.tokenfederation.testkit.LoopbackMcpServer;
import io.tokenfederation.testkit.OidcRules;
import io.tokenfederation.testkit.UserToken;
import java.time.Duration;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the stand-in makes of requests that no proper client sends. */
class LoopbackMcpTokensTest {
    private static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
    private static final String TYPES = "urn:ietf:params:oauth:token-type:";

    private final FakeClock clock = new FakeClock();
    private final LoopbackMcpAuthorization login =
            LoopbackMcpAuthorization.builder().clock(clock).issuerPath("/t").start();
    private final LoopbackMcpServer server = LoopbackMcpServer.start(login);
    private final LoopbackIdp idp = LoopbackIdp.oidc().clock(clock).start();

    LoopbackMcpTokensTest() {
        login.m2mClient("app-1", "s+cret")
                .grant("app-1", server.uri(), "files:read", "files:write")
                .m2mClient("app-2", "secret-2")
                .m2mClientWithKey("signer", Signer.jwk())
                .grant("signer", server.uri())
                .workload("agent", idp.issuer(), "job-7")
                .grant("agent", server.uri())
                .identityProvider(idp.issuer());
        idp.m2mClient("sso-1", "sso-secret").m2mClient("sso-2", "secret");
        OidcRules.of(idp).vouchFor("sso-1", login.issuer(), "app-1", "files:read");
    }

    @AfterEach
    void close() {
        server.close();
        login.close();
        idp.close();
    }

    @ParameterizedTest
    @CsvSource({
        "app-1, s+cret, RESOURCE, files:read, 200, ''",
        "app-1, s cret, RESOURCE, '', 401, invalid_client",
        "nobody, s+cret, RESOURCE, '', 401, invalid_client",
        "app-1, s+cret, '', '', 400, invalid_target",
        "app-1, s+cret, RESOURCE/, '', 400, invalid_target",
        "app-2, secret-2, RESOURCE, '', 400, invalid_target",
        "app-1, s+cret, RESOURCE, files:read files:own, 400, invalid_scope"
    })
    void clientCredentialsAreForOneResourceAndWhatIsGranted(
            String id, String secret, String resource, String scope, int status, String error) throws Exception {
        Map<String, String> form = Map.of(
                "grant_type",
                "client_credentials",
                "resource",
                resource.replace("RESOURCE", server.uri().toString()),
                "scope",
                scope);

        Answer answer = Web.postForm(login.tokenEndpoint(), form, "Authorization", Web.basic(id, secret));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().path("error").asText()).isEqualTo(error);
    }

    @Test
    void secretThatIsNotFormEncodedIsWrong() throws Exception {
        // base64 of "app-1:s+cret": its plus is a space once decoded (RFC 6749 §2.3.1).
        Answer answer = ask(Map.of("grant_type", "client_credentials"), "Authorization", "Basic YXBwLTE6cytjcmV0");

        assertThat(answer.json().path("error").asText()).isEqualTo("invalid_client");
    }

    @Test
    void secretInTheBodyIsNotTakenUnlessTheMetadataSaysSo() throws Exception {
        Map<String, String> form =
                Map.of("grant_type", "client_credentials", "client_id", "app-1", "client_secret", "s+cret");

        assertThat(ask(form).status()).isEqualTo(401);
        login.authMethods("client_secret_post");
        assertThat(ask(form).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"ISSUER, 60, 200", "ENDPOINT, 60, 401", "https://other.example.com, 60, 401", "ISSUER, -60, 401"})
    void assertionOfAClientIsForTheIssuerAlone(String audience, int seconds, int status) throws Exception {
        String assertion = Signer.sign(Signer.claims("signer", place(audience))
                .expirationTime(Date.from(FakeClock.START.plusSeconds(seconds)))
                .build());

        assertThat(ask(Signer.form(assertion)).status()).isEqualTo(status);
        assertThat(ask(Signer.form(assertion)).status()).as("again").isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "job-7, ISSUER, 60, agent, 200",
        "job-7, ENDPOINT, 60, '', 200",
        "job-8, ISSUER, 60, '', 400",
        "job-7, https://other.example.com, 60, '', 400",
        "job-7, ISSUER, -1, '', 400",
        "job-7, ISSUER, 60, app-1, 400"
    })
    void workloadIsKnownByIssuerSubjectAndAudience(
            String subject, String audience, int seconds, String clientId, int status) throws Exception {
        UserToken jwt = idp.userToken(subject).audience(place(audience)).expiresIn(Duration.ofSeconds(seconds));

        Answer answer = ask(Map.of("grant_type", JWT_BEARER, "assertion", jwt.sign(), "client_id", clientId));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().path("error").asText()).isEqualTo(status == 200 ? "" : "invalid_grant");
    }

    @Test
    void workloadsJwtIsVerified() throws Exception {
        UserToken jwt = idp.userToken("job-7").audience(login.issuer());

        for (String forged : new String[] {jwt.signedWithUnknownKey(), jwt.hs256WithPublicKey(), jwt.unsigned(), "x"}) {
            assertThat(ask(Map.of("grant_type", JWT_BEARER, "assertion", forged))
                            .status())
                    .isEqualTo(400);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "sso-1, sso-1, requested_token_type, id-jag, ''",
        "sso-1, sso-1, requested_token_type, access_token, invalid_request",
        "sso-1, sso-1, subject_token_type, saml2, invalid_request",
        "sso-1, sso-1, audience, https://other.example.com, invalid_target",
        "sso-1, sso-1, resource, '', invalid_request",
        "sso-1, sso-1, scope, files:write, invalid_scope",
        "sso-1, sso-2, scope, files:read, invalid_grant",
        "sso-2, sso-2, scope, files:read, invalid_target"
    })
    void identityProviderVouchesWhereItIsAllowed(
            String client, String audience, String parameter, String value, String error) throws Exception {
        Map<String, String> form = exchange(idp.userToken("sarah").audience(audience));
        form.put(parameter, parameter.endsWith("token_type") ? TYPES + value : value);

        Answer answer = Web.postForm(
                idp.tokenEndpoint(),
                form,
                "Authorization",
                Web.basic(client, client.equals("sso-1") ? "sso-secret" : "secret"));

        assertThat(answer.json().path("error").asText()).isEqualTo(error);
    }

    @Test
    void idJagIsGoodOnceAndForItsClientAndItsScopes() throws Exception {
        String grant = idJag();

        assertThat(show(grant, "app-2", "secret-2", "").json().path("error").asText())
                .isEqualTo("invalid_grant");
        assertThat(show(idJag(), "app-1", "wrong", "").status()).isEqualTo(401);
        assertThat(show(idJag(), "app-1", "s+cret", "files:write")
                        .json()
                        .path("error")
                        .asText())
                .isEqualTo("invalid_scope");
        assertThat(show(grant, "app-1", "s+cret", "files:read")
                        .json()
                        .path("scope")
                        .asText())
                .isEqualTo("files:read");
        assertThat(show(grant, "app-1", "s+cret", "files:read")
                        .json()
                        .path("error")
                        .asText())
                .isEqualTo("invalid_grant");
    }

    @ParameterizedTest
    @CsvSource({
        "aud, https://other.example.com, invalid_grant",
        "iss, https://other.example.com, invalid_grant",
        "client_id, app-2, invalid_grant",
        "jti, '', invalid_grant",
        "resource, https://other.example.com, invalid_target"
    })
    void idJagThatIsMadeOutToAnotherIsRefused(String claim, String value, String error) throws Exception {
        idp.forgery().claim(claim, value);

        assertThat(show(idJag(), "app-1", "s+cret", "").json().path("error").asText())
                .isEqualTo(error);
    }

    @Test
    void idJagEndsAfterFiveMinutes() throws Exception {
        String grant = idJag();
        clock.advance(Duration.ofMinutes(5));

        assertThat(show(grant, "app-1", "s+cret", "").json().path("error").asText())
                .isEqualTo("invalid_grant");
    }

    @Test
    void otherGrantsAreUnknown() throws Exception {
        assertThat(ask(Map.of("grant_type", "password")).json().path("error").asText())
                .isEqualTo("unsupported_grant_type");
    }

    private String idJag() throws Exception {
        return Web.postForm(
                        idp.tokenEndpoint(),
                        exchange(idp.userToken("sarah").audience("sso-1")),
                        "Authorization",
                        Web.basic("sso-1", "sso-secret"))
                .json()
                .path("access_token")
                .asText();
    }

    private Map<String, String> exchange(UserToken idToken) {
        return new HashMap<>(Map.of(
                "grant_type",
                EXCHANGE,
                "requested_token_type",
                TYPES + "id-jag",
                "subject_token_type",
                TYPES + "id_token",
                "subject_token",
                idToken.sign(),
                "audience",
                login.issuer(),
                "resource",
                server.uri().toString()));
    }

    private Answer show(String grant, String clientId, String secret, String scope) throws Exception {
        return ask(
                Map.of("grant_type", JWT_BEARER, "assertion", grant, "scope", scope),
                "Authorization",
                Web.basic(clientId, secret));
    }

    private Answer ask(Map<String, String> form, String... headers) throws Exception {
        Map<String, String> whole = new HashMap<>(form);
        whole.put("resource", server.uri().toString());
        return Web.postForm(login.tokenEndpoint(), whole, headers);
    }

    private String place(String word) {
        return word.replace("ISSUER", login.issuer())
                .replace("ENDPOINT", login.tokenEndpoint().toString());
    }
}
