// SPDX-License-Identifier: Apache-2.0
package example.app;

import static example.app.Backend.SECRET;
import static example.app.Backend.WORKSPACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenfederation.IdpTokenException;
import io.tokenfederation.OidcTokenSource;
import io.tokenfederation.OidcTokenSourceBuilder;
import keycloak.ClientSpec;
import keycloak.Keycloak;
import keycloak.Realm;
import keycloak.WithKeycloak;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What Keycloak says no to, and what the operator reads then. */
@ExtendWith(WithKeycloak.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeycloakRefusalsTest {
    private Realm realm;

    @BeforeAll
    void setUp(Keycloak keycloak) {
        realm = keycloak.realm("refusals")
                .with(ClientSpec.machine("backend", SECRET).audience(WORKSPACE))
                .with(ClientSpec.machine("switched-off", SECRET).setting("enabled", false))
                .with(ClientSpec.machine("no-service-account", SECRET).setting("serviceAccountsEnabled", false))
                .with(ClientSpec.machine("bound", SECRET)
                        .audience(WORKSPACE)
                        .attribute("dpop.bound.access.tokens", "true"));
    }

    @Test
    void wrongSecretIsAboutTheClient() {
        assertThat(refusal(source("backend").clientSecret("not-the-secret")))
                .hasMessageContaining("Invalid client or Invalid client credentials")
                .hasMessageNotContaining("not-the-secret")
                .returns("IDP_CLIENT_REJECTED", IdpTokenException::code)
                .returns(false, IdpTokenException::retryable);
    }

    @Test
    void wrongSecretInTheHeaderIsAboutTheClient() {
        assertThat(refusal(source("backend").clientSecret("not-the-secret").clientSecretBasic()))
                .returns("IDP_CLIENT_REJECTED", IdpTokenException::code);
    }

    @Test
    void secretThatWasChangedIsAboutTheClient() {
        realm.with(ClientSpec.machine("rotated", SECRET).audience(WORKSPACE));
        OidcTokenSource source = source("rotated").build();
        assertThat(source.mint()).isNotNull();

        realm.changeSecret("rotated", "another one");

        assertThat(catchThrowableOfType(IdpTokenException.class, source::mint))
                .returns("IDP_CLIENT_REJECTED", IdpTokenException::code);
    }

    @Test
    void unknownAndDisabledClientsLookAlike() {
        assertThat(refusal(source("nobody"))).returns("IDP_CLIENT_REJECTED", IdpTokenException::code);
        assertThat(refusal(source("switched-off")))
                .hasMessageContaining("'switched-off'")
                .returns("IDP_CLIENT_REJECTED", IdpTokenException::code);
    }

    @Test
    void clientWithoutServiceAccountIsToldSo() {
        assertThat(refusal(source("no-service-account")))
                .hasMessageContaining("Client not enabled to retrieve service account")
                .hasMessageContaining("Tick 'Service account roles'")
                .returns("IDP_REFUSED", IdpTokenException::code)
                .returns(false, IdpTokenException::retryable);
    }

    @Test
    void unknownScopeIsNamed() {
        assertThat(refusal(source("backend").scopes("databricks")))
                .hasMessageContaining("invalid_scope")
                .hasMessageContaining("databricks")
                .returns("IDP_REFUSED", IdpTokenException::code)
                .returns(false, IdpTokenException::retryable);
    }

    @Test
    void clientThatMustProveAKeyIsToldSo() {
        assertThat(refusal(source("bound"))).hasMessageContaining("DPoP").returns(false, IdpTokenException::retryable);
    }

    @Test
    void tokenEndpointOfARealmThatIsNotThereIsNone() {
        String endpoint = realm.tokenEndpoint().replace("/refusals/", "/no-such-realm/");

        assertThat(refusal(source("backend").tokenEndpoint(endpoint)))
                .hasMessageContaining("404")
                .returns(false, IdpTokenException::retryable);
    }

    @Test
    void realmThatIsNotThereHasNoDiscoveryDocument() {
        String issuer = realm.issuer().replace("/refusals", "/no-such-realm");

        assertThat(refusal(source("backend").issuer(issuer)))
                .hasMessageContaining(issuer)
                .hasMessageContaining("404")
                .returns("IDP_DISCOVERY_FAILED", IdpTokenException::code)
                .returns(false, IdpTokenException::retryable);
    }

    @Test
    void slashAtTheEndIsAnotherIssuer() {
        assertThat(refusal(source("backend").issuer(realm.issuer() + "/")))
                .hasMessageContaining("'" + realm.issuer() + "'")
                .returns("IDP_ISSUER_MISMATCH", IdpTokenException::code);
    }

    /** Keycloak says who it is by --hostname, whatever name it was reached by. */
    @Test
    void otherNameOfTheSameHostIsAnotherIssuer() {
        String other = realm.issuer().replace("127.0.0.1", "localhost");

        assertThat(refusal(source("backend").issuer(other)))
                .hasMessageContaining("'" + realm.issuer() + "'")
                .returns("IDP_ISSUER_MISMATCH", IdpTokenException::code);
    }

    private OidcTokenSourceBuilder source(String clientId) {
        return Backend.source(realm, clientId);
    }

    private static IdpTokenException refusal(OidcTokenSourceBuilder source) {
        return catchThrowableOfType(
                IdpTokenException.class, () -> source.build().mint());
    }
}
