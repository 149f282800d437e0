// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import browser.Secret;
import browser.Sighting;
import browser.Visit;
import browser.WithChromium;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What looks for tokens where they do not belong must find one that is put there. */
@ExtendWith(WithChromium.class)
class ChromiumLeakDetectorTest {
    private static final String CLAIMS = "eyJzdWIiOiJ0aGUgb25lIHRoYXQgaXMgbG9va2VkIGZvciJ9";
    private static final String TOKEN = "eyJhbGciOiJSUzI1NiJ9." + CLAIMS + ".c2lnbmF0dXJlLW9mLXRoZS10b2tlbg";

    private final TinySite site = new TinySite().page("/", "<p>Nothing here.</p>");

    @AfterEach
    void close() {
        site.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "address       | fetch('/?x=' + encodeURIComponent(token))",
                "address       | fetch('/?x=' + btoa('token: ' + token))",
                "x-note header | fetch('/', {headers: {'X-Note': token.split('.')[2]}})",
                "body          | fetch('/', {method: 'POST', body: JSON.stringify({role: token})})",
                "body          | fetch('/', {method: 'POST', body: new URLSearchParams({a: btoa(token.split('.')[1])})})",
                "cookie header | (document.cookie = 't=' + token, fetch('/'))",
            })
    void tokenThatIsSentIsFound(String place, String script, Visit visit) {
        visit.page().navigate(site.url("/"));

        visit.page().evaluate("async (token) => { await (" + script + ") }", TOKEN);

        assertThat(visit.log().sightings(Secret.of(TOKEN)))
                .containsExactly(new Sighting(Sighting.Direction.SENT, site.url(""), "/", place));
    }

    @Test
    void tokenInARedirectAndInAPageThatIsGoneIsFound(Visit visit) {
        String encoded = URLEncoder.encode(TOKEN, StandardCharsets.UTF_8);
        site.on("/away", exchange -> {
            exchange.getResponseHeaders().set("Location", "/");
            TinySite.send(exchange, 302, "text/plain", "Moved, with " + TOKEN);
        });
        site.page("/gone", "<script>location.replace('/#" + encoded + "')</script>");

        visit.page().navigate(site.url("/away"));
        visit.page().navigate(site.url("/gone"));
        visit.page().waitForURL("**/#*");

        assertThat(visit.log().sightings(Secret.of(TOKEN)))
                .containsExactly(
                        new Sighting(Sighting.Direction.RECEIVED, site.url(""), "/away", "body"),
                        new Sighting(Sighting.Direction.RECEIVED, site.url(""), "/gone", "body"));
    }

    @Test
    void jwtInAnAddressIsFound(Visit visit) {
        site.on("/away", exchange -> {
            exchange.getResponseHeaders().set("Location", "/?id_token_hint=" + TOKEN);
            TinySite.send(exchange, 302, "text/plain", "");
        });

        visit.page().navigate(site.url("/away"));

        assertThat(visit.log().jwtsInAddresses()).extracting(Sighting::place).contains("location header", "address");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "localStorage    | localStorage.setItem('a', token)",
                "localStorage    | localStorage.setItem('a', btoa(JSON.stringify({token})))",
                "sessionStorage  | sessionStorage.setItem('a', JSON.stringify({token}))",
                "document.cookie | document.cookie = 'a=' + token",
                "address         | location.hash = token",
                "history.state   | history.replaceState({token}, '')",
                "window.name     | window.name = token",
                "window.saved    | window.saved = token",
                "DOM             | document.querySelector('p').dataset.t = token",
                "field           | document.querySelector('input').value = token",
            })
    void jwtThatThePageKeepsIsFound(String place, String script, Visit visit) {
        site.page("/kept", "<p></p><input>");
        visit.page().navigate(site.url("/kept"));

        visit.page().evaluate("(token) => { " + script + " }", TOKEN);

        assertThat(visit.residue().jwts()).contains(place);
        assertThat(visit.residue().places(Secret.of(TOKEN))).contains(place);
    }

    @Test
    void jwtInADatabaseOrACacheIsFound(Visit visit) {
        visit.page().navigate(site.url("/"));

        visit.page().evaluate("""
                        async (token) => {
                          await (await caches.open("c")).put("/kept", new Response(token));
                          await new Promise((resolve) => {
                            const opening = indexedDB.open("d");
                            opening.onupgradeneeded = () => opening.result.createObjectStore("s");
                            opening.onsuccess = () => {
                              const writing = opening.result.transaction("s", "readwrite");
                              writing.objectStore("s").put({ token }, 1);
                              writing.oncomplete = () => { opening.result.close(); resolve(); };
                            };
                          });
                        }
                        """, TOKEN);

        assertThat(visit.residue().jwts()).containsExactly("indexedDB", "caches");
    }

    @Test
    void cookieThatNoScriptSeesIsFound(Visit visit) {
        site.on("/cookie", exchange -> {
            exchange.getResponseHeaders().set("Set-Cookie", "session=" + TOKEN + "; HttpOnly");
            TinySite.send(exchange, 200, "text/plain", "");
        });

        visit.page().navigate(site.url("/cookie"));

        assertThat(visit.residue().jwts()).containsExactly("cookie");
    }

    @Test
    void nothingIsFoundWhereNothingIs(Visit visit) {
        visit.page().navigate(site.url("/?name=eyeJack&x=" + Base64.getEncoder().encodeToString(new byte[64])));

        assertThat(visit.log().sightings(Secret.of(TOKEN))).isEmpty();
        assertThat(visit.log().jwtsInAddresses()).isEmpty();
        assertThat(visit.residue().jwts()).isEmpty();
        assertThat(visit.residue().places()).contains("DOM", "address");
    }
}
