// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import example.app.SixRoles;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PolicyCommandTest {
    private final SixRoles world = new SixRoles();
    private final Map<String, String> environment = world.environment();

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void policyIsPrintedInEachForm() {
        Started cli = Started.with(environment, "", "policy", "--role=admin");
        Started rest = Started.with(environment, "", "policy", "--role=admin", "--format=rest");
        Started terraform = Started.with(environment, "", "policy", "--role=admin", "--format", "terraform");

        assertThat(cli.out()).contains("# admin: service principal", "databricks account", "@clients");
        assertThat(rest.out()).contains("\"oidc_policy\"", "\"subject\": \"kD3pXmB0yqLexampleclientid@clients\"");
        assertThat(terraform.out()).contains("resource \"databricks_").contains("\"admin\"");
        assertThat(cli.exitCode() + rest.exitCode() + terraform.exitCode()).isZero();
        assertThat(cli.all() + rest.all() + terraform.all()).doesNotContain("eyJ", SixRoles.SECRET);
    }

    /** It goes into a file or a pipe as it is; whose policy it is to be is said beside it. */
    @Test
    void bodyOfTheRestCallIsAllThereIsOnStandardOutput() throws IOException {
        Started rest = Started.with(environment, "", "policy", "--format=rest");

        JsonNode body = new ObjectMapper()
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .readTree(rest.out());
        assertThat(body.at("/oidc_policy/subject").asText()).isEqualTo("kD3pXmB0yqLexampleclientid@clients");
        assertThat(rest.err()).contains("admin: service principal " + world.principal("admin"));
        assertThat(rest.err().lines()).hasSize(6);
    }

    @Test
    void applyingCreatesWhatIsMissingAndChangesNothingTheSecondTime() {
        world.principals.values().forEach(world.databricks::removePolicies);
        withAdministrator();

        Started first = Started.with(environment, "", "policy", "--apply");
        Started second = Started.with(environment, "", "policy", "--apply");

        assertThat(first.out().lines().filter(line -> line.endsWith(" created")))
                .hasSize(6);
        assertThat(second.out().lines().filter(line -> line.endsWith(" unchanged")))
                .hasSize(6);
        assertThat(Started.with(environment, "", "check").out()).contains("Results: 6/6 roles passed");
        assertThat(first.all() + second.all()).doesNotContain("eyJ");
    }

    @Test
    void aRoleThatCannotBeServedHoldsUpNoOther() {
        withAdministrator();
        world.databricks.delete(world.principal("finance"));

        Started applied = Started.with(environment, "", "policy", "--apply");

        assertThat(applied.exitCode()).isEqualTo(1);
        assertThat(applied.err()).contains("[FAIL] finance: ", "fix: ");
        assertThat(applied.out().lines().filter(line -> line.startsWith("[PASS]")))
                .hasSize(5);
    }

    @Test
    void aRoleOfAnyNameIsPrintedWithoutALineOfItsOwn() {
        environment.put("ROLE_SP_MAP", "{\"west.sales\\nrm -rf x\": \"" + world.principal("admin") + "\"}");

        Started cli = Started.with(environment, "", "policy");
        Started terraform = Started.with(environment, "", "policy", "--format=terraform");

        assertThat(cli.out().lines()).noneMatch(line -> line.startsWith("rm"));
        assertThat(terraform.out()).contains("\"west_sales_rm_-rf_x\" {");
        assertThat(terraform.exitCode()).isZero();
    }

    @Test
    void terraformNamesAreLegalAndUnique() {
        assertThat(TerraformNames.of(java.util.List.of("a.b", "a b", "a_b", "1x")))
                .containsEntry("a_b", "a_b")
                .containsEntry("a.b", "a_b_2")
                .containsEntry("a b", "a_b_3")
                .containsEntry("1x", "role_1x");
    }

    @Test
    void applyingNeedsSomebodyWhoMay() {
        Started nobody = Started.with(environment, "", "policy", "--apply");

        assertThat(nobody.exitCode()).isEqualTo(2);
        assertThat(nobody.err()).contains("DB_ADMIN_SP", "DB_ADMIN_TOKEN");
    }

    @Test
    void withoutAJwtThereIsNoPolicy() {
        environment.put("M2M_CLIENT_SECRET", "another-canary-5f1c");

        Started refused = Started.with(environment, "", "policy");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("IDP_CLIENT_REJECTED", "fix: ");
        assertThat(refused.out()).isEmpty();
        assertThat(refused.all()).doesNotContain("another-canary-5f1c");
    }

    private void withAdministrator() {
        environment.put("DB_ACCOUNT_ID", world.databricks.accountId());
        environment.put("DB_ACCOUNT_HOST", world.front.url());
        environment.put("DB_ADMIN_TOKEN", world.administrator().token().value());
    }
}
