// SPDX-License-Identifier: Apache-2.0
package example.app;

import static example.app.Backend.SECRET;
import static example.app.Backend.WORKSPACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenfederation.ClientAssertion;
import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.OidcTokenSource;
import io.tokenfederation.SigningKey;
import java.io.IOException;
import java.security.KeyStore;
import java.util.concurrent.atomic.AtomicReference;
import keycloak.ClientKey;
import keycloak.ClientSpec;
import keycloak.Keycloak;
import keycloak.Realm;
import keycloak.WithKeycloak;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every way a client can say who it is, from Keycloak to a Databricks token. */
@ExtendWith(WithKeycloak.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeycloakClientsTest {
    private final ClientKey key = ClientKey.rsa("2026-11");
    private Realm realm;

    @BeforeAll
    void setUp(Keycloak keycloak) {
        realm = keycloak.realm("clients")
                .with(ClientSpec.machine("backend", SECRET).audience(WORKSPACE))
                .with(ClientSpec.machine("ec", SECRET).audience(WORKSPACE).signedWith("ES256"))
                .with(ClientSpec.machineWithKey("jwks").audience(WORKSPACE).jwks(key.jwks()))
                .with(ClientSpec.machineWithKey("certificate").audience(WORKSPACE));
    }

    @Test
    void secretInTheBody() throws IOException {
        assertExchangeable(Backend.source(realm, "backend").build());
    }

    @Test
    void secretInTheHeader() throws IOException {
        assertExchangeable(Backend.source(realm, "backend").clientSecretBasic().build());
    }

    @Test
    void toldWhereTheTokenEndpointIs() throws IOException {
        assertExchangeable(OidcTokenSource.builder()
                .tokenEndpoint(realm.tokenEndpoint())
                .clientId("backend")
                .requestTimeout(Backend.PATIENCE)
                .clientSecret(SECRET)
                .build());
    }

    @Test
    void tokenSignedWithEs256() throws IOException {
        IdpTokenSource source = Backend.source(realm, "ec").build();

        assertThat(source.mint().algorithm()).isEqualTo("ES256");
        assertExchangeable(source);
    }

    @Test
    void keyKnownByItsJwks() throws IOException {
        SigningKey signing = SigningKey.fromPem(key.pem()).keyId("2026-11");

        assertExchangeable(withAssertion("jwks", ClientAssertion.signedBy(signing)));
    }

    @Test
    void assertionMeantForTheIssuer() throws IOException {
        SigningKey signing = SigningKey.fromPem(key.pem()).keyId("2026-11");

        assertExchangeable(withAssertion(
                "jwks",
                ClientAssertion.signedBy(signing).audience(realm.issuer()).type("client-authentication+jwt")));
    }

    @Test
    void keyKnownByItsCertificate() throws IOException {
        char[] password = "password-of-the-key-store".toCharArray();
        KeyStore store = realm.generateClientKey("certificate", "backend", password);

        assertExchangeable(withAssertion(
                "certificate", ClientAssertion.signedBy(SigningKey.fromKeyStore(store, "backend", password))));
    }

    @Test
    void strangersKeyIsAboutTheClient() {
        SigningKey strangers =
                SigningKey.fromPem(ClientKey.rsa("2026-11").pem()).keyId("2026-11");

        assertThat(catchThrowableOfType(
                        IdpTokenException.class, withAssertion("jwks", ClientAssertion.signedBy(strangers))::mint))
                .returns("IDP_CLIENT_REJECTED", IdpTokenException::code)
                .returns(false, IdpTokenException::retryable);
    }

    @Test
    void secretIsReadAnewForEachToken() {
        AtomicReference<String> store = new AtomicReference<>("first secret");
        realm.with(ClientSpec.machine("rotated", "first secret").audience(WORKSPACE));
        OidcTokenSource source = OidcTokenSource.builder()
                .issuer(realm.issuer())
                .clientId("rotated")
                .requestTimeout(Backend.PATIENCE)
                .clientSecret(store::get)
                .build();
        assertThat(source.mint()).isNotNull();

        realm.changeSecret("rotated", "second secret");
        store.set("second secret");

        assertThat(source.mint()).isNotNull();
    }

    private OidcTokenSource withAssertion(String clientId, ClientAssertion assertion) {
        return OidcTokenSource.builder()
                .issuer(realm.issuer())
                .clientId(clientId)
                .requestTimeout(Backend.PATIENCE)
                .clientAssertion(assertion)
                .build();
    }

    private void assertExchangeable(IdpTokenSource source) throws IOException {
        try (Backend backend = new Backend()) {
            IdpToken token = source.mint();
            backend.trust(token);

            assertThat(token.issuer()).isEqualTo(realm.issuer());
            assertThat(token.audiences()).contains(WORKSPACE);
            assertThat(backend.exchanger(source).tokenFor(backend.west)).isNotNull();
            assertThat(backend.databricks.exchanges(backend.west)).isEqualTo(1);
        }
    }
}
