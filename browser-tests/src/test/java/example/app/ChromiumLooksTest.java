// SPDX-License-Identifier: Apache-2.0
package example.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import browser.Device;
import browser.On;
import browser.Visit;
import browser.WithChromium;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import portal.Portal;
import portal.World;

/** The page for people who use a keyboard, a phone, a screen reader, or no light. */
@ExtendWith(WithChromium.class)
class ChromiumLooksTest {
    private static final int MOST_TABS = 40;

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void everythingCanBeDoneFromTheKeyboard(Visit visit) {
        Portal portal = portal(visit);
        portal.open();
        tabTo(visit, "[data-testid=sign-in]");
        visit.page().keyboard().press("Enter");
        portal.isAt(world.idpOrigin());
        tabTo(visit, "#username");
        visit.page().keyboard().type("sarah@partner.example");
        visit.page().keyboard().press("Tab");
        visit.page().keyboard().type("correct horse");
        visit.page().keyboard().press("Enter");
        portal.shows("sarah@partner.example");

        tabTo(visit, "[data-testid=run]");
        visit.page().keyboard().press("Enter");
        portal.waitForRows();
        tabTo(visit, "[data-testid=sign-out]");
        visit.page().keyboard().press("Enter");

        assertThat(portal.at("sign-in")).isVisible();
    }

    @Test
    void phoneNeedsNoScrollingToTheSide(@On(Device.PHONE) Visit visit) {
        Portal portal = portal(visit);
        portal.open();
        assertThat(visit.tooWideBy()).isZero();
        visit.picture("phone-signed-out");

        portal.signIn("xenia@example.com");
        portal.run();
        assertThat(visit.tooWideBy()).isZero();
        visit.picture("phone-signed-in");
        portal.at("switch-user").click();
        portal.logIn("mallory@partner.example", "correct horse");
        portal.at("run").click();
        portal.at("denied").waitFor();

        assertThat(visit.tooWideBy()).isZero();
        visit.picture("phone-denied");
    }

    @Test
    void phonesButtonsAreAsLargeAsAFinger(@On(Device.PHONE) Visit visit) {
        Portal portal = portal(visit);
        portal.open();
        portal.signIn("xenia@example.com");

        assertThat(List.of("run", "sign-out", "switch-user"))
                .allSatisfy(button ->
                        assertThat(portal.at(button).boundingBox().height).isGreaterThanOrEqualTo(40));
    }

    @Test
    void pageIsAccessibleInEveryState(Visit visit) {
        lookAtEveryState(visit, "light");
    }

    @Test
    void pageIsAccessibleInEveryStateInTheDark(@On(Device.DESKTOP_IN_THE_DARK) Visit visit) {
        lookAtEveryState(visit, "dark");
    }

    @Test
    void darkIsDark(@On(Device.DESKTOP_IN_THE_DARK) Visit visit) {
        portal(visit).open();

        Object background = visit.page()
                .evaluate("() => { const light = (e) => getComputedStyle(e).backgroundColor.match(/\\d+/g).slice(0, 3)"
                        + ".reduce((a, b) => a + Number(b), 0);"
                        + " return Math.max(light(document.body), light(document.documentElement)); }");

        assertThat((Integer) background).isLessThan(3 * 64);
    }

    @Test
    void consoleHasNothingToComplainOf(Visit visit) {
        Portal portal = portal(visit);
        portal.open();
        portal.signIn("sarah@partner.example");
        portal.run();
        portal.at("switch-user").click();
        portal.logIn("edgar@partner.example", "correct horse");
        portal.run();
        portal.at("sign-out").click();
        portal.at("sign-in").waitFor();

        assertThat(visit.complaints()).isEmpty();
    }

    /** A screen reader is told what happens, and does not have to look for it. */
    @Test
    void noticesAreAnnounced(Visit visit) {
        Portal portal = portal(visit);
        portal.open();

        visit.page().navigate(world.redirectUri() + "?error=access_denied&state=x");

        assertThat(portal.at("notice")).isVisible();
        assertThat(portal.at("notice")).hasAttribute("role", Pattern.compile("status|alert"));
    }

    @Test
    void pageSaysWhatItIs(Visit visit) {
        Portal portal = portal(visit);
        portal.open();

        assertThat(visit.page()).hasTitle(Pattern.compile(".+"));
        assertThat(visit.page().locator("h1:visible")).hasCount(1);
        assertThat(visit.page().locator("html")).hasAttribute("lang", Pattern.compile("en.*"));
        assertThat(visit.page().getByRole(AriaRole.MAIN)).hasCount(1);
    }

    private void lookAtEveryState(Visit visit, String light) {
        Portal portal = portal(visit);
        portal.open();
        lookAt(visit, light + "-signed-out");
        portal.signIn("sarah@partner.example");
        lookAt(visit, light + "-before-the-first-question");
        portal.run();
        lookAt(visit, light + "-signed-in");
        portal.run();
        lookAt(visit, light + "-from-the-cache");
        portal.at("switch-user").click();
        visit.page().locator("#username").waitFor();
        lookAt(visit, light + "-login");
        portal.logIn("mallory@partner.example", "correct horse");
        portal.at("run").click();
        portal.at("denied").waitFor();
        lookAt(visit, light + "-denied");
    }

    private static void lookAt(Visit visit, String state) {
        visit.picture(state);
        assertThat(visit.accessibilityProblems()).as(state).isEmpty();
    }

    /** Goes on with Tab only, and sees that the focus is shown. */
    private static void tabTo(Visit visit, String selector) {
        Page page = visit.page();
        for (int i = 0; i < MOST_TABS; i++) {
            if ((Boolean) page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector)) {
                assertThat((Boolean) page.evaluate("() => document.activeElement.matches(':focus-visible')"))
                        .isTrue();
                return;
            }
            page.keyboard().press("Tab");
        }
        throw new AssertionError("Tab does not lead to " + selector);
    }

    private Portal portal(Visit visit) {
        return new Portal(visit, world.origin());
    }
}
