// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import example.app.Web.Answer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopbackLoginPageTest {
    private final FakeClock clock = new FakeClock();
    private final Portal portal = new Portal(Portal.Vendor.OIDC, clock);
    private final Browser browser = portal.browser();

    @AfterEach
    void close() {
        portal.close();
    }

    @Test
    void thePageIsAFormWithLabelsAndWithoutScript() throws Exception {
        Answer page = portal.authorize(Map.of());

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(page.text())
                .contains("<html lang=\"en\">", "method=\"post\"")
                .contains("<label for=\"username\">", "<label for=\"password\">")
                .contains("autocomplete=\"current-password\"")
                .doesNotContain("<script", "style=", "role=\"alert\"");
    }

    @Test
    void thePageIsNeitherKeptNorFramedNorAbleToSendElsewhere() throws Exception {
        Answer page = portal.authorize(Map.of());

        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(page.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(page.header("Content-Security-Policy"))
                .isEqualTo("default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self' "
                        + Portal.ORIGIN);
    }

    @Test
    void whatThePageRepeatsIsEscaped() throws Exception {
        String attack = "\"><script>alert('&')</script>";

        Answer hinted = portal.authorize(Map.of("login_hint", attack));
        Answer typed = browser.submit(hinted, attack, "wrong");
        Answer unknown = portal.authorize(Map.of("client_id", attack));

        assertThat(List.of(hinted.text(), typed.text(), unknown.text())).noneMatch(page -> page.contains("<script"));
        assertThat(typed.text()).contains("&quot;&gt;&lt;script&gt;alert(&#39;&amp;&#39;)");
    }

    @Test
    void theRightPasswordLeadsBackWithACode() throws Exception {
        Answer page = portal.authorize(Map.of());

        Answer answer = browser.submit(page, Portal.USERNAME, Portal.PASSWORD);

        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.header("Location")).startsWith(Portal.CALLBACK + "?code=");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void aWrongPasswordShowsThePageAgain() throws Exception {
        Answer page = portal.authorize(Map.of());

        Answer again = browser.submit(page, Portal.USERNAME, "wrong");
        Answer stranger = browser.submit(page, "nobody", Portal.PASSWORD);

        assertThat(again.status()).isEqualTo(401);
        assertThat(again.text()).contains("<p role=\"alert\" id=\"problem\">Wrong username or password.</p>");
        assertThat(stranger.status()).isEqualTo(401);
        assertThat(stranger.text()).contains("Wrong username or password.");
        assertThat(again.header("Location")).isEmpty();
        assertThat(again.header("Set-Cookie")).isEmpty();
        assertThat(browser.submit(again, Portal.USERNAME, Portal.PASSWORD).status())
                .isEqualTo(303);
    }

    @Test
    void tooManyGuessesLockTheUsernameForAMinute() throws Exception {
        Answer page = portal.authorize(Map.of());
        for (int i = 0; i < 5; i++) {
            assertThat(browser.submit(page, Portal.USERNAME, "guess " + i).status())
                    .isEqualTo(401);
        }

        Answer locked = browser.submit(page, Portal.USERNAME, Portal.PASSWORD);
        clock.advance(Duration.ofSeconds(61));
        Answer later = browser.submit(page, Portal.USERNAME, Portal.PASSWORD);

        assertThat(locked.status()).isEqualTo(429);
        assertThat(locked.header("Retry-After")).isEqualTo("61");
        assertThat(locked.header("Location")).isEmpty();
        assertThat(later.status()).isEqualTo(303);
    }

    @Test
    void aFormWithoutTheTokenOfItsPageIsRefused() throws Exception {
        Answer page = portal.authorize(Map.of());
        Map<String, String> form = Browser.hidden(page);
        form.putAll(Map.of("username", Portal.USERNAME, "password", Portal.PASSWORD));

        form.put("csrf", "A".repeat(43));
        Answer guessed = browser.post(Browser.action(page), form);
        form.remove("csrf");
        Answer missing = browser.post(Browser.action(page), form);

        assertThat(List.of(guessed, missing)).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.header("Location")).isEmpty();
            assertThat(answer.header("Set-Cookie")).isEmpty();
        });
    }

    @Test
    void theTokenOfAnotherPageIsRefused() throws Exception {
        Map<String, String> form = Browser.hidden(portal.authorize(Map.of()));
        Answer second = portal.authorize(Map.of());
        form.put("transaction", Browser.hidden(second).get("transaction"));
        form.putAll(Map.of("username", Portal.USERNAME, "password", Portal.PASSWORD));

        assertThat(browser.post(Browser.action(second), form).status()).isEqualTo(403);
    }

    @Test
    void aPageOfAnotherBrowserIsRefused() throws Exception {
        Answer attackers = portal.authorize(new Browser(), Map.of());
        portal.authorize(Map.of());

        Answer answer = browser.submit(attackers, Portal.USERNAME, Portal.PASSWORD);

        assertThat(answer.status()).isEqualTo(403);
    }

    @Test
    void twoPagesOfOneBrowserDoNotDisturbEachOther() throws Exception {
        Answer first = portal.authorize(Map.of());
        Answer second = portal.authorize(Map.of());

        assertThat(browser.submit(first, Portal.USERNAME, Portal.PASSWORD).status())
                .isEqualTo(303);
        assertThat(browser.submit(second, Portal.USERNAME, Portal.PASSWORD).status())
                .isEqualTo(303);
    }

    @Test
    void aPageIsGoodOnceAndForTenMinutes() throws Exception {
        Answer used = portal.authorize(Map.of());
        browser.submit(used, Portal.USERNAME, Portal.PASSWORD);
        Answer old = portal.authorize(Map.of("prompt", "login"));
        clock.advance(Duration.ofMinutes(10));

        assertThat(browser.submit(used, Portal.USERNAME, Portal.PASSWORD).status())
                .isEqualTo(403);
        assertThat(browser.submit(old, Portal.USERNAME, Portal.PASSWORD).status())
                .isEqualTo(403);
    }

    @Test
    void noScriptReadsTheCookiesAndNoOtherSitePostsWithThem() throws Exception {
        Answer page = portal.authorize(Map.of());
        Answer answer = browser.submit(page, Portal.USERNAME, Portal.PASSWORD);

        int port = portal.idp().tokenEndpoint().getPort();
        assertThat(page.header("Set-Cookie"))
                .matches("idp_browser_" + port + "=[\\w-]{43}; Path=/; HttpOnly; SameSite=Lax");
        assertThat(answer.header("Set-Cookie"))
                .matches("idp_session_" + port + "=[\\w-]{43}; Path=/; HttpOnly; SameSite=Lax");
    }

    @Test
    void everyLoginEndsTheSessionBeforeIt() throws Exception {
        portal.code();
        String first = session();

        browser.submit(portal.authorize(Map.of("prompt", "login")), Portal.USERNAME, Portal.PASSWORD);

        assertThat(session()).isNotEqualTo(first);
        URI asks = portal.authorize(Map.of("prompt", "login")).response().uri();
        URI silent = URI.create(asks.toString().replace("prompt=login", ""));
        String name = "idp_session_" + portal.idp().tokenEndpoint().getPort();
        assertThat(Web.get(silent, "Cookie", name + "=" + session()).status()).isEqualTo(302);
        assertThat(Web.get(silent, "Cookie", name + "=" + first).status()).isEqualTo(200);
    }

    @Test
    void theSecondLoginIsSilent() throws Exception {
        portal.code();

        Answer second = portal.authorize(Map.of());
        Answer ofAnotherApplication =
                portal.authorize(Map.of("client_id", "other", "redirect_uri", "http://localhost:5174/callback"));

        assertThat(second.status()).isEqualTo(302);
        assertThat(Web.query(second.header("Location"))).containsKeys("code", "state");
        assertThat(ofAnotherApplication.header("Location")).startsWith("http://localhost:5174/callback?code=");
    }

    @Test
    void promptLoginMaxAgeAndTheSessionsEndAskAgain() throws Exception {
        portal.code();
        clock.advance(Duration.ofSeconds(61));

        assertThat(portal.authorize(Map.of("prompt", "login")).status()).isEqualTo(200);
        assertThat(portal.authorize(Map.of("max_age", "60")).status()).isEqualTo(200);
        assertThat(portal.authorize(Map.of("max_age", "61")).status()).isEqualTo(302);
        clock.advance(Duration.ofHours(10));
        assertThat(portal.authorize(Map.of()).status()).isEqualTo(200);
    }

    @Test
    void promptNoneNeverShowsAPage() throws Exception {
        Answer before = portal.authorize(Map.of("prompt", "none"));
        portal.code();
        Answer after = portal.authorize(Map.of("prompt", "none"));

        assertThat(before.status()).isEqualTo(302);
        assertThat(Web.query(before.header("Location")))
                .containsEntry("error", "login_required")
                .containsKey("state");
        assertThat(Web.query(after.header("Location"))).containsKey("code");
    }

    @Test
    void whatIsNoFormIsRefused() throws Exception {
        URI login = Browser.action(portal.authorize(Map.of()));

        assertThat(Web.post(login, "application/json", "{}").status()).isEqualTo(400);
        assertThat(Web.postForm(login, Map.of()).status()).isEqualTo(403);
    }

    private String session() {
        return browser.cookies().stream()
                .filter(cookie -> cookie.getName().startsWith("idp_session_"))
                .findFirst()
                .orElseThrow()
                .getValue();
    }
}
