// SPDX-License-Identifier: Apache-2.0
package example.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import browser.Exchange;
import browser.Visit;
import browser.WithChromium;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import portal.Portal;
import portal.World;

/** Somebody who comes between the login and the page. */
@ExtendWith(WithChromium.class)
class ChromiumLoginAttacksTest {
    private static final String SARAH = "sarah@partner.example";
    private static final String MALLORY = "mallory@partner.example";

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    /** Whoever follows Mallory's link must not end up in Mallory's account (RFC 9700 §4.7). */
    @Test
    void codeOfAnothersLoginIsNotRedeemed(Visit mallorys, Visit sarahs) {
        URI caught = catchCallback(MALLORY, mallorys);
        Portal portal = portal(sarahs);
        portal.open();
        portal.beginSignIn();

        sarahs.page().navigate(caught.toString());

        assertNobodySignedIn(sarahs);
        assertThat(sarahs.log().exchanges("POST", world.idp().tokenEndpoint())).isEmpty();
    }

    @Test
    void codeUnderAWrongStateIsNotRedeemed(Visit visit) {
        URI caught = catchCallback(SARAH, visit);

        visit.page().navigate(caught.toString().replaceFirst("state=[^&]+", "state=guessed"));

        assertNobodySignedIn(visit);
        assertThat(visit.log().exchanges("POST", world.idp().tokenEndpoint())).isEmpty();
    }

    @Test
    void codeWithoutAStateIsNotRedeemed(Visit visit) {
        URI caught = catchCallback(SARAH, visit);

        visit.page().navigate(caught.toString().replaceFirst("&?state=[^&]+", ""));

        assertNobodySignedIn(visit);
        assertThat(visit.log().exchanges("POST", world.idp().tokenEndpoint())).isEmpty();
    }

    @Test
    void addressOfALoginThatIsOverSignsNobodyIn(Visit visit) {
        Portal portal = portal(visit);
        portal.open();
        portal.signIn(SARAH);
        URI used = callbacks(visit).get(0);

        visit.page().navigate(used.toString());

        assertNobodySignedIn(visit);
        assertThat(visit.log().exchanges("POST", world.idp().tokenEndpoint())).hasSize(1);
    }

    /** What a thief who reads the wire has: the code and the verifier. */
    @Test
    void codeThatIsRedeemedAgainGivesNothing(Visit visit) {
        Portal portal = portal(visit);
        portal.open();
        portal.signIn(SARAH);
        Exchange redeemed =
                visit.log().exchanges("POST", world.idp().tokenEndpoint()).get(0);

        Object status =
                visit.page().evaluate("""
                        async ([url, body]) => (await fetch(url, {
                          method: "POST", headers: { "Content-Type": "application/x-www-form-urlencoded" }, body,
                        })).status
                        """, List.of(world.idp().tokenEndpoint().toString(), redeemed.requestBody()));

        assertThat(redeemed.status()).isEqualTo(200);
        assertThat((Integer) status).isBetween(400, 403);
    }

    @ParameterizedTest
    @CsvSource({
        "nonce, somebody-elses",
        "aud, billing-browser",
        "iss, https://login.example.com/",
        "exp, 1000000000",
    })
    void idTokenThatIsNotOfThisLoginSignsNobodyIn(String claim, String value, Visit visit) {
        world.idp().login().idTokenForgery().claim(claim, claim.equals("exp") ? (Object) Long.valueOf(value) : value);
        Portal portal = portal(visit);
        portal.open();

        portal.at("sign-in").click();
        portal.logIn(SARAH, "correct horse");
        portal.isAt(world.origin());

        assertNobodySignedIn(visit);
    }

    /** Anybody can write an error into an address: its text is not repeated, and no markup. */
    @Test
    void refusalOfTheIdentityProviderIsToldInThePagesOwnWords(Visit visit) {
        Portal portal = portal(visit);
        portal.open();
        portal.beginSignIn();
        String markup = "%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3ECall%200900-1234";

        visit.goTo(world.redirectUri() + "?error=access_denied&error_description=" + markup + "&state="
                + parameter(visit, "state"));

        assertThat(portal.at("notice")).containsText("access_denied");
        assertNobodySignedIn(visit);
        assertThat(visit.page().locator("body")).not().containsText("0900-1234");
        assertThat(visit.page().locator("img[src=x]")).hasCount(0);
    }

    @Test
    void nothingOfTheLoginStaysInTheAddress(Visit visit) {
        Portal portal = portal(visit);
        portal.open();
        portal.signIn(SARAH);

        assertThat(URI.create(visit.page().url()).getRawQuery()).isNull();
        assertThat(URI.create(visit.page().url()).getRawFragment()).isNull();
    }

    @Test
    void everyLoginHasAStateAChallengeAndANonceOfItsOwn(Visit first, Visit second) {
        for (Visit visit : List.of(first, second)) {
            Portal portal = portal(visit);
            portal.open();
            portal.signIn(SARAH);
        }

        assertThat(List.of("state", "code_challenge", "nonce")).allSatisfy(name -> {
            String one = parameter(first, name);
            assertThat(one).hasSizeGreaterThanOrEqualTo(22).isNotEqualTo(parameter(second, name));
        });
        assertThat(parameter(first, "code_challenge_method")).isEqualTo("S256");
    }

    private String parameter(Visit visit, String name) {
        String query = visit.log()
                .exchanges("GET", world.idp().login().authorizationEndpoint())
                .get(0)
                .uri()
                .getRawQuery();
        return List.of(query.split("&")).stream()
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .findFirst()
                .orElse("");
    }

    private void assertNobodySignedIn(Visit visit) {
        Portal portal = portal(visit);
        assertThat(portal.at("sign-in")).isVisible();
        assertThat(portal.at("notice")).not().isEmpty();
        assertThat(portal.at("who")).not().isVisible();
        assertThat(visit.log().exchanges("POST", world.api())).isEmpty();
    }

    /** Logs somebody in, and takes the answer away from their browser before it can follow it. */
    private URI catchCallback(String person, Visit visit) {
        Portal portal = portal(visit);
        portal.open();
        visit.holdBack(world.redirectUri());
        portal.at("sign-in").click();
        portal.logIn(person, "correct horse");
        portal.isTold("Held back.");
        visit.holdBackNothing();
        URI caught = callbacks(visit).get(0);
        assertThat(caught.getRawQuery()).contains("code=", "state=");
        return caught;
    }

    private List<URI> callbacks(Visit visit) {
        return visit.log().exchanges("GET", world.redirectUri()).stream()
                .map(Exchange::uri)
                .toList();
    }

    private Portal portal(Visit visit) {
        return new Portal(visit, world.origin());
    }
}
