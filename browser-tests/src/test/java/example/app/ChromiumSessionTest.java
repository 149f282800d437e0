// SPDX-License-Identifier: Apache-2.0
package example.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import browser.Visit;
import browser.WithChromium;
import io.tokenfederation.testkit.Fault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import portal.Portal;
import portal.Tokens;
import portal.World;

/** People who come, ask, and go. */
@ExtendWith(WithChromium.class)
class ChromiumSessionTest {
    private static final String SARAH = "sarah@partner.example";
    private static final String EDGAR = "edgar@partner.example";
    private static final String XENIA = "xenia@example.com";
    private static final String MALLORY = "mallory@partner.example";

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void threePeopleSeeThreeResults(Visit sarahs, Visit edgars, Visit xenias) {
        assertThat(rowsOf(SARAH, sarahs)).containsExactlyElementsOf(Portal.WEST);
        assertThat(rowsOf(EDGAR, edgars)).containsExactlyElementsOf(Portal.EAST);
        assertThat(rowsOf(XENIA, xenias)).containsExactlyElementsOf(Portal.ALL);

        assertThat(world.standIns().databricks().exchanges()).isEqualTo(3);
        assertThat(world.idp().tokensIssued()).isEqualTo(1);
    }

    @Test
    void pathTellsWhoseTokenItIsAndThatItIsKept(Visit visit) {
        Portal portal = signedIn(SARAH, visit);

        portal.run();
        assertThat(portal.step("caller")).containsText(SARAH);
        assertThat(portal.step("role")).containsText("sales-west");
        assertThat(portal.step("role")).containsText("west_sales");
        assertThat(portal.at("source")).containsText("exchange");
        portal.run();

        assertThat(portal.at("source")).containsText("cache");
        assertThat(world.standIns().databricks().exchanges()).isEqualTo(1);
    }

    @Test
    void wrongPasswordStaysAtTheIdentityProvider(Visit visit) {
        Portal portal = portal(visit);
        portal.open();

        portal.at("sign-in").click();
        portal.logIn(SARAH, "wrong horse");

        portal.isTold("Wrong username or password.");
        portal.isAt(world.idpOrigin());
        assertThat(Tokens.issued(visit.log(), world.idp().tokenEndpoint())).isEmpty();
        assertThat(visit.log().exchanges("POST", world.api())).isEmpty();
    }

    @Test
    void rightPasswordAfterAWrongOneSignsIn(Visit visit) {
        Portal portal = portal(visit);
        portal.open();

        portal.at("sign-in").click();
        portal.logIn(SARAH, "wrong horse");
        portal.isTold("Wrong username or password.");
        portal.logIn(SARAH, "correct horse");

        portal.shows(SARAH);
    }

    @Test
    void personWhoseRoleIsUnknownIsDenied(Visit visit) {
        Portal portal = signedIn(MALLORY, visit);

        portal.runAndBeDenied();

        // Which roles there are is nobody's business.
        assertThat(portal.at("denied")).not().containsText("west_sales");
        assertThat(world.standIns().databricks().exchangeRequests()).isZero();
        assertThat(world.standIns().mcp().requests()).isZero();
        visit.picture("denied");
    }

    @Test
    void personWhoSwitchesSeesNothingOfThePersonBefore(Visit visit) {
        Portal portal = signedIn(SARAH, visit);
        assertThat(portal.run()).containsExactlyElementsOf(Portal.WEST);

        portal.at("switch-user").click();
        portal.logIn(EDGAR, "correct horse");

        portal.shows(EDGAR);
        assertThat(visit.page().locator("body")).not().containsText("Aspen Outfitters");
        assertThat(portal.run()).containsExactlyElementsOf(Portal.EAST);
    }

    @Test
    void personWhoHasSignedOutIsAskedForThePasswordAgain(Visit visit) {
        Portal portal = signedIn(SARAH, visit);
        portal.run();

        portal.at("sign-out").click();

        assertThat(portal.at("sign-in")).isVisible();
        portal.isAt(world.origin());
        assertThat(portal.at("run")).not().isVisible();
        assertThat(visit.page().locator("body")).not().containsText("Aspen Outfitters");
        portal.at("sign-in").click();
        portal.isAt(world.idpOrigin());
        assertThat(visit.page().locator("#password")).isVisible();
    }

    @Test
    void goingBackAfterSigningOutShowsNothing(Visit visit) {
        Portal portal = signedIn(SARAH, visit);
        portal.run();
        portal.signOut();

        visit.page().goBack();

        assertThat(visit.page().locator("body")).not().containsText("Aspen Outfitters");
        assertThat(portal.at("run")).not().isVisible();
    }

    @Test
    void impatientPersonAsksOnlyOnce(Visit visit) {
        Portal portal = signedIn(SARAH, visit);

        portal.at("run").dblclick();
        portal.waitForRows();

        assertThat(visit.log().exchanges("POST", world.api())).hasSize(1);
        assertThat(portal.customers()).containsExactlyElementsOf(Portal.WEST);
    }

    @Test
    void sessionThatTheBackendCallsExpiredIsToldAndSigningInAgainHelps(Visit visit) {
        world.standIns().sessionsOf(Duration.ofMinutes(-1));
        Portal portal = portal(visit);
        portal.open();
        portal.at("sign-in").click();
        portal.logIn(SARAH, "correct horse");

        // The page may know by itself, or ask and be told.
        portal.at("run").or(portal.at("sign-in")).first().waitFor();
        if (portal.at("run").isVisible()) {
            portal.at("run").click();
        }
        assertThat(portal.at("notice")).containsText("Your session has ended. Sign in again.");
        world.standIns().sessionsOf(Duration.ofMinutes(15));
        portal.at("sign-in").click();

        portal.shows(SARAH);
        assertThat(portal.run()).containsExactlyElementsOf(Portal.WEST);
    }

    @Test
    void sessionThatEndsWhileThePageIsOpenIsTold(Visit visit) {
        visit.page().clock().install();
        Portal portal = signedIn(SARAH, visit);
        portal.run();

        visit.page().clock().fastForward("16:00");

        portal.at("run").or(portal.at("sign-in")).first().waitFor();
        if (portal.at("run").isVisible()) {
            portal.at("run").click();
        }
        assertThat(portal.at("notice")).containsText("Your session has ended. Sign in again.");
        assertThat(portal.at("sign-in")).isVisible();
    }

    @Test
    void reloadLosesTheToken(Visit visit) {
        Portal portal = signedIn(SARAH, visit);
        portal.run();

        visit.page().reload();

        assertThat(portal.at("sign-in")).isVisible();
        assertThat(portal.at("who")).not().isVisible();
        assertThat(visit.page().locator("body")).not().containsText("Aspen Outfitters");
    }

    @Test
    void failureBehindTheBackendIsToldWithoutItsReasonAndPasses(Visit visit) {
        Portal portal = signedIn(SARAH, visit);
        world.standIns().databricks().tokenEndpoint().failAlways(Fault.status(400));

        portal.at("run").click();

        assertThat(portal.step("token")).hasAttribute("data-state", "failed");
        assertThat(portal.at("rows")).not().isVisible();
        assertThat(visit.page().locator("body")).not().containsText(world.databricksOrigin());
        world.standIns().databricks().tokenEndpoint().recover();
    }

    private List<String> rowsOf(String person, Visit visit) {
        return signedIn(person, visit).run();
    }

    private Portal signedIn(String person, Visit visit) {
        Portal portal = portal(visit);
        portal.open();
        portal.signIn(person);
        return portal;
    }

    private Portal portal(Visit visit) {
        return new Portal(visit, world.origin());
    }
}
