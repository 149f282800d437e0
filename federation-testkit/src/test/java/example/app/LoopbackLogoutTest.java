// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import example.app.Portal.Vendor;
import example.app.Web.Answer;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackLogoutTest {
    private final FakeClock clock = new FakeClock();

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void theSessionEndsAndTheBrowserGoesToARegisteredAddress(Vendor vendor) throws Exception {
        try (Portal portal = new Portal(vendor, clock)) {
            String idToken = portal.tokens().json().path("id_token").asText();

            Answer answer = logout(
                    portal,
                    Map.of("id_token_hint", idToken, "post_logout_redirect_uri", Portal.GOODBYE, "state", "a&b"));

            assertThat(answer.status()).isEqualTo(302);
            assertThat(answer.header("Location")).isEqualTo(Portal.GOODBYE + "?state=a%26b");
            assertThat(answer.header("Set-Cookie")).startsWith("idp_session_").endsWith("; Max-Age=0");
            assertThat(portal.authorize(Map.of()).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:5173/goodbye/",
                "http://localhost:5173/callback",
                "https://evil.example/",
                "//evil.example/"
            })
    void nobodyIsSentToAnAddressThatIsNotRegistered(String address) throws Exception {
        for (Vendor vendor : Vendor.values()) {
            try (Portal portal = new Portal(vendor, clock)) {
                String idToken = portal.tokens().json().path("id_token").asText();

                Answer answer = logout(portal, Map.of("id_token_hint", idToken, "post_logout_redirect_uri", address));

                assertThat(answer.status()).as("%s", vendor).isEqualTo(400);
                assertThat(answer.header("Location")).isEmpty();
            }
        }
    }

    @Test
    void anAddressOfAnotherApplicationIsNotRegistered() throws Exception {
        try (Portal portal = new Portal(Vendor.OIDC, clock)) {
            Map<String, String> others = Map.of("client_id", "other", "post_logout_redirect_uri", Portal.GOODBYE);
            Map<String, String> nobodys = Map.of("post_logout_redirect_uri", Portal.GOODBYE);

            assertThat(logout(portal, others).status()).isEqualTo(400);
            assertThat(logout(portal, nobodys).status()).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"forged", "other", "garbage"})
    void aHintMustBeAnIdTokenOfThisApplication(String kind) throws Exception {
        try (Portal portal = new Portal(Vendor.OIDC, clock)) {
            String right = portal.tokens().json().path("id_token").asText();
            Map<String, String> hints = new HashMap<>();
            hints.put(
                    "forged",
                    portal.idp().userToken("x").audience(Portal.CLIENT).signedWithUnknownKey());
            hints.put("other", right);
            hints.put("garbage", "x.y.z");
            Map<String, String> request = new HashMap<>(Map.of("id_token_hint", hints.get(kind)));
            if (kind.equals("other")) {
                request.put("client_id", "other");
            }

            assertThat(logout(portal, request).status()).isEqualTo(400);
            assertThat(portal.authorize(Map.of()).status()).isEqualTo(302);
        }
    }

    @Test
    void withoutAddressThePageSaysSo() throws Exception {
        try (Portal portal = new Portal(Vendor.OIDC, clock)) {
            portal.code();

            Answer answer = logout(portal, Map.of());

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).contains("You are logged out.");
            assertThat(portal.authorize(Map.of()).status()).isEqualTo(200);
        }
    }

    @Test
    void oktaWantsAnIdToken() throws Exception {
        try (Portal portal = new Portal(Vendor.OKTA, clock)) {
            Answer answer = logout(portal, Map.of("client_id", Portal.CLIENT));

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text()).contains("id_token_hint");
        }
    }

    @ParameterizedTest
    @CsvSource({"http://localhost:5173/goodbye, 302", "https://evil.example/, 400"})
    void auth0sOlderLogoutCallsTheAddressReturnTo(String address, int status) throws Exception {
        try (Portal portal = new Portal(Vendor.AUTH0, clock)) {
            portal.code();
            Map<String, String> query = Map.of("client_id", Portal.CLIENT, "returnTo", address);

            Answer answer = portal.browser().get(URI.create(portal.idp().issuer() + "v2/logout?" + Web.form(query)));

            assertThat(answer.status()).isEqualTo(status);
        }
    }

    private static Answer logout(Portal portal, Map<String, String> query) throws Exception {
        return portal.browser().get(URI.create(portal.idp().login().logoutEndpoint() + "?" + Web.form(query)));
    }
}
