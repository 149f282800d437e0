// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import browser.Visit;
import browser.WithChromium;
import com.microsoft.playwright.Route;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.UserToken;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import portal.Portal;
import portal.World;
import samples.web.WebStandIns;

/** Somebody at the browser's developer tools: tokens that are not what they say, and roles nobody gave. */
@ExtendWith(WithChromium.class)
class ChromiumForgeryTest {
    /** A way to get a token that must be refused. */
    @FunctionalInterface
    interface Forging {
        String token(World world);
    }

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    static Stream<Named<Forging>> forgeries() {
        return Stream.of(
                Named.of(
                        "for another audience",
                        world -> token(world, "billing-portal").sign()),
                Named.of("for nobody", world -> like(world, world.idp()).sign()),
                Named.of("alg none", world -> good(world).unsigned()),
                Named.of("HS256 with the public key", world -> good(world).hs256WithPublicKey()),
                Named.of(
                        "another's signature under the right key id",
                        world -> good(world).signedWithUnknownKey()),
                Named.of("unknown key id", ChromiumForgeryTest::signedElsewhere),
                Named.of(
                        "expired",
                        world -> good(world).expiresIn(Duration.ofMinutes(-1)).sign()),
                Named.of(
                        "not valid yet",
                        world -> good(world)
                                .claim("nbf", Instant.now().plusSeconds(300).getEpochSecond())
                                .sign()),
                Named.of(
                        "of another issuer",
                        world -> good(world)
                                .claim("iss", "https://login.example.com/")
                                .sign()),
                Named.of(
                        "of another application",
                        world -> good(world).claim("azp", "billing-browser").sign()),
                Named.of(
                        "the ID token",
                        world -> token(world, WebStandIns.CLIENT_ID).sign()),
                Named.of("no token at all", world -> "null"));
    }

    @ParameterizedTest
    @MethodSource("forgeries")
    void tokenThatIsNotWhatItSaysIsRefusedWithoutAReason(Forging forging, Visit visit) {
        Portal portal = new Portal(visit, world.origin());
        portal.open();

        Map<String, Object> answer = portal.ask(forging.token(world), Map.of(), "", "{}");

        assertThat(answer)
                .containsEntry("status", 401)
                .containsEntry("body", Map.of("code", "SIGN_IN", "message", "The token is not accepted; log in again."))
                .hasEntrySatisfying(
                        "challenge",
                        challenge -> assertThat((String) challenge)
                                .startsWith("Bearer")
                                .doesNotContain("audience", "alg", "kid", "expired"));
        assertThat(world.standIns().databricks().exchangeRequests()).isZero();
        assertThat(world.standIns().mcp().requests()).isZero();
    }

    @Test
    void requestWithoutATokenIsToldToBringOne(Visit visit) {
        Portal portal = new Portal(visit, world.origin());
        portal.open();

        assertThat(portal.ask("", Map.of(), "", "{}"))
                .containsEntry("status", 401)
                .containsEntry("challenge", "Bearer")
                .containsEntry("body", Map.of("code", "SIGN_IN", "message", "A token is required."));
    }

    /** So it is the flaw that they are refused for. */
    @Test
    void tokenWithoutAFlawIsNotRefused(Visit visit) {
        Portal portal = new Portal(visit, world.origin());
        portal.open();

        assertThat(portal.ask(good(world).sign(), Map.of(), "", "{}"))
                .containsEntry("status", 200)
                .hasEntrySatisfying(
                        "body",
                        rows -> assertThat((String) rows)
                                .contains("Aspen Outfitters")
                                .doesNotContain("Dover Docks"));
    }

    @Test
    void roleThatTheRequestNamesChangesNothing(Visit visit) {
        Portal portal = new Portal(visit, world.origin());
        portal.open();
        Map<String, String> headers = Map.of(
                "X-Role", "executive",
                "X-Caller-Role", "executive",
                "X-Caller-Email", "xenia@example.com",
                "X-Databricks-Token", "eyJ0ZXN0Ijp0cnVlfQ");
        String body =
                "{\"role\": \"executive\", \"roles\": [\"executives\"], \"https://example.com/role\": \"executives\"}";

        visit.page().evaluate("() => { document.cookie = 'role=executive' }");
        Map<String, Object> answer =
                portal.ask(good(world).sign(), headers, "?role=executive&servicePrincipal=executive", body);

        assertThat(answer)
                .containsEntry("status", 200)
                .hasEntrySatisfying(
                        "body",
                        rows -> assertThat((String) rows)
                                .contains("west_sales", "Aspen Outfitters")
                                .doesNotContain("executive")
                                .doesNotContain("Dover Docks"));
        assertThat(world.standIns().mcp().lastCallerRole()).contains("west_sales");
        assertThat(world.standIns().mcp().lastCallerEmail()).contains("sarah@partner.example");
    }

    /** The page's own request, changed on its way out. */
    @Test
    void roleThatIsSlippedIntoThePagesOwnRequestChangesNothing(Visit visit) {
        Portal portal = new Portal(visit, world.origin());
        visit.page().route("**/api/query", ChromiumForgeryTest::slipInARole);
        portal.open();
        portal.signIn("sarah@partner.example");

        assertThat(portal.run()).containsExactlyElementsOf(Portal.WEST);
        assertThat(visit.log().exchanges("POST", world.api())).last().satisfies(exchange -> {
            assertThat(exchange.requestHeader("x-role")).containsExactly("executive");
            assertThat(exchange.requestBody()).contains("executives");
        });
        assertThat(world.standIns().mcp().lastCallerRole()).contains("west_sales");
    }

    /** A signature that covers another role is no signature. */
    @Test
    void roleThatIsWrittenIntoTheTokenIsRefused(Visit visit) {
        Portal portal = new Portal(visit, world.origin());
        portal.open();
        String[] sarah = good(world).sign().split("\\.");
        String[] xenia = token(world, WebStandIns.AUDIENCE)
                .claim(WebStandIns.ROLE_CLAIM, "executives")
                .sign()
                .split("\\.");

        Map<String, Object> answer = portal.ask(String.join(".", sarah[0], xenia[1], sarah[2]), Map.of(), "", "{}");

        assertThat(answer).containsEntry("status", 401);
    }

    @Test
    void pageOfAnotherSiteIsNotAnsweredEvenWithAToken(Visit visit) {
        try (TinySite other = new TinySite().page("/", "<p>Other</p>")) {
            visit.page().navigate(other.url("/"));

            Object answered = visit.page()
                    .evaluate("""
                            async ([url, token]) => {
                              const headers = { "Content-Type": "application/json", Authorization: "Bearer " + token };
                              const answered = (options) =>
                                fetch(url, { method: "POST", body: "{}", ...options }).then(() => true, () => false);
                              return [await answered({ mode: "no-cors" }), await answered({ headers })];
                            }
                            """, List.of(world.api().toString(), good(world).sign()));

            assertThat(answered).isEqualTo(List.of(false, false));
            assertThat(visit.log().exchanges("POST", world.api()))
                    .isNotEmpty()
                    .allSatisfy(exchange -> assertThat(exchange.status()).isEqualTo(403));
            assertThat(world.standIns().mcp().requests()).isZero();
        }
    }

    private static void slipInARole(Route route) {
        Map<String, String> headers = new HashMap<>(route.request().headers());
        headers.put("x-role", "executive");
        route.resume(new Route.ResumeOptions().setHeaders(headers).setPostData("{\"role\": \"executives\"}"));
    }

    private static UserToken good(World world) {
        return token(world, WebStandIns.AUDIENCE);
    }

    private static UserToken token(World world, String audience) {
        return like(world, world.idp()).audience(audience);
    }

    private static UserToken like(World world, LoopbackIdp signer) {
        return signer.userToken("auth0|sarah")
                .claim("iss", world.idp().issuer())
                .claim("azp", WebStandIns.CLIENT_ID)
                .claim("https://example.com/email", "sarah@partner.example")
                .claim(WebStandIns.ROLE_CLAIM, "sales-west");
    }

    private static String signedElsewhere(World world) {
        try (LoopbackIdp other = LoopbackIdp.auth0().start()) {
            return like(world, other).audience(WebStandIns.AUDIENCE).sign();
        }
    }
}
