// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenfederation.RoleNotMappedException;
import io.tokenfederation.RoleResolver;
import io.tokenfederation.RoleResolverBuilder;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.VerifiedClaims;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where each identity provider puts the role, and what an operator reads when it is not there. */
final class RoleClaimTest {
    private static final ServicePrincipal WEST = ServicePrincipal.of("bc3cfe6c-0f34-4b4a-9c39-2a1d1c9a0001");
    private static final String GROUP_ID = "11111111-2222-3333-4444-555555555555";

    @ParameterizedTest
    @ValueSource(
            strings = {"https://example.com/role", "realm_access.roles", "urn:x:role", "roles", "a/b", "$.role", "*"})
    void nameIsLiteral(String name) {
        VerifiedClaims claims = claims(Map.of(
                name,
                "sales-west",
                "realm_access",
                Map.of("roles", List.of("executives")),
                "a",
                Map.of("b", "executives")));

        assertThat(resolver().claim(name).build().resolve(claims).name()).isEqualTo("west_sales");
    }

    @Test
    void keycloakRolesAreWithinAnotherClaim() {
        VerifiedClaims claims = claims(Map.of(
                "realm_access", Map.of("roles", List.of("offline_access", "sales-west")), "realm_access.roles", "x"));

        assertThat(resolver()
                        .claimPath("realm_access", "roles")
                        .build()
                        .resolve(claims)
                        .name())
                .isEqualTo("west_sales");
    }

    @Test
    void clientRolesOfKeycloakAreDeeper() {
        VerifiedClaims claims =
                claims(Map.of("resource_access", Map.of("sales.portal", Map.of("roles", List.of("sales-west")))));

        assertThat(resolver()
                        .claimPath("resource_access", "sales.portal", "roles")
                        .build()
                        .resolve(claims)
                        .name())
                .isEqualTo("west_sales");
    }

    @Test
    void dottedNameOfWhatIsNestedIsExplained() {
        RoleNotMappedException denied = denial(
                resolver().claim("realm_access.roles"), Map.of("realm_access", Map.of("roles", List.of("sales-west"))));

        assertThat(denied.code()).isEqualTo("ROLE_CLAIM_MISSING");
        assertThat(denied.fix()).contains("claimPath(\"realm_access\", \"roles\")");
    }

    @Test
    void missingMemberOfAPathSaysWhatIsThere() {
        RoleNotMappedException denied = denial(
                resolver().claimPath("realm_access", "roles"), Map.of("realm_access", Map.of("groups", "canary")));

        assertThat(denied.code()).isEqualTo("ROLE_CLAIM_MISSING");
        assertThat(denied)
                .hasMessageContaining("'realm_access' > 'roles'")
                .hasMessageContaining("[groups]")
                .hasMessageNotContaining("canary");
    }

    @Test
    void pathThroughAStringIsUnreadable() {
        RoleNotMappedException denied =
                denial(resolver().claimPath("realm_access", "roles"), Map.of("realm_access", "canary"));

        assertThat(denied.code()).isEqualTo("ROLE_CLAIM_UNREADABLE");
        assertThat(denied).hasMessageContaining("a string").hasMessageNotContaining("canary");
    }

    @Test
    void entraGroupIdsAreRolesLikeOthers() {
        RoleResolver groups = RoleResolver.builder()
                .claim("groups")
                .role(GROUP_ID, "west_sales")
                .servicePrincipal("west_sales", WEST)
                .build();

        assertThat(groups.resolve(claims(Map.of("groups", List.of(GROUP_ID)))).name())
                .isEqualTo("west_sales");
    }

    @Test
    void objectIdsWhereNamesAreExpectedAreExplained() {
        assertThat(denial(resolver().claim("groups"), Map.of("groups", List.of(GROUP_ID))))
                .hasMessageContaining("these are object ids");
    }

    @Test
    void tooManyGroupsAreAnErrorOfTheirOwn() {
        List<Map<String, Object>> overages = List.of(
                Map.of("_claim_names", Map.of("groups", "src1"), "_claim_sources", Map.of("src1", Map.of())),
                Map.of("hasgroups", true),
                Map.of("hasgroups", "true"),
                // Part of them, maybe: not enough to decide by.
                Map.of("_claim_names", Map.of("groups", "src1"), "groups", List.of("sales-west")));

        for (Map<String, Object> overage : overages) {
            RoleNotMappedException denied = denial(resolver().claim("groups"), overage);

            assertThat(denied.code()).isEqualTo("ROLE_GROUPS_OVERAGE");
            assertThat(denied.fix()).contains("app roles");
        }
    }

    @Test
    void tooManyGroupsAreNoMatterWhereAppRolesDecide() {
        VerifiedClaims claims = claims(
                Map.of("roles", List.of("sales-west"), "_claim_names", Map.of("groups", "src1"), "hasgroups", true));

        assertThat(resolver().claim("roles").build().resolve(claims).name()).isEqualTo("west_sales");
    }

    @Test
    void fewGroupsAreNotTooMany() {
        assertThat(denial(resolver().claim("groups"), Map.of("hasgroups", false))
                        .code())
                .isEqualTo("ROLE_CLAIM_MISSING");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', delimiter = '|', textBlock = """
                    Sales-West     | 'Sales-West' differs in case from 'sales-west'
                    " sales-west"  | 'sales-west' has white space around it in the token
                    x,sales-west   | several roles in one string
                    x sales-west   | several roles in one string
                    west_sales     | 'west_sales' is the application's own name
                    """)
    void nearMissIsExplainedAndStillDenied(String held, String explanation) {
        RoleNotMappedException denied = denial(resolver().claim("role"), Map.of("role", held));

        assertThat(denied.code()).isEqualTo("ROLE_UNKNOWN");
        assertThat(denied).hasMessageContaining(explanation);
    }

    @Test
    void farMissIsNotExplained() {
        assertThat(denial(resolver().claim("role"), Map.of("role", "interns")))
                .hasMessageContaining("holds [interns]; known are [sales-west] — fix");
    }

    @ParameterizedTest
    @CsvSource({
        "roles, namespace of yours",
        "groups, namespace of yours",
        "permissions, Switch on RBAC",
        "https://acme.auth0.com/role, domain of its own",
        "https://webtask.io/role, domain of its own",
        "urn:auth0:role, domain of its own"
    })
    void claimThatAuth0LeavesOutIsExplained(String claim, String fix) {
        RoleNotMappedException denied =
                denial(resolver().claim(claim), Map.of("iss", "https://dev-1.us.auth0.com/", "sub", "s"));

        assertThat(denied.code()).isEqualTo("ROLE_CLAIM_MISSING");
        assertThat(denied.fix()).contains(fix);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://login.microsoftonline.com/t/v2.0", "https://auth0.com.evil.example/", "not a url"})
    void auth0IsNotBlamedForOthers(String issuer) {
        assertThat(denial(resolver().claim("roles"), Map.of("iss", issuer)).fix())
                .doesNotContain("Auth0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.com/Role", "https://example.com/roles", "http://example.com/role/"})
    void similarClaimIsPointedOut(String present) {
        assertThat(denial(resolver().claim("https://example.com/role"), Map.of(present, "canary")))
                .hasMessageContaining("is it '" + present + "'?")
                .hasMessageNotContaining("canary");
    }

    @Test
    void nullIsAMissingClaim() {
        Map<String, Object> claims = new HashMap<>();
        claims.put("role", null);

        assertThat(denial(resolver().claim("role"), claims).code()).isEqualTo("ROLE_CLAIM_MISSING");
    }

    private static RoleResolverBuilder resolver() {
        return RoleResolver.builder().role("sales-west", "west_sales").servicePrincipal("west_sales", WEST);
    }

    private static RoleNotMappedException denial(RoleResolverBuilder builder, Map<String, ?> claims) {
        RoleResolver resolver = builder.build();
        return catchThrowableOfType(RoleNotMappedException.class, () -> resolver.resolve(claims(claims)));
    }

    private static VerifiedClaims claims(Map<String, ?> claims) {
        return VerifiedClaims.alreadyVerified(claims);
    }
}
