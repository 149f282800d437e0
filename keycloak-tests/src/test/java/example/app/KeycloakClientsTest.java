// SPDX-License-Identifier: Apache-2.0
package example.app;

import static example.app.Backend.SECRET;
import static example.app.Backend.WORKSPACE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenSource;
import java.io.IOException;
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
    private Realm realm;

    @BeforeAll
    void setUp(Keycloak keycloak) {
        realm = keycloak.realm("clients")
                .with(ClientSpec.machine("backend", SECRET).audience(WORKSPACE))
                .with(ClientSpec.machine("ec", SECRET).audience(WORKSPACE).signedWith("ES256"));
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
    void tokenSignedWithEs256() throws IOException {
        IdpTokenSource source = Backend.source(realm, "ec").build();

        assertThat(source.mint().algorithm()).isEqualTo("ES256");
        assertExchangeable(source);
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
