// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import browser.Exchange;
import browser.NetworkLog;
import browser.Secret;
import browser.Sighting;
import browser.Visit;
import browser.WithChromium;
import java.net.URI;
import java.util.List;
import java.util.Map;
import keycloak.ClientSpec;
import keycloak.Keycloak;
import keycloak.Realm;
import keycloak.WithKeycloak;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import portal.Portal;
import portal.Tokens;
import portal.World;

/** The web sample, with nothing changed but its configuration: people log in on Keycloak's own page, in a real browser. */
@ExtendWith({WithKeycloak.class, WithChromium.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeycloakWebSampleTest {
    private static final String PASSWORD = "password-of-everybody";

    private Realm realm;
    private World world;

    @BeforeAll
    void setUp(Keycloak keycloak) {
        realm = keycloak.realm("web-sample");
        world = new World(settings("sales-portal"));
        realm.with(ClientSpec.browser("sales-portal", world.redirectUri(), world.home())
                        .audience("sales-api"))
                .with(ClientSpec.browser("billing-portal", world.redirectUri(), world.home())
                        .audience("sales-api"))
                .withPerson("sarah", PASSWORD, "sales-west")
                .withPerson("edgar", PASSWORD, "sales-east")
                .withPerson("xenia", PASSWORD, "executives")
                .withPerson("mallory", PASSWORD, "interns");
    }

    @AfterAll
    void close() {
        world.close();
    }

    @Test
    void threePeopleSeeThreeResults(Visit sarahs, Visit edgars, Visit xenias) {
        assertThat(signedIn("sarah", sarahs).run()).containsExactlyElementsOf(Portal.WEST);
        assertThat(signedIn("edgar", edgars).run()).containsExactlyElementsOf(Portal.EAST);
        assertThat(signedIn("xenia", xenias).run()).containsExactlyElementsOf(Portal.ALL);

        sarahs.picture("keycloak-signed-in");
        assertThat(world.standIns().mcp().lastCallerEmail()).contains("xenia@partner.example");
        assertThat(sarahs.complaints()).isEmpty();
    }

    @Test
    void personWhoseRoleIsUnknownIsDenied(Visit visit) {
        Portal portal = signedIn("mallory", visit);

        portal.runAndBeDenied();

        assertThat(visit.log().exchanges("POST", world.api())).singleElement().returns(403, Exchange::status);
    }

    @Test
    void wrongPasswordStaysAtKeycloak(Visit visit) {
        Portal portal = portal(visit);
        portal.open();

        portal.beginSignIn();
        portal.logIn("sarah", "wrong password");

        portal.isTold("Invalid username or password.");
        portal.isAt(realm.issuer());
        assertThat(Tokens.issued(visit.log(), tokenEndpoint())).isEmpty();
    }

    @Test
    void personWhoSwitchesSeesNothingOfThePersonBefore(Visit visit) {
        Portal portal = signedIn("sarah", visit);
        portal.run();

        portal.switchTo("edgar", PASSWORD);

        assertThat(portal.customers()).isEmpty();
        assertThat(portal.run()).containsExactlyElementsOf(Portal.EAST);
    }

    @Test
    void personWhoHasSignedOutIsAskedForThePasswordAgain(Visit visit) {
        Portal portal = signedIn("sarah", visit);

        portal.signOut();
        portal.beginSignIn();

        portal.isAt(realm.issuer());
        portal.isAskedForAPassword();
    }

    @Test
    void personsTokenReachesOnlyKeycloakAndTheBackend(Visit visit) {
        Portal portal = signedIn("sarah", visit);
        portal.run();
        portal.signOut();

        assertThat(world.wire().exchanges())
                .extracting(Exchange::origin)
                .contains(world.databricksOrigin(), world.mcpOrigin());
        // Access, ID and refresh token.
        List<Secret> tokens = Tokens.issued(visit.log(), tokenEndpoint());
        assertThat(tokens).hasSize(3);
        assertThat(tokens).allSatisfy(token -> {
            assertThat(visit.log().sightings(token))
                    .isNotEmpty()
                    .allMatch(sighting -> (sighting.origin().equals(keycloak())
                                    && !sighting.place().equals("address"))
                            || (sighting.sentTo(world.origin())
                                    && sighting.place().equals("authorization header")));
            assertThat(world.wire().sightings(token)).isEmpty();
            assertThat(visit.residue().places(token)).isEmpty();
        });
        // Keycloak's login page has an object of its own, in Base64, in its address.
        assertThat(visit.log().jwtsInAddresses()).extracting(Sighting::origin).containsOnly(keycloak());
        assertThat(visit.residue().jwts()).isEmpty();
    }

    @Test
    void tokenOfAnotherApplicationOfTheRealmIsRefused(Visit visit) {
        String other = world.openAnother(settings("billing-portal"));
        Portal portal = signedIn("sarah", visit);
        String token = Tokens.accessTokens(visit.log(), tokenEndpoint()).get(0);

        assertThat(portal.ask(token, Map.of(), "", "{}")).containsEntry("status", 200);
        visit.goTo(other + "/");

        assertThat(new Portal(visit, other).ask(token, Map.of(), "", "{}")).containsEntry("status", 401);
    }

    /** The realm is as strict as the guide says it should be; and the page tells what Keycloak said. */
    @Test
    void loginWithoutPkceIsRefused(Visit visit) {
        Portal portal = portal(visit);
        portal.open();

        visit.goTo(realm.issuer() + "/protocol/openid-connect/auth?response_type=code&scope=openid&state=s"
                + "&client_id=sales-portal&redirect_uri=" + world.redirectUri());

        portal.isAt(world.origin());
        assertThat(visit.log().exchanges("GET", world.redirectUri()))
                .singleElement()
                .satisfies(exchange -> assertThat(exchange.uri().getQuery())
                        .contains("error=invalid_request")
                        .doesNotContain("code="));
    }

    private Map<String, String> settings(String clientId) {
        return Map.of(
                "LOGIN_ISSUER", realm.issuer(),
                "LOGIN_CLIENT_ID", clientId,
                "LOGIN_AUDIENCE", "sales-api",
                "LOGIN_AUDIENCE_PARAMETER", "none",
                "ROLE_CLAIM", "[\"realm_access\", \"roles\"]");
    }

    private Portal signedIn(String person, Visit visit) {
        Portal portal = portal(visit);
        portal.open();
        portal.signIn(person, PASSWORD);
        return portal;
    }

    private Portal portal(Visit visit) {
        return new Portal(visit, world.origin());
    }

    private URI tokenEndpoint() {
        return URI.create(realm.tokenEndpoint());
    }

    private String keycloak() {
        return NetworkLog.origin(tokenEndpoint());
    }
}
