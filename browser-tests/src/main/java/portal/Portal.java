// SPDX-License-Identifier: Apache-2.0
package portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import browser.Visit;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import samples.web.WebStandIns;

/** The web sample's page, as somebody uses it. */
public final class Portal {
    /** The customers of the west. */
    public static final List<String> WEST = List.of("Aspen Outfitters", "Bay Bikes", "Cascade Coffee");
    /** The customers of the east, and the one that is managed from there. */
    public static final List<String> EAST = List.of("Dover Docks", "Fargo Farms", "Elm Street Books");
    /** The customers an executive sees, in the order of the answer. */
    public static final List<String> ALL = List.of(
            "Dover Docks", "Aspen Outfitters", "Fargo Farms", "Bay Bikes", "Cascade Coffee", "Elm Street Books");

    private static final List<String> STEPS = List.of("caller", "role", "principal", "token", "groups", "mcp", "rows");

    private final Page page;
    private final String origin;

    public Portal(Visit visit, String origin) {
        this.page = visit.page();
        this.origin = origin;
    }

    public void open() {
        page.navigate(origin + "/");
        assertThat(at("sign-in")).isVisible();
    }

    /** Signs in at the stand-in, where everybody has the same password. */
    public void signIn(String username) {
        signIn(username, WebStandIns.PASSWORD);
    }

    /** Goes to the identity provider. */
    public void beginSignIn() {
        at("sign-in").click();
        at("sign-in").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
    }

    public void signIn(String username, String password) {
        at("sign-in").click();
        logIn(username, password);
        shows(username);
    }

    public void signOut() {
        at("sign-out").click();
        assertThat(at("sign-in")).isVisible();
    }

    public void switchTo(String username, String password) {
        at("switch-user").click();
        logIn(username, password);
        shows(username);
    }

    /** Asks, and waits to be told that there is nothing. */
    public void runAndBeDenied() {
        at("run").click();
        assertThat(at("denied")).isVisible();
        assertThat(step("role")).hasAttribute("data-state", "failed");
        assertThat(at("rows")).hasCount(0);
    }

    /** Waits for a text to be on the page, whoever's page it is. */
    public void isTold(String text) {
        assertThat(page.getByText(text)).isVisible();
    }

    /** Waits for the identity provider's form. */
    public void isAskedForAPassword() {
        assertThat(page.locator("#password")).isVisible();
    }

    /** Waits until the page says who is signed in; it calls them by their first name. */
    public void shows(String username) {
        String name = username.replaceFirst("@.*", "");
        assertThat(at("who")).containsText(Pattern.compile(name, Pattern.CASE_INSENSITIVE));
    }

    /** Fills in the form of the identity provider; both kinds name their fields the same. */
    public void logIn(String username, String password) {
        page.locator("#username").fill(username);
        page.locator("#password").fill(password);
        page.locator("#password").press("Enter");
    }

    /** Asks, waits for the end of the path, and reads the rows' first column. */
    public List<String> run() {
        at("run").click();
        waitForRows();
        return customers();
    }

    public void waitForRows() {
        for (String step : STEPS) {
            assertThat(step(step)).hasAttribute("data-state", "done");
        }
    }

    public List<String> customers() {
        return at("rows").locator("tbody tr > :first-child").allInnerTexts();
    }

    public Locator step(String name) {
        return at("step-" + name);
    }

    public Locator at(String hook) {
        return page.getByTestId(hook);
    }

    /** Where the identity provider, or whoever it is, has the browser now. */
    public void isAt(String address) {
        // The pattern is read by JavaScript, which knows no \\Q.
        assertThat(page).hasURL(Pattern.compile("^" + address.replace(".", "\\.") + "(/.*)?$"));
    }

    /** What a script of the page gets when it asks the backend with a token of its own choice: status, body, challenge. */
    @SuppressWarnings("unchecked") // JSON from the page.
    public Map<String, Object> ask(String token, Map<String, String> headers, String query, String body) {
        return (Map<String, Object>) page.evaluate("""
                async ([token, more, query, body]) => {
                  const headers = { "Content-Type": "application/json", ...more };
                  if (token) headers.Authorization = "Bearer " + token;
                  const answer = await fetch("/api/query" + query, { method: "POST", headers, body });
                  const text = await answer.text();
                  return {
                    status: answer.status,
                    challenge: answer.headers.get("WWW-Authenticate"),
                    body: answer.ok ? text : JSON.parse(text),
                  };
                }
                """, List.of(token, headers, query, body));
    }
}
