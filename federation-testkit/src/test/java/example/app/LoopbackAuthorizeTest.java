// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import example.app.Portal.Vendor;
import example.app.Web.Answer;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.OktaRules;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackAuthorizeTest {
    private final FakeClock clock = new FakeClock();
    private final Portal portal = new Portal(Vendor.OIDC, clock);

    @AfterEach
    void close() {
        portal.close();
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void theStateComesBackAsItWas(Vendor vendor) throws Exception {
        try (Portal other = new Portal(vendor, clock)) {
            assertThat(other.login(Map.of())).containsEntry("state", "state of the portal&=");
            assertThat(Web.query(other.authorize(Map.of("scope", "openid nothing/at/all", "audience", "nowhere"))
                            .header("Location")))
                    .containsEntry("state", "state of the portal&=");
        }
    }

    @Test
    void noStateIsMadeUp() throws Exception {
        assertThat(portal.login(Map.of("state", ""))).containsKey("code").doesNotContainKey("state");
    }

    @Test
    void theAnswerNamesTheIssuer() throws Exception {
        assertThat(portal.login(Map.of())).containsEntry("iss", portal.idp().issuer());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:5173/callback/",
                "http://localhost:5173/callback?next=/",
                "http://localhost:5173/Callback",
                "http://localhost:5173/callback/../evil",
                "http://localhost:5173/callback#x",
                "http://localhost:5174/callback",
                "http://127.0.0.1:5173/callback",
                "https://localhost:5173/callback",
                "http://localhost:5173@evil.example/callback",
                "http://localhost:5173.evil.example/callback",
                "https://evil.example/?http://localhost:5173/callback",
                "//evil.example/callback",
                "javascript:alert(1)",
                ""
            })
    void nobodyIsSentToAnAddressThatIsNotRegistered(String redirectUri) throws Exception {
        Answer answer = portal.authorize(Map.of("redirect_uri", redirectUri));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Location")).isEmpty();
        assertThat(answer.text()).contains("Invalid parameter: redirect_uri").doesNotContain("evil", "<form");
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void anUnknownApplicationAndAWrongAddressAreShownOnThePage(Vendor vendor) throws Exception {
        try (Portal other = new Portal(vendor, clock)) {
            Answer unknown = other.authorize(Map.of("client_id", "nobody"));
            Answer wrong = other.authorize(Map.of("redirect_uri", "http://localhost:1/"));

            assertThat(unknown.status()).isEqualTo(400);
            assertThat(unknown.header("Location")).isEmpty();
            assertThat(wrong.status()).isEqualTo(400);
            assertThat(wrong.header("Location")).isEmpty();
        }
    }

    @Test
    void aClientThatIsNoBrowserApplicationCannotLogPeopleIn() throws Exception {
        portal.idp().m2mClient("backend", "secret");

        assertThat(portal.authorize(Map.of("client_id", "backend")).status()).isEqualTo(400);
    }

    @Test
    void aParameterThatIsThereTwiceIsShownOnThePage() throws Exception {
        URI uri = portal.authorize(Map.of()).response().uri();

        Answer twice = portal.browser().get(URI.create(uri + "&redirect_uri=http://evil.example/"));

        assertThat(twice.status()).isEqualTo(400);
        assertThat(twice.header("Location")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            code_challenge        |          | invalid_request
            code_challenge_method |          | invalid_request
            code_challenge_method | plain    | invalid_request
            code_challenge_method | s256     | invalid_request
            code_challenge        | short    | invalid_request
            response_type         |          | invalid_request
            response_type         | token    | unsupported_response_type
            response_type         | code id_token | unsupported_response_type
            response_mode         | fragment | invalid_request
            prompt                | none login | invalid_request
            max_age               | -1       | invalid_request
            request               | eyJhbGci | request_not_supported
            request_uri           | https://evil.example/ | request_not_supported
            scope                 | openid admin | invalid_scope
            audience              | elsewhere | invalid_target
            """)
    void aRequestAgainstTheRulesIsSentBack(String parameter, String value, String error) throws Exception {
        Answer answer = portal.authorize(Map.of(parameter, value == null ? "" : value));

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("Location")).startsWith(Portal.CALLBACK + "?");
        assertThat(Web.query(answer.header("Location")))
                .containsEntry("error", error)
                .containsEntry("state", "state of the portal&=")
                .doesNotContainKey("code");
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void everyProviderWantsAChallengeOfSha256(Vendor vendor) throws Exception {
        try (Portal other = new Portal(vendor, clock)) {
            Answer missing = other.authorize(Map.of("code_challenge", "", "code_challenge_method", ""));
            Answer plain = other.authorize(Map.of("code_challenge", Portal.VERIFIER, "code_challenge_method", "plain"));

            assertThat(Web.query(missing.header("Location"))).containsEntry("error", "invalid_request");
            assertThat(Web.query(plain.header("Location"))).containsEntry("error", "invalid_request");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            AUTH0 | audience | elsewhere                   | access_denied    | Service not found: elsewhere
            AUTH0 | audience | api://closed                | access_denied    | not authorized
            OKTA  | scope    | openid admin                | invalid_scope    | not configured
            OKTA  | scope    | openid forbidden            | access_denied    | Denied scopes: [forbidden]
            OKTA  | scope    |                             | invalid_scope    | must be provided
            ENTRA | scope    |                             | invalid_request  | AADSTS900144
            ENTRA | scope    | openid api://elsewhere/read | invalid_resource | AADSTS500011
            ENTRA | scope    | openid api://sales/write    | invalid_client   | AADSTS650053
            ENTRA | scope    | openid api://closed/read    | consent_required | AADSTS65001
            ENTRA | scope    | api://sales/read api://second/read | invalid_scope | AADSTS700022
            ENTRA | scope    | openid admin                | invalid_scope    | AADSTS70011
            ENTRA | resource | api://sales                 | invalid_request  | AADSTS901002
            """)
    void whatIsNotToBeHadIsRefusedInTheProvidersWords(
            Vendor vendor, String parameter, String value, String error, String words) throws Exception {
        try (Portal other = new Portal(vendor, clock)) {
            if (vendor == Vendor.OKTA) {
                OktaRules.of(other.idp()).scope("forbidden");
            } else {
                other.idp().api("api://closed").api("api://second").grant(Portal.CLIENT, "api://second", "read");
            }

            Answer answer = other.authorize(Map.of(parameter, value == null ? "" : value));

            Map<String, String> back = Web.query(answer.header("Location"));
            assertThat(back).containsEntry("error", error);
            assertThat(back.get("error_description")).contains(words);
        }
    }

    @Test
    void theRequestMayComeByPost() throws Exception {
        Map<String, String> form =
                Web.query(portal.authorize(Map.of()).response().uri().toString());

        Answer page = portal.browser().post(portal.idp().login().authorizationEndpoint(), form);

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).contains("<form");
    }

    @Test
    void aQueryOfTheAddressIsKept() throws Exception {
        String address = "https://portal.example/callback?tenant=1";

        Answer answer = portal.authorize(Map.of("redirect_uri", address, "prompt", "none"));

        assertThat(answer.header("Location")).startsWith(address + "&error=login_required");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://portal.example/callback",
                "http://localhost.evil.example/",
                "https://portal.example/#fragment",
                "https://user@portal.example/",
                "myapp://callback",
                "/callback"
            })
    void onlySafeAddressesCanBeRegistered(String uri) {
        assertThatIllegalArgumentException().isThrownBy(() -> portal.idp().browserApplication("app", uri));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> portal.idp().login().logoutUris(Portal.CLIENT, uri));
    }

    @Test
    void anApplicationNeedsAnAddress() {
        assertThatIllegalArgumentException().isThrownBy(() -> portal.idp().browserApplication("app"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> portal.idp().login().logoutUris("nobody", "https://portal.example/"));
    }

    @Test
    void nobodyLogsInAtARuntime() {
        try (LoopbackIdp gitHub = LoopbackIdp.gitHubActions().start()) {
            assertThatIllegalArgumentException().isThrownBy(gitHub::login);
        }
    }
}
