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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How roles are configured, what is refused before anybody logs in, and the backend that has sessions of its own. */
final class RoleSettingsTest {
    private static final String ONE = "7cb2f8a4-49a7-4147-83db-35cb69e5cede";
    private static final String TWO = "bc3cfe6c-0f34-4b4a-9c39-2a1d1c9a0001";
    private static final String DOCUMENT = """
            {
              "claim": "https://example.com/role",
              "roles": [
                {"idpRole": "sales-west", "role": "west_sales"},
                {"idpRole": "executives", "role": "executive"}
              ],
              "servicePrincipals": {"executive": "%s", "west_sales": "%s"}
            }
            """.formatted(ONE, TWO);

    @Test
    void documentHoldsClaimOrderMappingAndPrincipals() {
        RoleResolver roles = RoleResolver.builder().settings(DOCUMENT).build();

        assertThat(roles.resolve(claims("https://example.com/role", List.of("executives", "sales-west"))))
                .isEqualTo(new ResolvedRole("west_sales", "sales-west", ServicePrincipal.of(TWO)));
    }

    @Test
    void documentMayBeAFileAndNameAPath(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(
                directory.resolve("roles.json"),
                "{\"claim\": [\"realm_access\", \"roles\"], \"servicePrincipals\": {\"west_sales\": \"" + TWO + "\"}}");

        RoleResolver roles = RoleResolver.builder().settings(file).build();

        assertThat(roles.resolve(claims("realm_access", Map.of("roles", "west_sales")))
                        .name())
                .isEqualTo("west_sales");
    }

    @Test
    void whatTheDocumentLeavesOutComesFromElsewhere() {
        RoleResolver roles = RoleResolver.builder()
                .settings("{\"claim\": \"role\", \"roles\": [{\"idpRole\": \"a\", \"role\": \"b\"}]}")
                .servicePrincipals("{\"b\": \"" + ONE + "\"}")
                .build();

        assertThat(roles.resolve(claims("role", "a")).servicePrincipal()).isEqualTo(ServicePrincipal.of(ONE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "canary",
                "{\"canary\": 1}",
                "{\"claim\": 5}",
                "{\"claim\": []}",
                "{\"claim\": \"\"}",
                "{\"claim\": [\"a\", 1]}",
                "{\"claim\": \"a\", \"claim\": \"b\"}",
                "{\"roles\": {\"a\": \"b\"}}",
                "{\"roles\": [\"a\"]}",
                "{\"roles\": [{\"idpRole\": \"a\"}]}",
                "{\"roles\": [{\"idpRole\": \"a\", \"role\": \"\"}]}",
                "{\"roles\": [{\"idpRole\": \"a\", \"role\": \"b\", \"canary\": \"c\"}]}",
                "{\"roles\": [{\"idpRole\": \"a\", \"role\": \"b\"}, {\"idpRole\": \"a\", \"role\": \"c\"}]}",
                "{\"servicePrincipals\": []}",
                "{\"servicePrincipals\": {\"a\": \"canary\"}}"
            })
    void documentThatIsNotWhatItShouldBeIsRefusedAndNotQuoted(String json) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RoleResolver.builder().settings(json))
                .satisfies(e -> assertThat(e).hasMessageNotContaining("canary"));
    }

    @Test
    void fileThatIsWrongIsNamed(@TempDir Path directory) throws IOException {
        Path missing = directory.resolve("missing.json");
        Path wrong = Files.writeString(directory.resolve("wrong.json"), "[]");

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> RoleResolver.builder().settings(missing))
                .withMessageContaining("missing.json");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RoleResolver.builder().settings(wrong))
                .withMessageContaining("wrong.json");
    }

    @Test
    void twoRolesOfOnePrincipalAreRefusedUnlessMeant() {
        RoleResolverBuilder builder = RoleResolver.builder()
                .claim("role")
                .servicePrincipals(
                        "{\"executive\": \"" + ONE + "\", \"west_sales\": \"" + ONE.toUpperCase(Locale.ROOT) + "\"}");

        assertThatIllegalStateException()
                .isThrownBy(builder::build)
                .withMessageContaining("'executive' and 'west_sales'")
                .withMessageContaining("principalsMayBeShared()");
        assertThat(builder.principalsMayBeShared().build().roles()).hasSize(2);
    }

    @Test
    void clientIdInPlaceOfAPrincipalIsRefused() {
        RoleResolverBuilder builder = RoleResolver.builder()
                .claim("role")
                .servicePrincipals("{\"west_sales\": \"" + ONE + "\"}")
                .notTheClient("kD3pXmB0yqLexampleclientid")
                .notTheClient(" " + ONE.toUpperCase(Locale.ROOT));

        assertThatIllegalStateException()
                .isThrownBy(builder::build)
                .withMessageContaining("'west_sales'")
                .withMessageContaining("client id");
    }

    @Test
    void principalsNobodyIsLedToAreTold() {
        RoleResolver roles = RoleResolver.builder()
                .claim("role")
                .role("sales-west", "west_sales")
                .servicePrincipals("{\"executive\": \"" + ONE + "\", \"west_sales\": \"" + TWO + "\"}")
                .build();

        assertThat(roles.unusedRoles()).containsExactly("executive");
        assertThat(RoleResolver.builder().settings(DOCUMENT).build().unusedRoles())
                .isEmpty();
    }

    @Test
    void blankNamesAreRefused() {
        RoleResolverBuilder builder = RoleResolver.builder();

        assertThatIllegalArgumentException().isThrownBy(() -> builder.role(" ", "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.role("x", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.servicePrincipal("", ServicePrincipal.of(ONE)));
    }

    @Test
    void roleOfOnesOwnSessionNeedsTheWordOfTheApplication() {
        RoleResolver claimsOnly = RoleResolver.builder().settings(DOCUMENT).build();

        assertThatIllegalStateException()
                .isThrownBy(() -> claimsOnly.resolveTrustedRoleName("executive"))
                .withMessageContaining("rolesFromOwnSession()");
    }

    @Test
    void roleOfOnesOwnSessionIsTheApplicationsOwnName() {
        RoleResolver session = RoleResolver.builder()
                .servicePrincipals("{\"west_sales\": \"" + TWO + "\"}")
                .rolesFromOwnSession()
                .build();

        assertThat(session.resolveTrustedRoleName("west_sales"))
                .isEqualTo(new ResolvedRole("west_sales", "west_sales", ServicePrincipal.of(TWO)));
        assertThatIllegalStateException()
                .isThrownBy(() -> session.resolve(claims("role", "west_sales")))
                .withMessageContaining("claim(name)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sales-west", "West_Sales", " west_sales", "admin\r\nforged"})
    void roleOfOnesOwnSessionThatIsNoneIsDenied(String role) {
        RoleResolver session =
                RoleResolver.builder().settings(DOCUMENT).rolesFromOwnSession().build();

        RoleNotMappedException denied =
                catchThrowableOfType(RoleNotMappedException.class, () -> session.resolveTrustedRoleName(role));

        assertThat(denied.code()).isEqualTo("ROLE_UNMAPPED");
        assertThat(denied.getMessage()).contains("[executive, west_sales]").doesNotContain("\n");
    }

    private static VerifiedClaims claims(String name, Object value) {
        return VerifiedClaims.alreadyVerified(Map.of(name, value));
    }
}
