// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenfederation.Caller;
import io.tokenfederation.CallerRejectedException;
import io.tokenfederation.CallerVerifier;
import io.tokenfederation.RoleNotMappedException;
import io.tokenfederation.RoleResolver;
import io.tokenfederation.ServicePrincipal;
import java.util.UUID;
import keycloak.ClientSpec;
import keycloak.Keycloak;
import keycloak.Realm;
import keycloak.WithKeycloak;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** People log in at Keycloak; who they are and what role they have comes from their token. */
@ExtendWith(WithKeycloak.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeycloakPeopleTest {
    private static final String ROLE_CLAIM = "https://example.com/roles";
    private static final String PASSWORD = "password-of-everybody";

    private final ServicePrincipal west = new ServicePrincipal(UUID.randomUUID());
    private Realm realm;

    @BeforeAll
    void setUp(Keycloak keycloak) {
        realm = keycloak.realm("people")
                .with(ClientSpec.people("portal").audience("sales-portal").realmRolesIn(ROLE_CLAIM))
                .with(ClientSpec.people("as-it-comes"))
                .with(ClientSpec.people("nobody-in-particular")
                        .audience("sales-portal")
                        .defaultScopes("profile"))
                .withPerson("sarah", PASSWORD, "sales-west", "cycling")
                .withPerson("mallory", PASSWORD, "visitors");
    }

    @Test
    void realmRoleBecomesTheServicePrincipal() {
        Caller sarah = callers().verify(token("portal", "sarah"));

        assertThat(sarah.email()).contains("sarah@partner.example");
        assertThat(roles(ROLE_CLAIM).resolve(sarah.claims()).servicePrincipal()).isEqualTo(west);
    }

    @Test
    void otherRolesAreDenied() {
        Caller mallory = callers().verify(token("portal", "mallory"));

        assertThat(catchThrowableOfType(
                        RoleNotMappedException.class, () -> roles(ROLE_CLAIM).resolve(mallory.claims())))
                .hasMessageContaining("visitors")
                .returns("ROLE_UNKNOWN", RoleNotMappedException::code);
    }

    /** Keycloak's own place for them is an object; a mapper puts them where a claim can be named. */
    @Test
    void rolesWithinAnObjectAreNoClaimOfRoles() {
        Caller sarah = callers().verify(token("portal", "sarah"));

        assertThat(catchThrowableOfType(
                        RoleNotMappedException.class,
                        () -> roles("realm_access").resolve(sarah.claims())))
                .returns("ROLE_CLAIM_UNREADABLE", RoleNotMappedException::code);
    }

    @Test
    void tokenForAnotherApplicationIsRefused() {
        assertThat(rejection(token("as-it-comes", "sarah")))
                .hasMessageContaining("account")
                .returns("CALLER_AUDIENCE_MISMATCH", CallerRejectedException::code);
    }

    @Test
    void tokenOfAnotherRealmIsRefused(Keycloak keycloak) {
        Realm other = keycloak.realm("other-people")
                .with(ClientSpec.people("portal").audience("sales-portal"))
                .withPerson("sarah", PASSWORD);

        assertThat(rejection(other.personsToken("portal", "sarah", PASSWORD)))
                .returns("CALLER_ISSUER_MISMATCH", CallerRejectedException::code);
    }

    @Test
    void personWithoutASubjectIsRefused() {
        assertThat(rejection(token("nobody-in-particular", "sarah")))
                .hasMessageContaining("no sub")
                .returns("CALLER_TOKEN_MALFORMED", CallerRejectedException::code);
    }

    private CallerRejectedException rejection(String token) {
        return catchThrowableOfType(
                CallerRejectedException.class, () -> callers().verify(token));
    }

    private String token(String clientId, String user) {
        return realm.personsToken(clientId, user, PASSWORD);
    }

    private CallerVerifier callers() {
        return CallerVerifier.builder()
                .issuer(realm.issuer())
                .audience("sales-portal")
                .requestTimeout(Backend.PATIENCE)
                .build();
    }

    private RoleResolver roles(String claim) {
        return RoleResolver.builder()
                .claim(claim)
                .role("sales-west", "west_sales")
                .servicePrincipal("west_sales", west)
                .build();
    }
}
