// SPDX-License-Identifier: Apache-2.0
package samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The quickstart tells the truth, both ways. */
class QuickstartTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);

    @Test
    void eachRoleSeesItsOwnRowsAndTheUnknownOneNone() {
        Quickstart.onStandIns(out);

        assertThat(told())
                .containsPattern("Sarah +west_sales +[0-9a-f-]{36} +3\n")
                .containsPattern("Edgar +east_sales +[0-9a-f-]{36} +3\n")
                .containsPattern("Xenia +executive +[0-9a-f-]{36} +6\n")
                .containsPattern("Fatima +finance +[0-9a-f-]{36} +4\n")
                .containsPattern("Adam +admin +[0-9a-f-]{36} +2\n")
                .containsPattern("Mallory +- +denied: ROLE_UNKNOWN")
                .contains("1 call to the identity provider for a JWT, 5 exchanges at Databricks.");
    }

    @Test
    void theStoryShowsNoTokenAndNoSecret() {
        Quickstart.onStandIns(out);

        assertThat(told()).doesNotContain("eyJ", "stand-in-secret");
    }

    @Test
    void withTheVariablesSetItTalksToTheServicesTheyName() {
        try (StandIns world = StandIns.start()) {
            int failed = new RealServices(variables(world, world.roleToServicePrincipal()), out).run();

            assertThat(failed).isZero();
            assertThat(told())
                    .contains("on the real services at " + world.workspace())
                    .contains("[PASS] JWT iss=" + world.issuer())
                    .contains("[PASS] west_sales: Databricks says you are ")
                    .contains("Results: 5/5 roles passed");
        }
    }

    @Test
    void roleWithoutAPolicyFailsAloneAndSaysWhatToDo() {
        try (StandIns world = StandIns.start()) {
            String roles = world.roleToServicePrincipal()
                    .replace("}", ", \"auditor\": \"00000000-0000-0000-0000-000000000000\"}");

            int failed = new RealServices(variables(world, roles), out).run();

            assertThat(failed).isEqualTo(1);
            assertThat(told())
                    .contains("[FAIL] auditor: NO_FEDERATION_POLICY", "fix:", "Results: 5/6 roles passed")
                    .doesNotContain("eyJ", world.clientSecret());
        }
    }

    @Test
    void halfOfTheVariablesIsAMistakeThatIsNamed() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new RealServices(Map.of("DB_HOST", "https://adb-1.example.com"), out))
                .withMessageContaining("IDP_TOKEN_URL");
    }

    private String told() {
        return written.toString(StandardCharsets.UTF_8);
    }

    private static Map<String, String> variables(StandIns world, String roles) {
        return Map.of(
                "IDP_TOKEN_URL",
                world.issuer() + "oauth/token",
                "M2M_CLIENT_ID",
                "sales-backend",
                "M2M_CLIENT_SECRET",
                world.clientSecret(),
                "DB_HOST",
                world.workspace(),
                "ROLE_SP_MAP",
                roles);
    }
}
