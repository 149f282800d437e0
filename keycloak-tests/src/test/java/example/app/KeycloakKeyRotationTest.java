// SPDX-License-Identifier: Apache-2.0
package example.app;

import static example.app.Backend.SECRET;
import static example.app.Backend.WORKSPACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenfederation.CallerVerifier;
import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.FederationException;
import io.tokenfederation.IdpToken;
import io.tokenfederation.OidcTokenSource;
import io.tokenfederation.policy.FederationPolicy;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import keycloak.ClientSpec;
import keycloak.Keycloak;
import keycloak.Realm;
import keycloak.WithKeycloak;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Keycloak gets new keys while the application runs. */
@ExtendWith(WithKeycloak.class)
class KeycloakKeyRotationTest {
    private Realm realm;
    private OidcTokenSource source;

    @BeforeEach
    void setUp(Keycloak keycloak) {
        realm = keycloak.realm("rotation-" + UUID.randomUUID())
                .with(ClientSpec.machine("backend", SECRET).audience(WORKSPACE))
                .with(ClientSpec.people("portal").audience("sales-portal"))
                .withPerson("sarah", "password-of-sarah");
        source = Backend.source(realm, "backend").build();
    }

    @Test
    void newKeyIsFoundByItsId() {
        try (Backend backend = new Backend()) {
            IdpToken before = source.mint();
            backend.trust(before);
            assertThat(backend.exchanger(source).tokenFor(backend.west)).isNotNull();

            realm.addSigningKey();

            assertThat(source.mint().keyId()).isPresent().isNotEqualTo(before.keyId());
            assertThat(backend.exchanger(source).tokenFor(backend.west)).isNotNull();
        }
    }

    /** The kept JWT is good by its claims, and nobody can verify it any more: one new one settles it, for all. */
    @Test
    void keptJwtOfAWithdrawnKeyIsReplacedOnce() {
        try (Backend backend = new Backend()) {
            AtomicInteger mints = new AtomicInteger();
            backend.trust(source.mint());
            DatabricksTokenExchanger exchanger = backend.exchanger(Backend.counted(source, mints));
            assertThat(exchanger.tokenFor(backend.west)).isNotNull();

            realm.addSigningKey();
            realm.withdrawOlderSigningKeys();
            // Another application's token makes Databricks fetch the keys, and so forget the one withdrawn.
            assertThat(backend.exchanger(source).tokenFor(backend.west)).isNotNull();

            assertThat(exchanger.tokenFor(backend.finance)).isNotNull();
            assertThat(mints).hasValue(2);
        }
    }

    /** What happens to a policy with jwks_json that nobody updates. */
    @Test
    void pinnedKeysDoNotFollow() {
        try (Backend backend = new Backend()) {
            IdpToken before = source.mint();
            FederationPolicy pinned = FederationPolicy.builder()
                    .issuer(before.issuer())
                    .audience(WORKSPACE)
                    .subject(before.subject())
                    .jwksJson(realm.signatureKeys())
                    .build();
            backend.databricks.policy(backend.west, pinned);
            assertThat(backend.exchanger(source).tokenFor(backend.west)).isNotNull();

            realm.addSigningKey();

            assertThat(catchThrowableOfType(
                            FederationException.class,
                            () -> backend.exchanger(source).tokenFor(backend.west)))
                    .returns("NO_FEDERATION_POLICY", FederationException::code);
        }
    }

    @Test
    void callersAreVerifiedWithTheNewKey() {
        CallerVerifier callers = CallerVerifier.builder()
                .issuer(realm.issuer())
                .audience("sales-portal")
                .requestTimeout(Backend.PATIENCE)
                .build();
        String before = callers.verify(personsToken()).subject();

        realm.addSigningKey();
        realm.withdrawOlderSigningKeys();

        assertThat(callers.verify(personsToken()).subject()).isEqualTo(before);
    }

    private String personsToken() {
        return realm.personsToken("portal", "sarah", "password-of-sarah");
    }
}
