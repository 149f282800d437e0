// SPDX-License-Identifier: Apache-2.0
package example.app;

import static example.app.Backend.SECRET;
import static example.app.Backend.WORKSPACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenfederation.FederationException;
import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.IdpTokenSource;
import java.io.IOException;
import java.time.Duration;
import keycloak.ClientSpec;
import keycloak.Keycloak;
import keycloak.Realm;
import keycloak.WithKeycloak;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tokens Keycloak issues gladly and Databricks cannot take, and those that look odd and are fine. */
@ExtendWith(WithKeycloak.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeycloakTokensTest {
    private Realm realm;

    @BeforeAll
    void setUp(Keycloak keycloak) {
        realm = keycloak.realm("tokens")
                .with(ClientSpec.machine("backend", SECRET).audience(WORKSPACE))
                .with(ClientSpec.machine("unmapped", SECRET))
                .with(ClientSpec.machine("unmapped-and-bare", SECRET).defaultScopes("basic"))
                .with(ClientSpec.machine("no-basic-scope", SECRET)
                        .audience(WORKSPACE)
                        .defaultScopes("roles"))
                .with(ClientSpec.machine("light", SECRET).audience(WORKSPACE).lightweight())
                .with(ClientSpec.machine("light-with-audience", SECRET)
                        .lightweightAudience(WORKSPACE)
                        .lightweight())
                .with(ClientSpec.machine("pss", SECRET).audience(WORKSPACE).signedWith("PS256"))
                .with(ClientSpec.machine("hasty", SECRET).audience(WORKSPACE).tokensLive(Duration.ofSeconds(30)))
                .with(ClientSpec.people("people").audience(WORKSPACE).defaultScopes("profile"))
                .withPerson("sarah", "password-of-sarah");
    }

    @Test
    void audienceMapperAddsToWhatIsThere() throws IOException {
        assertThat(mint("backend").audiences()).containsExactlyInAnyOrder(WORKSPACE, "account");
    }

    @Test
    void subjectIsTheServiceAccountsId() throws IOException {
        assertThat(mint("backend").subject()).isEqualTo(realm.serviceAccountOf("backend"));
    }

    /** So setting one is no substitute for the mapper. */
    @Test
    void audienceThatIsAskedForIsIgnored() {
        IdpToken token =
                Backend.source(realm, "unmapped").audience(WORKSPACE).build().mint();

        assertThat(token.audiences()).containsExactly("account");
    }

    @Test
    void withoutAMapperTheAudienceIsKeycloaksOwn() throws IOException {
        IdpTokenSource unmapped = Backend.source(realm, "unmapped").build();
        try (Backend backend = new Backend()) {
            backend.trust(unmapped.mint());

            FederationException refused = catchThrowableOfType(
                    FederationException.class, () -> backend.exchanger(unmapped).tokenFor(backend.west));

            assertThat(refused.code()).isEqualTo("AUDIENCE_MISMATCH");
            assertThat(refused.getMessage()).contains("aud: 'account'");
            assertThat(refused.fix()).contains("Audience mapper");
        }
    }

    @Test
    void withoutMapperAndRolesThereIsNoAudienceAtAll() {
        assertThat(refusal("unmapped-and-bare"))
                .hasMessageContaining("no aud")
                .returns("IDP_TOKEN_CLAIM_MISSING", IdpTokenException::code)
                .returns(false, IdpTokenException::retryable);
    }

    @Test
    void lightweightTokenHasNoAudienceUnlessTheMapperSaysSo() throws IOException {
        assertThat(mint("light-with-audience").audiences()).containsExactly(WORKSPACE);
        assertThat(refusal("light"))
                .hasMessageContaining("no aud")
                .returns("IDP_TOKEN_CLAIM_MISSING", IdpTokenException::code);
    }

    /** Keycloak 25 moved sub into the scope basic; by 26.7 a service account has it without. */
    @Test
    void serviceAccountHasASubjectWithoutTheBasicScope() throws IOException {
        IdpTokenSource source = Backend.source(realm, "no-basic-scope").build();
        try (Backend backend = new Backend()) {
            backend.trust(source.mint());

            assertThat(backend.exchanger(source).tokenFor(backend.west)).isNotNull();
        }
    }

    @Test
    void personWithoutTheBasicScopeHasNoSubject() {
        String token = realm.personsToken("people", "sarah", "password-of-sarah");

        assertThat(catchThrowableOfType(IdpTokenException.class, () -> IdpToken.parse(token)))
                .hasMessageContaining("no sub")
                .returns("IDP_TOKEN_CLAIM_MISSING", IdpTokenException::code)
                .satisfies(missing -> assertThat(missing.fix()).contains("basic"));
    }

    @Test
    void ps256IsRefusedBeforeAnythingIsSentToDatabricks() {
        try (Backend backend = new Backend()) {
            FederationException refused = catchThrowableOfType(
                    FederationException.class,
                    () -> backend.exchanger(Backend.source(realm, "pss").build())
                            .tokenFor(backend.west));

            assertThat(refused.code()).isEqualTo("IDP_TOKEN_ALGORITHM");
            assertThat(refused.getMessage()).contains("PS256");
            assertThat(refused.fix())
                    .contains("Access token signature algorithm")
                    .contains("RS256");
            assertThat(backend.databricks.exchangeRequests()).isZero();
        }
    }

    @Test
    void halfAMinuteIsTooShort() {
        try (Backend backend = new Backend()) {
            FederationException refused = catchThrowableOfType(
                    FederationException.class,
                    () -> backend.exchanger(Backend.source(realm, "hasty").build())
                            .tokenFor(backend.west));

            assertThat(refused.code()).isEqualTo("IDP_TOKEN_TOO_SHORT");
            assertThat(backend.databricks.exchangeRequests()).isZero();
        }
    }

    private IdpToken mint(String clientId) throws IOException {
        IdpTokenSource source = Backend.source(realm, clientId).build();
        return source.mint();
    }

    private IdpTokenException refusal(String clientId) {
        return catchThrowableOfType(IdpTokenException.class, () -> mint(clientId));
    }
}
