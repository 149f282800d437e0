// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import example.app.Portal.Vendor;
import example.app.Web.Answer;
import io.tokenfederation.Caller;
import io.tokenfederation.CallerVerifier;
import io.tokenfederation.RoleNotMappedException;
import io.tokenfederation.RoleResolver;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.testkit.Auth0Rules;
import io.tokenfederation.testkit.EntraRules;
import io.tokenfederation.testkit.OktaRules;
import io.tokenfederation.testkit.Person;
import java.time.Clock;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackLoginTokensTest {
    private static final ServicePrincipal WEST = ServicePrincipal.of("7cb2f8a4-49a7-4147-83db-35cb69e5cede");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            AUTH0 | api://sales | https://example.com/roles
            OKTA  | api://sales | groups
            ENTRA |             | roles
            """)
    void theAccessTokenMakesTheCallerAServicePrincipal(Vendor vendor, String audience, String claim) throws Exception {
        try (Portal portal = new Portal(vendor, Clock.systemUTC())) {
            String resource = audience == null ? EntraRules.of(portal.idp()).applicationId(Portal.API) : audience;

            Caller caller = verify(portal, resource, portal.tokens().json().path("access_token"));

            assertThat(roles(claim).resolve(caller.claims()).servicePrincipal()).isEqualTo(WEST);
        }
    }

    @ParameterizedTest
    @CsvSource({"AUTH0, https://example.com/roles", "OKTA, groups", "ENTRA, roles"})
    void theIdTokenMakesTheCallerAServicePrincipal(Vendor vendor, String claim) throws Exception {
        try (Portal portal = new Portal(vendor, Clock.systemUTC())) {
            Caller caller = CallerVerifier.builder()
                    .issuer(portal.idp().issuer())
                    .audience(Portal.CLIENT)
                    .idTokens()
                    .build()
                    .verify(portal.tokens().json().path("id_token").asText(), "n-0S6_WzA2Mj");

            assertThat(roles(claim).resolve(caller.claims()).servicePrincipal()).isEqualTo(WEST);
            assertThat(caller.email()).contains("sarah@partner.example");
        }
    }

    @Test
    void keycloakTellsRealmRolesInTheAccessTokenOnly() throws Exception {
        try (Portal portal = new Portal(Vendor.OIDC, Clock.systemUTC())) {
            JsonNode reply = portal.tokens().json();

            Caller caller = verify(portal, Portal.API, reply.path("access_token"));

            RoleResolver roles = RoleResolver.builder()
                    .claimPath("realm_access", "roles")
                    .role("sales-west", "west_sales")
                    .servicePrincipal("west_sales", WEST)
                    .build();
            assertThat(roles.resolve(caller.claims()).servicePrincipal()).isEqualTo(WEST);
            assertThat(caller.claims().texts("groups").orElseThrow()).containsExactly("partners");
            JsonNode idToken = Web.claims(reply.path("id_token").asText());
            assertThat(idToken.has("realm_access")).isFalse();
            assertThat(idToken.path("azp").asText()).isEqualTo(Portal.CLIENT);
            assertThat(idToken.path("typ").asText()).isEqualTo("ID");
        }
    }

    @Test
    void tooManyGroupsAreNamedInsteadOfListed() throws Exception {
        try (Portal portal = new Portal(Vendor.ENTRA, Clock.systemUTC())) {
            EntraRules rules = EntraRules.of(portal.idp());
            JsonNode few = accessToken(portal.tokens());
            rules.groupsOverage(true);
            JsonNode switched = accessToken(again(portal));
            rules.groupsOverage(false);
            portal.idp()
                    .person(Person.of(Portal.USERNAME, Portal.PASSWORD)
                            .groups(IntStream.range(0, 201)
                                    .mapToObj(i -> "group " + i)
                                    .toArray(String[]::new)));
            JsonNode many = accessToken(again(portal));

            assertThat(few.path("groups").path(0).asText()).isEqualTo(rules.groupId("partners"));
            assertThat(few.has("_claim_names")).isFalse();
            assertThat(switched.has("groups")).isFalse();
            assertThat(switched.path("_claim_names").path("groups").asText()).isEqualTo("src1");
            assertThat(switched.path("_claim_sources")
                            .path("src1")
                            .path("endpoint")
                            .asText())
                    .endsWith("/users/" + switched.path("oid").asText() + "/getMemberObjects");
            assertThat(many.path("_claim_names").path("groups").asText()).isEqualTo("src1");
        }
    }

    @Test
    void tooManyGroupsAreNoLackOfGroups() throws Exception {
        try (Portal portal = new Portal(Vendor.ENTRA, Clock.systemUTC())) {
            EntraRules rules = EntraRules.of(portal.idp()).groupsOverage(true);
            String audience = rules.applicationId(Portal.API);

            Caller caller = verify(portal, audience, portal.tokens().json().path("access_token"));

            assertThatExceptionOfType(RoleNotMappedException.class)
                    .isThrownBy(() -> roles("groups").resolve(caller.claims()))
                    .satisfies(e -> assertThat(e.code()).isEqualTo("ROLE_GROUPS_OVERAGE"));
        }
    }

    @Test
    void whoHasNoRoleIsDenied() throws Exception {
        try (Portal portal = new Portal(Vendor.AUTH0, Clock.systemUTC())) {
            portal.idp().person(Person.of(Portal.USERNAME, Portal.PASSWORD));

            Caller caller = verify(portal, Portal.API, portal.tokens().json().path("access_token"));

            assertThatExceptionOfType(RoleNotMappedException.class)
                    .isThrownBy(() -> roles("https://example.com/roles").resolve(caller.claims()));
        }
    }

    @Test
    void auth0WithoutAudienceGivesAnOpaqueTokenForUserInfo() throws Exception {
        try (Portal portal = new Portal(Vendor.AUTH0, new FakeClock())) {
            JsonNode reply = portal.redeem(portal.login(Map.of("audience", "")).get("code"), Map.of())
                    .json();

            String opaque = reply.path("access_token").asText();
            Answer userInfo = Web.get(portal.idp().login().userInfoEndpoint(), "Authorization", "Bearer " + opaque);
            assertThat(opaque).doesNotContain(".");
            assertThat(reply.path("scope").asText()).doesNotContain("read");
            assertThat(userInfo.json().path("email").asText()).isEqualTo("sarah@partner.example");
            assertThat(userInfo.json().path("sub"))
                    .isEqualTo(Web.claims(reply.path("id_token").asText()).path("sub"));
        }
    }

    @Test
    void auth0LeavesOutClaimsWhoseNamesItKeepsForItself() throws Exception {
        try (Portal portal = new Portal(Vendor.AUTH0, new FakeClock())) {
            Auth0Rules.of(portal.idp()).roleClaim("https://sales.example/role");
            portal.idp()
                    .person(Person.of(Portal.USERNAME, Portal.PASSWORD)
                            .roles("sales-west")
                            .claim("groups", "partners")
                            .claim("region", "west"));

            JsonNode claims = accessToken(portal.tokens());

            assertThat(claims.has("groups")).isFalse();
            assertThat(claims.path("region").asText()).isEqualTo("west");
            assertThat(claims.path("https://sales.example/role").path(0).asText())
                    .isEqualTo("sales-west");
            assertThat(claims.path("aud"))
                    .isEqualTo(Web.json("[\"api://sales\",\"" + portal.idp().issuer() + "userinfo\"]"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"roles", "https://dev-1.us.auth0.com/roles", "https://auth0.com/roles", "urn:auth0:roles"})
    void auth0TakesNoRoleClaimThatItWouldLeaveOut(String name) {
        try (Portal portal = new Portal(Vendor.AUTH0, new FakeClock())) {
            Auth0Rules rules = Auth0Rules.of(portal.idp());

            assertThatIllegalArgumentException().isThrownBy(() -> rules.roleClaim(name));
        }
    }

    @Test
    void oktaNamesThePersonDifferentlyInEachToken() throws Exception {
        try (Portal portal = new Portal(Vendor.OKTA, new FakeClock())) {
            JsonNode reply = portal.tokens().json();

            JsonNode access = Web.claims(reply.path("access_token").asText());
            JsonNode idToken = Web.claims(reply.path("id_token").asText());
            assertThat(access.path("sub").asText()).isEqualTo(Portal.USERNAME);
            assertThat(access.path("uid")).isEqualTo(idToken.path("sub"));
            assertThat(idToken.path("sub").asText()).startsWith("00u");
            assertThat(access.path("cid").asText()).isEqualTo(Portal.CLIENT);
            assertThat(access.path("groups")).isEqualTo(Web.json("[\"Everyone\",\"partners\",\"sales-west\"]"));
        }
    }

    @Test
    void oktasServersDoNotRedeemEachOthersCodes() throws Exception {
        try (Portal portal = new Portal(Vendor.OKTA, new FakeClock())) {
            OktaRules rules = OktaRules.of(portal.idp()).authorizationServer("second", "api://second");
            Map<String, String> form = Map.of(
                    "grant_type", "authorization_code",
                    "client_id", Portal.CLIENT,
                    "code", portal.code(),
                    "redirect_uri", Portal.CALLBACK,
                    "code_verifier", Portal.VERIFIER);

            Answer answer = Web.postForm(rules.tokenEndpoint("second"), form);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().path("error").asText()).isEqualTo("invalid_grant");
        }
    }

    @Test
    void entrasSubjectIsAnotherForEachApplicationAndItsTokensAreOfTheResourcesVersion() throws Exception {
        try (Portal portal = new Portal(Vendor.ENTRA, new FakeClock())) {
            EntraRules rules = EntraRules.of(portal.idp()).tokenVersion(Portal.API, 1);

            JsonNode reply = portal.tokens().json();

            JsonNode access = Web.claims(reply.path("access_token").asText());
            JsonNode idToken = Web.claims(reply.path("id_token").asText());
            assertThat(access.path("iss").asText()).isEqualTo(rules.v1Issuer());
            assertThat(access.path("aud").asText()).isEqualTo(Portal.API);
            assertThat(access.path("scp").asText()).isEqualTo("read");
            assertThat(access.path("upn").asText()).isEqualTo(Portal.USERNAME);
            assertThat(access.path("appidacr").asText()).isEqualTo("0");
            assertThat(access.path("sub")).isNotEqualTo(idToken.path("sub"));
            assertThat(access.path("oid")).isEqualTo(idToken.path("oid"));
        }
    }

    @Test
    void entraLetsBrowsersOnlyRedeemTheCodesOfABrowserApplication() throws Exception {
        try (Portal portal = new Portal(Vendor.ENTRA, new FakeClock())) {
            Answer answer = Web.postForm(
                    portal.idp().tokenEndpoint(),
                    Map.of(
                            "grant_type", "authorization_code",
                            "client_id", Portal.CLIENT,
                            "code", portal.code(),
                            "redirect_uri", Portal.CALLBACK,
                            "code_verifier", Portal.VERIFIER));

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().path("error_codes").path(0).asInt()).isEqualTo(9002327);
        }
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void userInfoWantsAGoodAccessTokenAndNoIdToken(Vendor vendor) throws Exception {
        FakeClock clock = new FakeClock();
        try (Portal portal = new Portal(vendor, clock)) {
            String idToken = portal.tokens().json().path("id_token").asText();
            var endpoint = portal.idp().login().userInfoEndpoint();

            Answer none = Web.get(endpoint);
            Answer wrong = Web.get(endpoint, "Authorization", "Bearer " + idToken);

            assertThat(none.status()).isEqualTo(401);
            assertThat(none.header("WWW-Authenticate")).isEqualTo("Bearer");
            assertThat(wrong.status()).isEqualTo(401);
            assertThat(wrong.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
        }
    }

    private static Answer again(Portal portal) throws Exception {
        Answer page = portal.authorize(Map.of("prompt", "login"));
        Answer back = portal.browser().submit(page, Portal.USERNAME, Portal.PASSWORD);
        return portal.redeem(Web.query(back.header("Location")).get("code"), Map.of());
    }

    private static JsonNode accessToken(Answer answer) {
        return Web.claims(answer.json().path("access_token").asText());
    }

    private static Caller verify(Portal portal, String audience, JsonNode token) {
        return CallerVerifier.builder()
                .issuer(portal.idp().issuer())
                .audience(audience)
                .accessTokens()
                .build()
                .verify(token.asText());
    }

    private static RoleResolver roles(String claim) {
        return RoleResolver.builder()
                .claim(claim)
                .role("sales-west", "west_sales")
                .servicePrincipal("west_sales", WEST)
                .build();
    }
}
