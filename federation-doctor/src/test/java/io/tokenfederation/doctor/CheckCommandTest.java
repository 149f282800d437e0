// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import example.app.SixRoles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class CheckCommandTest {
    private final SixRoles world = new SixRoles();
    private final Map<String, String> environment = world.environment();

    @TempDir
    Path directory;

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void allIsGreenForSixRolesAndTheExitCodeIsZero() throws IOException {
        Started check = Started.with(environment, "", "check");

        assertThat(check.outAlways()).isEqualTo(golden("six-roles.txt"));
        assertThat(check.err()).isEmpty();
        assertThat(check.exitCode()).isZero();
    }

    @Test
    void aMissingPolicyIsRedWithTheCommandThatCreatesIt() throws IOException {
        world.databricks.removePolicies(world.principal("west_sales"));

        Started check = Started.with(environment, "", "check", "--role", "west_sales");

        assertThat(check.outAlways()).isEqualTo(golden("no-policy.txt"));
        assertThat(check.exitCode()).isEqualTo(1);
    }

    @Test
    void jsonIsAllThereIsOnStandardOutput() throws IOException {
        world.databricks.removePolicies(world.principal("west_sales"));

        Started check = Started.with(environment, "", "check", "--json");
        JsonNode report = new ObjectMapper().readTree(check.out());

        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(report.path("passed").asBoolean(true)).isFalse();
        assertThat(report.path("rolesPassed").asInt()).isEqualTo(5);
        assertThat(report.path("roles")).hasSize(6);
        assertThat(report.path("results")).anySatisfy(result -> {
            assertThat(result.path("check").asText()).isEqualTo("exchange");
            assertThat(result.path("role").asText()).isEqualTo("west_sales");
            assertThat(result.path("outcome").asText()).isEqualTo("FAIL");
            assertThat(result.path("code").asText()).isEqualTo("NO_FEDERATION_POLICY");
            assertThat(result.path("fix").asText()).isNotBlank();
            assertThat(result.path("paste").asText()).contains("databricks account");
        });
    }

    @Test
    void junitReportHasASuitePerRoleAndCountsItsFailures() throws Exception {
        world.databricks.removePolicies(world.principal("west_sales"));
        Path file = directory.resolve("report.xml");

        Started check = Started.with(environment, "", "check", "--junit=" + file);
        Document report =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        Element west = suite(report, "west_sales");

        assertThat(check.out()).contains("Results: 5/6 roles passed");
        assertThat(report.getElementsByTagName("testsuite").getLength()).isEqualTo(7);
        assertThat(west.getAttribute("failures")).isEqualTo("1");
        assertThat(west.getAttribute("skipped")).isEqualTo("2");
        assertThat(((Element) west.getElementsByTagName("failure").item(0)).getAttribute("type"))
                .isEqualTo("NO_FEDERATION_POLICY");
        assertThat(suite(report, "finance").getAttribute("failures")).isEqualTo("0");
        assertThat(Files.readString(file)).doesNotContain("eyJ", SixRoles.SECRET);
    }

    @Test
    void colourIsForTerminalsAndCanBeSwitchedOff() {
        String escape = "\u001b";

        assertThat(Started.atTerminal(environment, "check", "--role=admin").out())
                .contains(escape + "[32m[PASS]");
        assertThat(Started.atTerminal(environment, "check", "--role=admin", "--no-color")
                        .out())
                .doesNotContain(escape);
        environment.put("NO_COLOR", "1");
        assertThat(Started.atTerminal(environment, "check", "--role=admin").out())
                .doesNotContain(escape);
        environment.remove("NO_COLOR");
        assertThat(Started.with(environment, "", "check", "--role=admin").all()).doesNotContain(escape);
    }

    @Test
    void settingsComeFromAFileToo() throws IOException {
        Path properties = Files.writeString(
                directory.resolve("doctor.properties"),
                "DB_HOST=" + world.front.url() + "\nROLE_SP_MAP=" + environment.get("ROLE_SP_MAP") + "\n");
        Path json = Files.writeString(
                directory.resolve("doctor.json"),
                "{\"DB_HOST\": \"" + world.front.url() + "/\", \"ROLE_SP_MAP\": " + environment.get("ROLE_SP_MAP")
                        + ", \"DB_WAREHOUSE_ID\": \"" + SixRoles.WAREHOUSE + "\"}");
        environment.remove("DB_HOST");
        environment.remove("ROLE_SP_MAP");

        assertThat(Started.with(environment, "", "check", "--config", properties.toString())
                        .out())
                .contains("Results: 6/6 roles passed");
        assertThat(Started.with(environment, "", "check", "--config", json.toString())
                        .out())
                .contains("Results: 6/6 roles passed", "warehouse: SELECT current_user()");
    }

    @Test
    void theTokenOfTheRuntimeWillDo() {
        environment.remove("IDP_TOKEN_URL");
        environment.remove("M2M_CLIENT_ID");
        environment.remove("M2M_CLIENT_SECRET");
        environment.put("DATABRICKS_OIDC_TOKEN", mint());

        Started check = Started.with(environment, "", "check");

        assertThat(check.out()).contains("Results: 6/6 roles passed");
        assertThat(check.all()).doesNotContain("eyJ");
    }

    @Test
    void whatTheAdministratorMayReadIsCompared() {
        environment.put("DB_ACCOUNT_ID", world.databricks.accountId());
        environment.put("DB_ACCOUNT_HOST", world.front.url());
        environment.put("DB_ADMIN_TOKEN", world.administrator().token().value());

        Started check = Started.with(environment, "", "check", "--role=admin");

        assertThat(check.out()).contains("[PASS] policy: '").contains("' matches");
        assertThat(check.all()).doesNotContain("eyJ");
    }

    @Test
    void theAdministratorMayBeFederatedItself() {
        environment.put("DB_ACCOUNT_ID", world.databricks.accountId());
        environment.put("DB_ACCOUNT_HOST", world.front.url());
        environment.put("DB_ADMIN_SP", world.federatedAdministrator().toString());

        Started check = Started.with(environment, "", "check", "--role=admin");

        assertThat(check.out()).contains("[PASS] policy: '").contains("' matches", "Results: 1/1 roles passed");
    }

    @Test
    void variablesThatDatabricksToolsStumbleOverAreAWarning() {
        environment.put("DATABRICKS_TOKEN", "dapi-canary-0123456789");
        environment.put("DATABRICKS_CLIENT_ID", "x");
        environment.put("DATABRICKS_CLIENT_SECRET", "canary-secret-9a8b");

        Started check = Started.with(environment, "", "check", "--role=admin");

        assertThat(check.out()).contains("[WARN] environment: SETTINGS_AMBIGUOUS", "Results: 1/1 roles passed");
        assertThat(check.exitCode()).isZero();
        assertThat(check.all()).doesNotContain("canary");
    }

    @Test
    void aTimeoutIsANumberOfSeconds() {
        assertThat(Started.with(environment, "", "check", "--timeout=soon").err())
                .contains("--timeout needs a number");
        assertThat(Started.with(environment, "", "check", "--timeout=0").exitCode())
                .isEqualTo(2);
        assertThat(Started.with(environment, "", "check", "--timeout=30", "--role=admin")
                        .exitCode())
                .isZero();
    }

    private String mint() {
        try {
            return world.source().mint().value();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Element suite(Document report, String name) {
        for (int i = 0; i < report.getElementsByTagName("testsuite").getLength(); i++) {
            Element suite = (Element) report.getElementsByTagName("testsuite").item(i);
            if (suite.getAttribute("name").equals(name)) {
                return suite;
            }
        }
        throw new AssertionError("no suite " + name);
    }

    static String golden(String name) throws IOException {
        try (InputStream text = CheckCommandTest.class.getResourceAsStream("/golden/" + name)) {
            if (text == null) {
                throw new AssertionError("no golden text " + name);
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
