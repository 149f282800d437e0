// SPDX-License-Identifier: Apache-2.0
package samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.CallerVerifier;
import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.ErrorCode;
import io.tokenfederation.OidcTokenSource;
import io.tokenfederation.ResolvedRole;
import io.tokenfederation.RoleResolver;
import io.tokenfederation.mcp.McpClient;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The quickstart tells the truth, both ways. */
class QuickstartTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);
    private final ByteArrayOutputStream complained = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(complained, true, StandardCharsets.UTF_8);

    @Test
    void eachRoleSeesItsOwnRowsAndTheUnknownOneNone() {
        Quickstart.onStandIns(Provider.AUTH0, out);

        assertThat(told())
                .containsPattern("Sarah +west_sales +[0-9a-f-]{36} +3\n")
                .containsPattern("Edgar +east_sales +[0-9a-f-]{36} +3\n")
                .containsPattern("Xenia +executive +[0-9a-f-]{36} +6\n")
                .containsPattern("Fatima +finance +[0-9a-f-]{36} +4\n")
                .containsPattern("Adam +admin +[0-9a-f-]{36} +2\n")
                .containsPattern("Mallory +- +denied: ROLE_UNKNOWN")
                .contains("1 call to the identity provider for a JWT, 5 exchanges at Databricks.");
    }

    @ParameterizedTest
    @EnumSource
    void anotherProviderChangesNothingButTheJwt(Provider provider) {
        Quickstart.onStandIns(provider, out);

        assertThat(told())
                .containsPattern("Sarah +west_sales +[0-9a-f-]{36} +3\n")
                .containsPattern("Adam +admin +[0-9a-f-]{36} +2\n")
                .containsPattern("Mallory +- +denied: ROLE_UNKNOWN")
                .contains("1 call to the identity provider for a JWT, 5 exchanges at Databricks.")
                .doesNotContain("eyJ", Provider.SECRET);
    }

    @Test
    void aProviderThatIsNotThereIsNamedInOneLineBesideThoseThatAre() {
        int exitCode = Quickstart.run(Optional.of("ping"), Map.of(), out, err);

        assertThat(exitCode).isEqualTo(2);
        assertThat(complaint()).isEqualTo("-Dprovider must be one of [auth0, okta, entra, oidc, github]; it is 'ping'");
        assertThat(told()).isEmpty();
    }

    @Test
    void withTheRealServicesAProviderIsSaidToBeIgnored() {
        try (StandIns world = StandIns.start()) {
            int exitCode = Quickstart.run(Optional.of("okta"), variables(world), out, err);

            assertThat(exitCode).isZero();
            assertThat(complaint()).isEqualTo("IDP_TOKEN_URL is set, so -Dprovider=okta is ignored");
            assertThat(told()).contains("Results: 5/5 roles passed");
        }
    }

    @Test
    void withNothingSetItRunsOnStandIns() {
        int exitCode = Quickstart.run(Optional.empty(), Map.of(), out, err);

        assertThat(exitCode).isZero();
        assertThat(complaint()).isEmpty();
        assertThat(told()).containsPattern("Sarah +west_sales");
    }

    @Test
    void theStorySaysWhyEachSeesWhatTheySee() {
        Quickstart.onStandIns(Provider.AUTH0, out);

        assertThat(told())
                .contains("Everybody asks for the same: SELECT customer, region, amount FROM sales")
                .contains("The row filter lets through: all rows to executives")
                .contains("sales-west -> west_sales  (the identity provider's name -> the application's name)")
                .contains("in groups [sales-east], account manager of [Fargo Farms]")
                .doesNotContain("WRONG_ROW_FILTER");
    }

    @Test
    void theStoryShowsNoTokenAndNoSecret() {
        Quickstart.onStandIns(Provider.AUTH0, out);

        assertThat(told()).doesNotContain("eyJ", "stand-in-secret");
    }

    @Test
    void anAnswerAsAnotherPrincipalIsCalledByItsName() {
        try (StandIns world = StandIns.start()) {
            List<ResolvedRole> roles = RoleResolver.builder()
                    .claim("role")
                    .servicePrincipals(world.roleToServicePrincipal())
                    .build()
                    .roles();
            DatabricksTokenExchanger databricks = DatabricksTokenExchanger.builder()
                    .workspace(world.workspace())
                    .idpTokenSource(OidcTokenSource.builder()
                            .tokenEndpoint(world.issuer() + "oauth/token")
                            .clientId(Provider.CLIENT)
                            .clientSecret(Provider.SECRET)
                            .audience(world.workspace())
                            .build())
                    .build();
            Person sarah = world.people().get(0);
            try (McpClient mcp = McpClient.builder(world.mcpUrl())
                    .tokens(databricks.sourceFor(roles.get(0).servicePrincipal()))
                    .caller(CallerVerifier.builder()
                            .issuer(world.issuer())
                            .audience("sales-portal")
                            .build()
                            .verify(sarah.logIn()))
                    .forwardToken(true)
                    .build()) {
                new Story(out, world, "SELECT * FROM sales")
                        .answered(sarah, roles.get(1), mcp.callTool("query", Map.of("sql", "SELECT * FROM sales")));
            }

            assertThat(told())
                    .contains("WRONG_ROW_FILTER: it should have run as "
                            + roles.get(1).servicePrincipal())
                    .contains(ErrorCode.WRONG_ROW_FILTER.fix());
        }
    }

    @Test
    void withTheVariablesSetItTalksToTheServicesTheyName() {
        try (StandIns world = StandIns.start()) {
            int exitCode = RealServices.run(variables(world), out, err);

            assertThat(exitCode).isZero();
            assertThat(told())
                    .contains("on the real services at " + world.workspace())
                    .contains("[PASS] JWT iss=" + world.issuer())
                    .contains("[PASS] west_sales: Databricks says you are ")
                    .contains("Results: 5/5 roles passed");
        }
    }

    @Test
    void slashAtTheEndOfTheHostDoesNotGetIntoTheAudience() {
        try (StandIns world = StandIns.start()) {
            int exitCode = RealServices.run(variables(world, "DB_HOST", world.workspace() + "/"), out, err);

            assertThat(exitCode).isZero();
            assertThat(told()).contains("aud=[" + world.workspace() + "]");
        }
    }

    @Test
    void roleWithoutAPolicyFailsAloneAndSaysWhatToDo() {
        try (StandIns world = StandIns.start()) {
            String roles = world.roleToServicePrincipal()
                    .replace("}", ", \"auditor\": \"00000000-0000-0000-0000-000000000000\"}");

            int exitCode = RealServices.run(variables(world, "ROLE_SP_MAP", roles), out, err);

            assertThat(exitCode).isEqualTo(1);
            assertThat(told())
                    .contains("[FAIL] auditor: NO_FEDERATION_POLICY", "fix:", "Results: 5/6 roles passed")
                    .doesNotContain("eyJ", Provider.SECRET);
        }
    }

    @Test
    void auth0ExplainsItsOwnRefusals() {
        try (StandIns world = StandIns.start()) {
            int exitCode = RealServices.run(variables(world, "M2M_AUDIENCE", "https://no.such.api"), out, err);

            assertThat(exitCode).isEqualTo(1);
            assertThat(told()).contains("AUTH0_API_NOT_FOUND", "'https://no.such.api'");
        }
    }

    @ParameterizedTest
    @CsvSource({"401, TOKEN_REJECTED", "403, PERMISSION_DENIED", "503, UNEXPECTED_ANSWER"})
    void refusalToSayWhoOneIsHasACodeAndAFix(int status, String code) {
        try (StandIns world = StandIns.start()) {
            world.refuseToSayWhoOneIs(status);

            int exitCode = RealServices.run(variables(world), out, err);

            assertThat(exitCode).isEqualTo(1);
            assertThat(told()).containsPattern("\\[FAIL] west_sales: " + code + ": .*" + status + ".* fix: ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"M2M_CLIENT_ID", "M2M_CLIENT_SECRET", "DB_HOST", "ROLE_SP_MAP"})
    void blankVariableIsAMissingOneThatIsNamed(String name) {
        try (StandIns world = StandIns.start()) {
            int exitCode = RealServices.run(variables(world, name, " "), out, err);

            assertThat(exitCode).isEqualTo(2);
            assertThat(complaint()).isEqualTo("IDP_TOKEN_URL is set, so " + name + " must be set too");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "IDP_TOKEN_URL|http://idp.example.com/oauth/token",
                "IDP_TOKEN_URL|dev-1.us.auth0.com",
                "DB_HOST|adb-1.azuredatabricks.net",
                "DB_HOST|https://adb-1.azuredatabricks.net/?o=1",
                "ROLE_SP_MAP|{west_sales: 1}",
                "ROLE_SP_MAP|{}",
                "ROLE_SP_MAP|{\"west_sales\": \"no-uuid\"}"
            })
    void wrongVariableIsNamedInOneLine(String name, String value) {
        try (StandIns world = StandIns.start()) {
            int exitCode = RealServices.run(variables(world, name, value), out, err);

            assertThat(exitCode).isEqualTo(2);
            assertThat(complaint()).startsWith(name + " is wrong: ").doesNotContain("\n");
        }
    }

    @Test
    void hostAloneIsNoWishForTheRealServices() {
        assertThat(RealServices.wantedBy(Map.of("DB_HOST", "https://adb-1.azuredatabricks.net")))
                .isFalse();
        assertThat(RealServices.wantedBy(Map.of("IDP_TOKEN_URL", " "))).isFalse();
        assertThat(RealServices.wantedBy(Map.of("IDP_TOKEN_URL", "https://dev-1.us.auth0.com/oauth/token")))
                .isTrue();
    }

    private String told() {
        return written.toString(StandardCharsets.UTF_8);
    }

    private String complaint() {
        return complained.toString(StandardCharsets.UTF_8).strip().replaceFirst("^Token Federation quickstart: ", "");
    }

    private static Map<String, String> variables(StandIns world, String name, String value) {
        Map<String, String> changed = new HashMap<>(variables(world));
        changed.put(name, value);
        return changed;
    }

    private static Map<String, String> variables(StandIns world) {
        return Map.of(
                "IDP_TOKEN_URL",
                world.issuer() + "oauth/token",
                "M2M_CLIENT_ID",
                Provider.CLIENT,
                "M2M_CLIENT_SECRET",
                Provider.SECRET,
                "DB_HOST",
                world.workspace(),
                "ROLE_SP_MAP",
                world.roleToServicePrincipal());
    }
}
