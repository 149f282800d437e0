// SPDX-License-Identifier: Apache-2.0
package example.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import browser.Visit;
import browser.WithChromium;
import com.microsoft.playwright.Route;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import portal.Portal;
import portal.World;

/** What the page makes of an answer: it alters nothing of it, and notices when the end is missing. */
@ExtendWith(WithChromium.class)
class ChromiumAnswerTest {
    private static final String TWO_STEPS = """
            {"step": "caller", "ok": true, "ms": 1, "detail": {"subject": "auth0|7", "issuer": "https://idp.example.com/"}}
            {"step": "role", "ok": true, "ms": 1, "detail": {"claim": "role", "idpRole": "west", "role": "west_sales"}}
            """;

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void valuesAreShownAsTheyCame(Visit visit) {
        Portal portal = answered(visit, TWO_STEPS + rows("""
                ["01234", "2026", "12345678901234567890.12", "-0.10", null],
                [5, true, "1200000.50", {"a": [null]}, ""]"""));

        portal.at("run").click();

        assertThat(portal.step("rows")).hasAttribute("data-state", "done");
        assertThat(portal.at("rows").locator("td").allTextContents())
                .containsExactly(
                        "01234",
                        "2026",
                        "12345678901234567890.12",
                        "-0.10",
                        "",
                        "5",
                        "true",
                        "1200000.50",
                        "{\"a\":[null]}",
                        "");
        assertThat(portal.step("caller")).hasAttribute("data-state", "done");
        assertThat(portal.at("notice")).not().isVisible();
        assertThat(visit.complaints()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"step\": \"princ",
                "<html>\n",
                "null\n",
                "{\"step\": \"rows\", \"ok\": true, \"detail\": {}}"
            })
    void answerThatBreaksOffIsToldAtTheStepThatWasUnderWay(String rest, Visit visit) {
        Portal portal = answered(visit, TWO_STEPS + rest);

        portal.at("run").click();

        assertThat(portal.at("notice")).containsText("The answer broke off.");
        assertThat(portal.step("principal")).hasAttribute("data-state", "failed");
        assertThat(portal.step("caller")).hasAttribute("data-state", "done");
        assertThat(portal.step("role")).hasAttribute("data-state", "done");
        assertThat(portal.step("token")).hasAttribute("data-state", "waiting");
        assertThat(visit.page().locator("#empty")).hasText("No answer this time.");
        assertThat(portal.at("run")).not().hasAttribute("aria-disabled", "true");
    }

    @Test
    void answerThatCannotBeShownIsNoFailureOfTheLogin(Visit visit) {
        Portal portal = answered(visit, TWO_STEPS + rows("5"));

        portal.at("run").click();

        assertThat(portal.at("notice")).containsText("This page cannot show the answer.");
        assertThat(portal.step("caller")).hasAttribute("data-state", "done");
    }

    @Test
    void applicationThatIsGoneIsToldAtTheFirstStep(Visit visit) {
        Portal portal = signedIn(visit);
        visit.page().route("**/api/query", Route::abort);

        portal.at("run").click();

        assertThat(portal.at("notice")).containsText("The application cannot be reached.");
        assertThat(portal.step("caller")).hasAttribute("data-state", "failed");
    }

    private static String rows(String rows) {
        return "{\"step\": \"rows\", \"ok\": true, \"ms\": 1, \"detail\": {"
                + "\"columns\": [\"a\", \"b\", \"c\", \"d\", \"e\"], \"rows\": [" + rows.replace("\n", "") + "]}}\n";
    }

    private Portal answered(Visit visit, String body) {
        Portal portal = signedIn(visit);
        visit.page()
                .route(
                        "**/api/query",
                        route -> route.fulfill(new Route.FulfillOptions()
                                .setContentType("application/x-ndjson")
                                .setBody(body)));
        return portal;
    }

    private Portal signedIn(Visit visit) {
        Portal portal = new Portal(visit, world.origin());
        portal.open();
        portal.signIn("sarah@partner.example");
        return portal;
    }
}
