// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenfederation.ResolvedRole;
import io.tokenfederation.RoleNotMappedException;
import io.tokenfederation.RoleResolver;
import io.tokenfederation.RoleResolverBuilder;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.VerifiedClaims;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RoleResolverTest {
    private static final String CLAIM = "https://example.com/role";
    private static final String ONE = "7cb2f8a4-49a7-4147-83db-35cb69e5cede";
    private static final String TWO = "bc3cfe6c-0f34-4b4a-9c39-2a1d1c9a0001";
    private static final String JSON = "{\"executive\":\"" + ONE + "\",\"west_sales\":\"" + TWO + "\"}";

    private final RoleResolver roles = RoleResolver.builder()
            .claim(CLAIM)
            .role("executives", "executive")
            .role("sales-west", "west_sales")
            .servicePrincipals(JSON)
            .build();

    @Test
    void roleOfTheClaimLeadsToItsServicePrincipal() {
        ResolvedRole role = roles.resolve(holding("sales-west"));

        assertThat(role).isEqualTo(new ResolvedRole("west_sales", "sales-west", ServicePrincipal.of(TWO)));
    }

    @Test
    void firstConfiguredRoleWinsWhateverTheTokensOrder() {
        ResolvedRole role = roles.resolve(holding(List.of("other", "sales-west", "executives")));

        assertThat(role.name()).isEqualTo("executive");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Executives", " executives", "executives,sales-west", "executive", "", "*", "admin\r\nforged"})
    void unknownRoleIsDenied(String role) {
        RoleNotMappedException denied = denialOf(holding(role));

        assertThat(denied.code()).isEqualTo("ROLE_UNKNOWN");
        assertThat(denied.getMessage()).doesNotContain("\n").contains("executives", "sales-west");
    }

    @Test
    void noRoleAtAllIsDenied() {
        assertThat(denialOf(holding(List.of())).code()).isEqualTo("ROLE_UNKNOWN");
    }

    @Test
    void missingClaimIsDeniedAndTheOthersAreNamed() {
        RoleNotMappedException denied = denialOf(VerifiedClaims.alreadyVerified(Map.of("sub", "canary")));

        assertThat(denied.code()).isEqualTo("ROLE_CLAIM_MISSING");
        assertThat(denied).hasMessageContaining("[sub]").hasMessageNotContaining("canary");
    }

    @Test
    void claimOfAnotherTypeIsDenied() {
        for (Object value : List.of(1, true, Map.of("role", "executives"), List.of("executives", 1))) {
            assertThat(denialOf(holding(value)).code()).isEqualTo("ROLE_CLAIM_UNREADABLE");
        }
    }

    @Test
    void withoutAMapTheClaimHoldsTheApplicationsNames() {
        RoleResolver plain =
                RoleResolver.builder().claim(CLAIM).servicePrincipals(JSON).build();

        assertThat(plain.resolve(holding(List.of("west_sales", "executive"))).name())
                .isEqualTo("executive");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "canary",
                "{\"a\":\"7cb2f8a4-49a7-4147-83db-35cb69e5cede\"} canary",
                "{\"a\":\"7cb2f8a4-49a7-4147-83db-35cb69e5cede\"}{}",
                "{\"a\":\"7cb2f8a4-49a7-4147-83db-35cb69e5cede\",\"a\":\"bc3cfe6c-0f34-4b4a-9c39-2a1d1c9a0001\"}",
                "{\"a\":5}",
                "{\"a\":null}",
                "{\"a\":[\"7cb2f8a4-49a7-4147-83db-35cb69e5cede\"]}",
                "{\"a\":\"canary\"}",
                "{\"a\":\"\"}",
                "{'a':'7cb2f8a4-49a7-4147-83db-35cb69e5cede'}"
            })
    void mapThatIsNotWhatItShouldBeIsRefusedAndNotQuoted(String json) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RoleResolver.builder().servicePrincipals(json))
                .satisfies(e -> assertThat(e).hasMessageNotContaining("canary"));
    }

    @Test
    void roleThatIsConfiguredTwiceIsRefused() {
        RoleResolverBuilder builder = RoleResolver.builder().role("a", "x").servicePrincipals(JSON);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.role("a", "y"))
                .withMessageContaining("'a'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.servicePrincipal("executive", ServicePrincipal.of(TWO)))
                .withMessageContaining("'executive'");
    }

    @Test
    void missingSettingsAreNamed() {
        RoleResolverBuilder builder = RoleResolver.builder();

        assertThatIllegalStateException().isThrownBy(builder::build).withMessageContaining("claim(name)");
        builder.claim(CLAIM);
        assertThatIllegalStateException().isThrownBy(builder::build).withMessageContaining("servicePrincipals(json)");
        builder.servicePrincipals(JSON).role("idp", "unknown");
        assertThatIllegalStateException().isThrownBy(builder::build).withMessageContaining("'unknown'");
    }

    @Test
    void withoutAMapARoleWithoutPrincipalIsUnmapped() {
        RoleResolver plain =
                RoleResolver.builder().claim(CLAIM).servicePrincipals(JSON).build();

        RoleNotMappedException denied = catchThrowableOfType(
                RoleNotMappedException.class, () -> plain.resolve(holding(List.of("finance", "Executive"))));

        assertThat(denied.code()).isEqualTo("ROLE_UNMAPPED");
        assertThat(denied)
                .hasMessageContaining("holds [finance, Executive]; a service principal have [executive, west_sales]")
                .hasMessageContaining("'Executive' differs in case from 'executive'");
    }

    @Test
    void allRolesComeInTheConfiguredOrderAndOnce() {
        RoleResolver several = RoleResolver.builder()
                .claim(CLAIM)
                .role("executives", "executive")
                .role("sales-west", "west_sales")
                .role("sales-west-leads", "west_sales")
                .servicePrincipals(JSON)
                .build();

        assertThat(several.resolveAll(holding(List.of("sales-west-leads", "x", "sales-west", "executives"))))
                .extracting(ResolvedRole::idpRole)
                .containsExactly("executives", "sales-west");
        assertThat(several.resolveAll(holding("sales-west-leads")))
                .extracting(ResolvedRole::name)
                .containsExactly("west_sales");
    }

    @Test
    void noKnownRoleIsNoEmptyList() {
        assertThatExceptionOfType(RoleNotMappedException.class)
                .isThrownBy(() -> roles.resolveAll(holding(List.of("interns"))));
    }

    @Test
    void remoteCallersLearnNothing() {
        assertThat(denialOf(holding("interns")).publicMessage()).isEqualTo("You have no role in this application.");
    }

    private RoleNotMappedException denialOf(VerifiedClaims claims) {
        return catchThrowableOfType(RoleNotMappedException.class, () -> roles.resolve(claims));
    }

    private static VerifiedClaims holding(Object role) {
        return VerifiedClaims.alreadyVerified(Map.of(CLAIM, role));
    }
}
