// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.FederationException;
import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.OidcTokenSource;
import io.tokenfederation.RoleResolver;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.VerifiedClaims;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.testkit.LoopbackDatabricks;
import io.tokenfederation.testkit.LoopbackIdp;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rows of the catalogue of mistakes that belong to no provider's module: what is sent, its code and its fix. */
class CatalogueTest {
    private static final String AUDIENCE = "https://adb-1.example.com";

    /**
     * One row.
     *
     * @param name its number, and what it is
     * @param made makes the mistake
     * @param code what it is called
     * @param inFix what the fix must say
     * @param exchanges how many requests Databricks gets
     */
    record Row(String name, Making made, String code, String inFix, int exchanges) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Makes a mistake; throws what comes of it. */
    interface Making {
        void on(CatalogueTest stage);
    }

    private final LoopbackDatabricks databricks = LoopbackDatabricks.builder().start();
    private final LoopbackIdp keycloak = LoopbackIdp.oidc().start();
    private final ServicePrincipal principal = databricks.servicePrincipal("west");

    @AfterEach
    void close() {
        keycloak.close();
        databricks.close();
    }

    static Stream<Row> rows() {
        return Stream.of(
                new Row(
                        "E11 Entra ID: more than 200 groups, so none are in the token",
                        on -> on.resolveGroups(),
                        "ROLE_GROUPS_OVERAGE",
                        "app roles",
                        0),
                new Row(
                        "W11 Keycloak: client scope 'basic' is missing, so sub is",
                        on -> on.exchange(jwt("RS256", "https://sso.example.com/realms/main", null, AUDIENCE)),
                        "IDP_TOKEN_CLAIM_MISSING",
                        "client scope 'basic'",
                        0),
                new Row(
                        "W12 Keycloak: no Audience mapper, so the token is for 'account'",
                        on -> on.exchange(on.withoutAudienceMapper()),
                        "AUDIENCE_MISMATCH",
                        "Add an Audience mapper",
                        1),
                new Row(
                        "W13 Amazon Cognito: access tokens have no aud",
                        on -> on.exchange(jwt(
                                "RS256", "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_1", "client", null)),
                        "IDP_TOKEN_CLAIM_MISSING",
                        "pre token generation trigger",
                        0),
                new Row(
                        "W14 AWS: GetWebIdentityToken was asked for ES384",
                        on -> on.exchange(jwt(
                                "ES384",
                                "https://0f1e.tokens.sts.global.api.aws",
                                "arn:aws:iam::123456789012:role/backend",
                                AUDIENCE)),
                        "IDP_TOKEN_ALGORITHM",
                        "SigningAlgorithm=RS256",
                        0));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void mistakeHasACodeAndAFix(Row row) {
        FederationException failure =
                catchThrowableOfType(FederationException.class, () -> row.made().on(this));

        assertThat(failure).isNotNull();
        assertThat(failure.code()).isEqualTo(row.code());
        assertThat(failure.fix()).contains(row.inFix());
        assertThat(failure.retryable()).isFalse();
        assertThat(databricks.exchangeRequests()).isEqualTo(row.exchanges());
    }

    private void resolveGroups() {
        RoleResolver.builder()
                .claim("groups")
                .role("sales", "west")
                .servicePrincipals("{\"west\":\"" + principal + "\"}")
                .build()
                .resolve(VerifiedClaims.alreadyVerified(Map.of(
                        "iss",
                        "https://login.microsoftonline.com/t/v2.0",
                        "sub",
                        "person",
                        "_claim_names",
                        Map.of("groups", "src1"))));
    }

    private IdpTokenSource withoutAudienceMapper() {
        keycloak.api(AUDIENCE).m2mClient("backend", "secret");
        databricks.policy(
                principal,
                FederationPolicy.builder()
                        .issuer(keycloak.issuer())
                        .audience(AUDIENCE)
                        .subject(keycloak.subjectOf("backend"))
                        .build());
        return OidcTokenSource.builder()
                .issuer(keycloak.issuer())
                .clientId("backend")
                .clientSecret("secret")
                .build();
    }

    private void exchange(IdpTokenSource source) {
        DatabricksTokenExchanger.builder()
                .workspace(databricks.workspaceUrl().toString())
                .idpTokenSource(source)
                .build()
                .tokenFor(principal);
    }

    /** Nobody looks at the signature before it is refused. */
    private static IdpTokenSource jwt(
            String algorithm, String issuer, @Nullable String subject, @Nullable String audience) {
        String claims = "{\"iss\":\"" + issuer + "\",\"exp\":4000000000"
                + (subject == null ? "" : ",\"sub\":\"" + subject + "\"")
                + (audience == null ? "" : ",\"aud\":\"" + audience + "\"") + "}";
        String jwt = base64("{\"alg\":\"" + algorithm + "\",\"kid\":\"1\"}") + "." + base64(claims) + ".c2lnbmF0dXJl";
        return () -> IdpToken.parse(jwt);
    }

    private static String base64(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
