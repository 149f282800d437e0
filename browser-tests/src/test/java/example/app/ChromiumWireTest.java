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
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import portal.Portal;
import portal.Tokens;
import portal.World;
import samples.StandIns;

/**
 * Every token of a whole session, looked for in every byte that went over the wire: the browser's on one side of the
 * backend, and the backend's on the other.
 */
@ExtendWith(WithChromium.class)
class ChromiumWireTest {
    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void personsTokenReachesOnlyTheIdentityProviderAndTheBackend(Visit visit) {
        wholeSession(visit);

        List<Secret> tokens = personsTokens(visit);
        assertThat(tokens).hasSizeGreaterThanOrEqualTo(8);
        assertThat(tokens)
                .allSatisfy(token -> assertThat(visit.log().sightings(token))
                        .isNotEmpty()
                        .allMatch(this::isWhereAPersonsTokenBelongs));
    }

    @Test
    void personsTokenReachesNeitherDatabricksNorTheMcpServer(Visit visit) {
        wholeSession(visit);

        assertThat(world.wire().exchanges())
                .extracting(Exchange::origin)
                .contains(world.databricksOrigin(), world.mcpOrigin(), world.idpOrigin());
        assertThat(personsTokens(visit))
                .allSatisfy(token -> assertThat(world.wire().sightings(token)).isEmpty());
    }

    @Test
    void backendsTokensAndSecretNeverReachTheBrowser(Visit visit) {
        wholeSession(visit);

        List<Secret> jwts = Tokens.issued(world.wire(), world.idp().tokenEndpoint());
        List<Secret> databricks = Tokens.issued(world.wire(), exchangeEndpoint());
        assertThat(jwts).hasSize((int) world.idp().tokensIssued()).isNotEmpty();
        assertThat(databricks)
                .hasSize((int) world.standIns().databricks().exchanges())
                .hasSizeGreaterThanOrEqualTo(2);
        assertThat(jwts).allSatisfy(token -> assertThat(sightings(visit, token)).isEmpty());
        assertThat(databricks)
                .allSatisfy(token -> assertThat(sightings(visit, token)).isEmpty());
        assertThat(world.wire().sightings(Secret.of(StandIns.SECRET))).isNotEmpty();
        assertThat(sightings(visit, Secret.of(StandIns.SECRET))).isEmpty();
    }

    @Test
    void backendsJwtReachesOnlyTheIdentityProviderAndDatabricks(Visit visit) {
        wholeSession(visit);

        assertThat(Tokens.issued(world.wire(), world.idp().tokenEndpoint()))
                .isNotEmpty()
                .allSatisfy(token -> assertThat(world.wire().sightings(token))
                        .isNotEmpty()
                        .allMatch(sighting -> sighting.receivedFrom(world.idpOrigin())
                                || (sighting.sentTo(world.databricksOrigin())
                                        && sighting.path()
                                                .equals(exchangeEndpoint().getPath())
                                        && sighting.place().equals("body"))));
    }

    @Test
    void noAddressHoldsAToken(Visit visit) {
        wholeSession(visit);

        assertThat(visit.log().jwtsInAddresses()).isEmpty();
        assertThat(world.wire().jwtsInAddresses()).isEmpty();
        assertThat(personsTokens(visit))
                .allSatisfy(token -> assertThat(visit.log().sightings(token))
                        .extracting(Sighting::place)
                        .doesNotContain("address", "location header", "referer header"));
    }

    @Test
    void pageKeepsNoTokenWhereAnotherScriptCouldFindIt(Visit visit) {
        Portal portal = new Portal(visit, world.origin());
        portal.open();
        portal.signIn("sarah@partner.example");
        portal.run();

        assertThat(visit.residue().jwts()).isEmpty();
        assertThat(personsTokens(visit))
                .isNotEmpty()
                .allSatisfy(token -> assertThat(visit.residue().places(token)).isEmpty());
        // State, nonce and verifier have done their work.
        assertThat(visit.residue().places()).doesNotContain("sessionStorage", "localStorage", "indexedDB", "caches");
    }

    @Test
    void applicationsLogHoldsNoToken(Visit visit) {
        wholeSession(visit);

        assertThat(world.log()).hasSizeGreaterThan(10).noneMatch(Secret::looksLikeJwt);
        assertThat(personsTokens(visit))
                .allSatisfy(token -> assertThat(world.log()).noneMatch(token::isIn));
    }

    @Test
    void browserSpeaksToNobodyElse(Visit visit) {
        wholeSession(visit);

        assertThat(visit.log().exchanges())
                .extracting(Exchange::origin)
                .containsOnly(world.origin(), world.idpOrigin());
        assertThat(visit.log().exchanges()).extracting(Exchange::toString).containsAll(visit.requests());
    }

    /** If the backend handed a token out, this would be seen: the same look at a wire on which it is. */
    @Test
    void tokenThatIsHandedOutIsSeen(Visit visit) {
        wholeSession(visit);
        String databricks =
                Tokens.accessTokens(world.wire(), exchangeEndpoint()).get(0);
        String persons =
                Tokens.accessTokens(visit.log(), world.idp().tokenEndpoint()).get(0);

        try (TinySite leaky = new TinySite().page("/", "<p hidden>" + databricks + "</p>")) {
            visit.page().navigate(leaky.url("/"));
            visit.page().evaluate("(token) => fetch('/', {headers: {'X-Role': token}})", persons);

            assertThat(sightings(visit, Secret.of(databricks))).isNotEmpty();
            assertThat(visit.log().sightings(Secret.of(persons)))
                    .anyMatch(sighting -> !isWhereAPersonsTokenBelongs(sighting));
            assertThat(visit.residue().jwts()).contains("DOM");
        }
    }

    /** Somebody looks at everything, somebody is denied, a session ends, and everybody goes. */
    private void wholeSession(Visit visit) {
        Portal portal = new Portal(visit, world.origin());
        portal.open();
        portal.signIn("sarah@partner.example");
        portal.run();
        portal.run();
        portal.at("switch-user").click();
        portal.logIn("mallory@partner.example", "correct horse");
        portal.at("run").click();
        portal.at("denied").waitFor();
        portal.at("switch-user").click();
        portal.logIn("edgar@partner.example", "correct horse");
        portal.run();
        visit.page().reload();
        portal.at("sign-in").waitFor();
        world.standIns().sessionsOf(Duration.ofMinutes(-1));
        portal.at("sign-in").click();
        portal.at("notice").or(portal.at("run")).first().waitFor();
        portal.open();
    }

    private boolean isWhereAPersonsTokenBelongs(Sighting sighting) {
        return sighting.receivedFrom(world.idpOrigin())
                || sighting.sentTo(world.idpOrigin())
                || (sighting.sentTo(world.origin())
                        && sighting.path().equals(world.api().getPath())
                        && sighting.place().equals("authorization header"));
    }

    private List<Secret> personsTokens(Visit visit) {
        return Tokens.issued(visit.log(), world.idp().tokenEndpoint());
    }

    private static List<Sighting> sightings(Visit visit, Secret secret) {
        return visit.log().sightings(secret);
    }

    private URI exchangeEndpoint() {
        return URI.create(NetworkLog.origin(world.standIns().databricks().workspaceUrl()) + "/oidc/v1/token");
    }
}
