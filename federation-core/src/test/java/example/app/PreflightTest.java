// SPDX-License-Identifier: Apache-2.0
package example.app;

import static example.app.Workspace.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jwt.JWTClaimsSet;
import io.tokenfederation.FederationException;
import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be said of a JWT before Databricks has seen it, in the words of the issuer's own console. */
final class PreflightTest {
    private final Workspace databricks = new Workspace();

    @AfterEach
    void stop() {
        databricks.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2ff814a6-3304-4ab8-85cb-cd0e6f879c1d", "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d/"})
    void aTokenForAzureDatabricksItselfIsNotExchanged(String audience) {
        FederationException failure =
                refusalOf(Jwts.signed(claims("https://sts.windows.net/t/").audience(audience)));

        assertThat(failure.code()).isEqualTo("IDP_TOKEN_FOR_DATABRICKS");
        assertThat(failure.fix()).contains("directly");
    }

    @Test
    void aTokenBoundToAKeyIsNoBearerToken() {
        FederationException failure = refusalOf(Jwts.signed(claims("https://dev-1.okta.com/oauth2/default")
                .claim("cnf", Map.of("jkt", "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2H"))));

        assertThat(failure.code()).isEqualTo("IDP_TOKEN_NOT_BEARER");
        assertThat(failure.fix()).contains("Untick").contains("DPoP");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://dev-1.us.auth0.com/                      | c@clients                    | Auth0 dashboard",
                "https://sso.example.com/realms/main              | 3f2a                         | Keycloak admin console",
                "https://0f1e.tokens.sts.global.api.aws           | arn:aws:iam::1:role/r        | SigningAlgorithm=RS256",
                "https://spire.example.com                        | spiffe://example.com/backend | jwt_key_type",
                "https://idp.example.com                          | backend                      | RS256 or ES256"
            })
    void theRemedyForAnAlgorithmIsTheIssuersOwn(String issuer, String subject, String remedy) {
        FederationException failure = refusalOf(Jwts.unsigned(claims(issuer).subject(subject)));

        assertThat(failure.code()).isEqualTo("IDP_TOKEN_ALGORITHM");
        assertThat(failure.fix()).contains(remedy);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://dev-1.us.auth0.com/            | c@clients                       | Auth0 dashboard",
                "https://dev-1.okta.com/oauth2/default  | c                               | Access Policies",
                "https://sso.example.com/realms/main    | 3f2a                            | Access Token Lifespan",
                "https://oidc.eks.eu-1.amazonaws.com/id/1 | system:serviceaccount:ns:backend | expirationSeconds"
            })
    void theRemedyForAShortLifeIsTheIssuersOwn(String issuer, String subject, String remedy) {
        FederationException failure = refusalOf(Jwts.signed(claims(issuer)
                .subject(subject)
                .expirationTime(java.util.Date.from(Instant.now().plusSeconds(30)))));

        assertThat(failure.code()).isEqualTo("IDP_TOKEN_TOO_SHORT");
        assertThat(failure.fix()).contains(remedy);
    }

    @Test
    void aPodsTokenThatIsOldPointsToTheMount() {
        FederationException failure = refusalOf(Jwts.signed(claims("https://oidc.eks.eu-1.amazonaws.com/id/1")
                .subject("system:serviceaccount:ns:backend")
                .expirationTime(java.util.Date.from(Instant.now().minus(Duration.ofHours(1))))));

        assertThat(failure.code()).isEqualTo("IDP_TOKEN_EXPIRED");
        assertThat(failure.fix()).contains("subPath");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sub | https://sso.example.com/realms/main                  | client scope 'basic'",
                "aud | https://sso.example.com/realms/main                  | Audience mapper",
                "aud | https://cognito-idp.eu-1.amazonaws.com/eu-1_1        | pre token generation",
                "aud | https://accounts.google.com                          | identity token",
                "aud | https://idp.example.com                              | issue iss, aud, sub and exp"
            })
    void theRemedyForAMissingClaimIsTheIssuersOwn(String claim, String issuer, String remedy) {
        JWTClaimsSet.Builder claims = claims(issuer);
        claims.claim(claim, null);

        IdpTokenException failure = parseFailure(claims);

        assertThat(failure.code()).isEqualTo("IDP_TOKEN_CLAIM_MISSING");
        assertThat(failure).hasMessageContaining("has no " + claim).hasMessageContaining(issuer);
        assertThat(failure.fix()).contains(remedy);
    }

    @Test
    void aSpiffeTokenWithoutIssuerPointsToTheServersConfiguration() {
        IdpTokenException failure =
                parseFailure(claims(Jwts.ISSUER).claim("iss", null).subject("spiffe://example.com/backend"));

        assertThat(failure).hasMessageContaining("has no iss");
        assertThat(failure.fix()).contains("jwt_issuer");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://sso.example.com/realms/main      | 3f2a                              | account                              | Audience mapper",
                "https://dev-1.okta.com                   | 0oa1                              | https://dev-1.okta.com               | custom authorization server",
                "https://kubernetes.default.svc           | system:serviceaccount:ns:backend  | https://kubernetes.default.svc       | project a token"
            })
    void aRefusalThatTheJwtExplainsIsExplained(String issuer, String subject, String audience, String remedy) {
        databricks.answers(json(
                400,
                "{\"error\":\"invalid_grant\",\"error_description\":\"TOKEN_AUDIENCE_INVALID (Token audience '"
                        + audience + "' invalid)\"}"));

        FederationException failure =
                failureOf(Jwts.signed(claims(issuer).subject(subject).audience(audience)));

        assertThat(failure.code()).isEqualTo("AUDIENCE_MISMATCH");
        assertThat(failure.fix()).contains(remedy);
    }

    @Test
    void anotherServersClientIdIsNotTakenForOktas() {
        databricks.answers(json(400, "{\"error\":\"invalid_grant\",\"error_description\":\"TOKEN_INVALID\"}"));

        FederationException failure = failureOf(
                Jwts.signed(claims("https://uaa.example.com/oauth/token").claim("cid", "backend")));

        assertThat(failure.code()).isEqualTo("NO_FEDERATION_POLICY");
        assertThat(failure.fix()).doesNotContain("Okta");
    }

    private static JWTClaimsSet.Builder claims(String issuer) {
        return Jwts.claims(Instant.now().plusSeconds(3_600)).issuer(issuer);
    }

    private FederationException refusalOf(String jwt) {
        FederationException failure = failureOf(jwt);
        assertThat(databricks.workspace.getAllServeEvents())
                .as("nothing is sent")
                .isEmpty();
        return failure;
    }

    private FederationException failureOf(String jwt) {
        return Workspace.failureOf(databricks
                .exchanger()
                .workspace(databricks.url())
                .idpTokenSource(() -> IdpToken.parse(jwt))
                .build());
    }

    private static IdpTokenException parseFailure(JWTClaimsSet.Builder claims) {
        String jwt = Jwts.signed(claims);
        return catchThrowableOfType(IdpTokenException.class, () -> IdpToken.parse(jwt));
    }
}
