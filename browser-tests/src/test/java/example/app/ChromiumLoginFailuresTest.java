// SPDX-License-Identifier: Apache-2.0
package example.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import browser.Visit;
import browser.WithChromium;
import com.microsoft.playwright.Route;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import portal.Portal;
import portal.World;

/** An identity provider, or what stands before it, that answers with what it should not: the page says so and goes on. */
@ExtendWith(WithChromium.class)
class ChromiumLoginFailuresTest {
    private static final String SARAH = "sarah@partner.example";
    private static final String DISCOVERY = "**/.well-known/openid-configuration";
    private static final Map<String, String> READABLE = Map.of("Access-Control-Allow-Origin", "*");

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE html><title>Maintenance</title>",
                "",
                "null",
                "[]",
                "5",
                "{\"issuer\": \"ISSUER\"}",
                "{\"issuer\": \"ISSUER\", \"authorization_endpoint\": 5, \"token_endpoint\": null}",
                "{\"issuer\": \"ISSUER\", \"authorization_endpoint\": \"javascript:alert(1)\", \"token_endpoint\": \"/t\"}"
            })
    void discoveryThatIsNoneIsToldAndTryingAgainHelps(String body, Visit visit) {
        Portal portal = new Portal(visit, world.origin());
        portal.open();
        instead(visit, DISCOVERY, body.replace("ISSUER", world.idp().issuer()));

        portal.at("sign-in").click();
        assertNobodySignedIn(portal, visit);
        visit.page().unroute(DISCOVERY);

        portal.signIn(SARAH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE html><title>Maintenance</title>",
                "null",
                "\"eyJ\"",
                "{}",
                "{\"access_token\": \"a\", \"id_token\": \"opaque\", \"token_type\": \"Bearer\"}",
                "{\"access_token\": \"a\", \"id_token\": \"a.bnVsbA.c\", \"token_type\": \"Bearer\"}",
                "{\"access_token\": \"a\", \"id_token\": 5, \"token_type\": \"Bearer\"}",
                "{\"access_token\": \"a\", \"id_token\": \"a.b.c\", \"token_type\": 5}"
            })
    void tokenAnswerThatIsNoneIsToldAndSigningInAgainHelps(String body, Visit visit) {
        Portal portal = new Portal(visit, world.origin());
        portal.open();
        String endpoint = world.idp().tokenEndpoint().toString();
        instead(visit, endpoint, body);

        portal.at("sign-in").click();
        portal.logIn(SARAH, "correct horse");
        portal.isAt(world.origin());
        assertNobodySignedIn(portal, visit);
        visit.page().unroute(endpoint);
        portal.at("sign-in").click();

        portal.shows(SARAH);
    }

    /** RFC 9207 §2.4: who says that it names itself in each answer, and does not, is somebody else. */
    @Test
    void answerWithoutAnIssuerIsRefusedWhereTheProviderAlwaysNamesItself(Visit visit) {
        Portal portal = new Portal(visit, world.origin());
        portal.open();
        instead(visit, DISCOVERY, discovery(true));

        portal.at("sign-in").click();
        portal.logIn(SARAH, "correct horse");
        portal.isAt(world.origin());

        assertNobodySignedIn(portal, visit);
        assertThat(portal.at("notice")).containsText("another identity provider");
        assertThat(visit.log().exchanges("POST", world.idp().tokenEndpoint())).isEmpty();
    }

    @Test
    void answerWithoutAnIssuerIsTakenWhereTheProviderDoesNotSaySo(Visit visit) {
        Portal portal = new Portal(visit, world.origin());
        portal.open();
        instead(visit, DISCOVERY, discovery(false));

        portal.signIn(SARAH);
    }

    private String discovery(boolean names) {
        return """
                {"issuer": "%s", "authorization_endpoint": "%s", "token_endpoint": "%s",
                 "authorization_response_iss_parameter_supported": %s}
                """.formatted(
                        world.idp().issuer(),
                        world.idp().login().authorizationEndpoint(),
                        world.idp().tokenEndpoint(),
                        names);
    }

    private static void instead(Visit visit, String address, String body) {
        visit.page()
                .route(
                        address,
                        route -> route.fulfill(
                                new Route.FulfillOptions().setHeaders(READABLE).setBody(body)));
    }

    private static void assertNobodySignedIn(Portal portal, Visit visit) {
        assertThat(portal.at("notice")).containsText("identity provider");
        assertThat(portal.at("sign-in")).isVisible();
        assertThat(portal.at("who")).not().isVisible();
        assertThat(visit.complaints()).isEmpty();
    }
}
