// SPDX-License-Identifier: Apache-2.0
package example.app;

import static example.app.Workspace.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.nimbusds.jwt.JWTClaimsSet;
import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.FederationException;
import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.OidcTokenSource;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.TokenExchangeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mistakes that Databricks answers with one and the same text, told apart by the JWT and by what was sent with it. */
final class ExchangeMistakesTest {
    private static final Workspace WORKSPACE = new Workspace();
    private static final String NO_POLICY =
            "Failed to process token: TOKEN_INVALID (Ensure a valid federation policy has been configured)";
    private static final String ACCOUNT = "9a1c4e0f-6d5b-4f0e-8a43-2f1f5f3f7a10";

    @BeforeEach
    void forgetRequests() {
        WORKSPACE.workspace.resetAll();
    }

    @AfterAll
    static void stop() {
        WORKSPACE.close();
    }

    /** How the JWTs of applications show it: Auth0, Okta and Keycloak, Entra ID, a pod. */
    @ParameterizedTest
    @CsvSource({
        "client@clients, gty, client-credentials",
        "client@clients, x, x",
        "0oa1, cid, 0oa1",
        "backend, azp, backend",
        "0f2b, oid, 0f2b",
        "0f2b, idtyp, app",
        "system:serviceaccount:prod:backend, x, x",
        "repo:o/r:ref:refs/heads/main, x, x"
    })
    void applicationsJwtThatIsExchangedAsAUsersNeedsAPrincipal(String subject, String claim, String value) {
        WORKSPACE.answers(refusal(NO_POLICY));

        FederationException failure =
                ofUser(Jwts.claims(WORKSPACE.end).subject(subject).claim(claim, value));

        assertThat(failure.code()).isEqualTo("EXCHANGE_CLIENT_ID_MISSING");
        assertThat(failure.fix()).contains("client_id", "tokenFor(servicePrincipal)", "'" + subject + "'");
        assertThat(failure.retryable()).isFalse();
    }

    @Test
    void usersJwtNeedsAPolicyOfTheAccount() {
        WORKSPACE.answers(refusal(NO_POLICY));

        FederationException failure = ofUser(Jwts.claims(WORKSPACE.end).subject("auth0|7"));

        assertThat(failure.code()).isEqualTo("NO_FEDERATION_POLICY");
        assertThat(failure.fix()).contains("policy of the account", "'" + Jwts.ISSUER + "'", "'" + Jwts.AUDIENCE + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"azp", "appid", "cid", "client_id"})
    void clientIdOfTheIdentityProviderIsNoApplicationId(String claim) {
        WORKSPACE.answers(refusal(NO_POLICY));

        FederationException failure = ofPrincipal(Jwts.claims(WORKSPACE.end).claim(claim, Workspace.WEST.toString()));

        assertThat(failure.code()).isEqualTo("EXCHANGE_CLIENT_ID_MISTAKEN");
        assertThat(failure.fix()).contains("'" + Workspace.WEST + "'", claim, "Application ID");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sub", "oid", "tid"})
    void otherIdsOfTheIdentityProviderAreNoApplicationIdsEither(String claim) {
        WORKSPACE.answers(refusal(NO_POLICY));

        FederationException failure = ofPrincipal(Jwts.claims(WORKSPACE.end).claim(claim, Workspace.WEST.toString()));

        assertThat(failure.code()).isEqualTo("EXCHANGE_CLIENT_ID_MISTAKEN");
        assertThat(failure.fix()).contains("the JWT's " + claim);
    }

    /** An Entra ID managed service principal's application id <em>is</em> the client id of its registration. */
    @Test
    void clientIdOfEntraIdMayBeTheApplicationId() {
        WORKSPACE.answers(refusal(NO_POLICY));

        FederationException failure = ofPrincipal(Jwts.claims(WORKSPACE.end)
                .issuer("https://login.microsoftonline.com/t/v2.0")
                .claim("tid", "t")
                .claim("azp", Workspace.WEST.toString()));

        assertThat(failure.code()).isEqualTo("NO_FEDERATION_POLICY");
        assertThat(failure.fix()).contains("client id", "managed by Entra ID");
    }

    @Test
    void policyThatIsNamedShowsThatThePrincipalIsThere() {
        WORKSPACE.answers(
                refusal(NO_POLICY + ". Valid federation policy for provided token: {issuer: 'https://a.com'}"));

        FederationException failure = ofPrincipal(Jwts.claims(WORKSPACE.end).claim("azp", Workspace.WEST.toString()));

        assertThat(failure.code()).isEqualTo("ISSUER_MISMATCH");
    }

    @Test
    void accountIdThatIsAcceptedShowsAPolicyWithoutAudiences() {
        WORKSPACE.answers(refusal("TOKEN_AUDIENCE_INVALID (Token audience '" + Jwts.AUDIENCE
                + "' invalid). {audience: '" + ACCOUNT + "'}"));

        FederationException failure = ofPrincipal(Jwts.claims(WORKSPACE.end));

        assertThat(failure.code()).isEqualTo("AUDIENCE_MISMATCH");
        assertThat(failure.fix())
                .contains("a policy without audiences accepts the account id only", "'" + ACCOUNT + "'")
                .doesNotContain("Entra");
    }

    @ParameterizedTest
    @CsvSource({"404, ENDPOINT_NOT_FOUND", "405, METHOD_NOT_ALLOWED"})
    void hostWithoutATokenEndpointIsNoRefusal(int status, String code) {
        WORKSPACE.answers(json(status, "{\"error_code\":\"" + code + "\",\"message\":\"No API found for 'POST'\"}"));

        FederationException failure = ofPrincipal(Jwts.claims(WORKSPACE.end));

        assertThat(failure.code()).isEqualTo("EXCHANGE_REPLY_UNREADABLE");
        assertThat(failure.fix()).contains("/oidc/v1/token", "/oidc/accounts/<id>/v1/token");
    }

    /** As measured of Databricks, which takes the assertion for its own service principal's. */
    @Test
    void tokenEndpointOfDatabricksIsNoIdentityProvider() {
        WORKSPACE.answers(json(
                400,
                "{\"error\":\"invalid_client\",\"error_description\":\"Invalid private key JWT authentication: The client"
                        + " identifier doesn't match the client assertion subject\"}"));

        IdpTokenException failure = catchThrowableOfType(
                IdpTokenException.class,
                () -> OidcTokenSource.builder()
                        .tokenEndpoint(WORKSPACE.url() + "/oidc/v1/token")
                        .clientId("backend")
                        .clientSecret("secret")
                        .build()
                        .mint());

        assertThat(failure.code()).isEqualTo("IDP_ENDPOINT_IS_DATABRICKS");
        assertThat(failure.fix()).contains("token-exchange grant", "identity provider's own token endpoint");
    }

    private static FederationException ofUser(JWTClaimsSet.Builder claims) {
        IdpToken jwt = IdpToken.parse(Jwts.signed(claims));
        DatabricksTokenExchanger exchanger = WORKSPACE.forWorkspace();
        return catchThrowableOfType(TokenExchangeException.class, () -> exchanger.tokenForUser(jwt));
    }

    private static FederationException ofPrincipal(JWTClaimsSet.Builder claims) {
        IdpToken jwt = IdpToken.parse(Jwts.signed(claims));
        DatabricksTokenExchanger exchanger = DatabricksTokenExchanger.builder()
                .workspace(WORKSPACE.url())
                .idpTokenSource(() -> jwt)
                .build();
        return catchThrowableOfType(
                TokenExchangeException.class, () -> exchanger.tokenFor(ServicePrincipal.of(Workspace.WEST.toString())));
    }

    private static ResponseDefinitionBuilder refusal(String words) {
        return json(400, "{\"error\":\"invalid_grant\",\"error_description\":\"" + words + "\"}");
    }
}
