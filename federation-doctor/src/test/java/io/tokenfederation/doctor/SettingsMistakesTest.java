// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nothing is sent: what is configured is looked at first, all of it. */
class SettingsMistakesTest {
    private static final String SECRET = "canary-secret-7d2b";

    @TempDir
    Path directory;

    private static Map<String, String> right() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("IDP_TOKEN_URL", "https://dev-1.us.auth0.com/oauth/token");
        environment.put("M2M_CLIENT_ID", "id");
        environment.put("M2M_CLIENT_SECRET", SECRET);
        environment.put("DB_HOST", "https://adb-1234567890123456.7.azuredatabricks.net");
        environment.put("ROLE_SP_MAP", "{\"west_sales\": \"7cb2f8a4-49a7-4147-83db-35cb69e5cede\"}");
        return environment;
    }

    @Test
    void everythingThatIsMissingIsNamedAtOnce() {
        Started check = Started.with(Map.of(), "", "check");

        assertThat(check.exitCode()).isEqualTo(2);
        assertThat(check.err())
                .contains("5 settings are missing or wrong")
                .contains("DB_HOST is not set", "ROLE_SP_MAP is not set", "IDP_TOKEN_URL is not set")
                .contains("M2M_CLIENT_ID is not set", "M2M_CLIENT_SECRET is not set", "fix: Set it to");
        assertThat(check.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DB_HOST | http://adb-1.azuredatabricks.net | https",
                "DB_HOST | https://adb-1.azuredatabricks.net/sql | leave out the path",
                "ROLE_SP_MAP | {\"west_sales\": \"12345\"} | numeric id",
                "ROLE_SP_MAP | {\"west_sales\": | JSON",
                "ROLE_GROUPS | {\"nobody\": [\"g\"]} | 'nobody'",
                "ROLE_GROUPS | [] | no JSON object",
                "GROUP_FUNCTION | member_of | neither",
                "KEYS_PINNED | perhaps | neither true nor false",
                "MCP_URL | http://mcp.example.com/mcp | https",
                "DB_WAREHOUSE_ID | /sql/1.0/warehouses/abc | the id alone",
                "EXPECTED_POLICY | /no/such/file.json | cannot be read",
                "IDP_TOKEN_URL | http://idp.example.com/token | https",
                "IDP_TOKEN_URL | https://dev-1.okta.com/oauth2/default/v1/token | M2M_SCOPE",
                "IDP_TOKEN_URL | https://login.microsoftonline.com/contoso.com/oauth2/v2.0/token | /.default",
                "DB_ADMIN_SP | 7cb2f8a4-49a7-4147-83db-35cb69e5cede | DB_ACCOUNT_ID"
            })
    void mistakeNamesItsSettingAndItsCure(String setting, String value, String said) {
        Map<String, String> environment = right();
        environment.put(setting, value);

        Started check = Started.with(environment, "", "check");

        assertThat(check.exitCode()).isEqualTo(2);
        assertThat(check.err()).contains("one setting is missing or wrong", said, "fix: ");
        assertThat(check.all()).doesNotContain(SECRET);
    }

    @Test
    void aSecretInTheWrongPlaceIsNotRepeated() {
        Map<String, String> environment = right();
        environment.put("ROLE_SP_MAP", "{\"west_sales\": \"" + SECRET + "\"}");
        environment.put("DB_ACCOUNT_ID", SECRET + "/");
        environment.put("GROUP_FUNCTION", SECRET);

        Started check = Started.with(environment, "", "check");

        assertThat(check.exitCode()).isEqualTo(2);
        assertThat(check.all()).doesNotContain(SECRET);
    }

    @Test
    void aNameNobodyKnowsInAFileIsAMistakeAndTheNearestIsNamed() throws IOException {
        Path file = Files.writeString(directory.resolve("doctor.json"), "{\"DB_HOSTS\": \"https://x.example.com\"}");

        Started check = Started.with(right(), "", "check", "--config", file.toString());

        assertThat(check.exitCode()).isEqualTo(2);
        assertThat(check.err()).contains("DB_HOSTS", "did you mean DB_HOST?");
    }

    /** Lines that were written for a shell. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "export DB_HOST=https://adb-1.example.com | DB_HOST has 'export' before it in shell.env, in line 2 | Remove 'export'",
                "export DB_HOST='https://adb-1.example.com' | DB_HOST has 'export' before it | Remove 'export'",
                "DB_HOST='https://adb-1.example.com' | DB_HOST is in quotes in shell.env, in line 2 | Remove the quotes",
                "M2M_CLIENT_SECRET=\"canary-of-the-file\" | M2M_CLIENT_SECRET is in quotes | Remove the quotes",
                "export EDITOR=canary-of-the-file | export in shell.env is no setting | Correct its name"
            })
    void aFileForAShellIsToldFromOneOfSettings(String line, String said, String fix) throws IOException {
        Path file = directory.resolve("shell.env");
        Files.writeString(file, "# ours\n" + line + "\n");

        Started check = Started.with(right(), "", "check", "--config", file.toString());

        assertThat(check.exitCode()).isEqualTo(2);
        assertThat(check.err()).contains("one setting is missing or wrong", said, fix);
        assertThat(check.all()).doesNotContain("canary", SECRET);
    }

    @Test
    void aFileThatCannotBeReadIsSaidWithoutItsContent() throws IOException {
        Path file =
                Files.writeString(directory.resolve("doctor.json"), "{\"M2M_CLIENT_SECRET\": \"" + SECRET + "\",,}");

        Started broken = Started.with(right(), "", "check", "--config", file.toString());
        Started missing = Started.with(
                right(), "", "check", "--config", directory.resolve("none").toString());

        assertThat(broken.exitCode()).isEqualTo(2);
        assertThat(broken.err()).contains("is no JSON, in line 1").doesNotContain(SECRET);
        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.err()).contains("cannot be read");
    }

    @Test
    void keysAndTokensInAFileAreNotRepeated() throws IOException {
        String line = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7canary0000";
        for (String text : new String[] {
            "eyJhbGciOiJS.eyJjYW5hcnki.c2ln",
            "M2M_CLIENT_SECRET=-----BEGIN PRIVATE KEY-----\n" + line + "\nQk9canary==\n-----END PRIVATE KEY-----\n",
            "{\"eyJhbGciOiJS.eyJjYW5hcnki.c2ln\": 1}"
        }) {
            Path file = Files.writeString(directory.resolve("doctor.properties"), text);

            Started check = Started.with(right(), "", "check", "--config", file.toString());

            assertThat(check.exitCode()).isEqualTo(2);
            assertThat(check.err()).contains("is no setting", "(not shown)").doesNotContain("eyJ", line, "Qk9canary");
        }
    }

    @Test
    void aFileThatSaysThingsTwiceIsAMistake() throws IOException {
        for (String text : new String[] {
            "DB_HOST=https://a.example.com\nDB_HOST=https://b.example.com\n",
            "{\"DB_HOST\": \"a\"} {\"DB_HOST\": \"b\"}",
            "{\"DB_HOST\": \"a\", \"DB_HOST\": \"b\"}",
            "{\"DB_HOST\": \"a\"} x"
        }) {
            Path file = Files.writeString(directory.resolve("doctor.conf"), text);

            Started check = Started.with(right(), "", "check", "--config", file.toString());

            assertThat(check.exitCode()).isEqualTo(2);
            assertThat(check.err()).containsPattern("is twice in doctor.conf, in line 2|is no JSON, in line 1");
        }
    }

    @Test
    void theOldReportSurvivesAMistakeInTheSettings() throws IOException {
        Path report = Files.writeString(directory.resolve("report.xml"), "<old/>");

        Started check = Started.with(Map.of(), "", "check", "--junit", report.toString());

        assertThat(check.exitCode()).isEqualTo(2);
        assertThat(report).hasContent("<old/>");
        assertThat(directory.toFile().list()).containsExactly("report.xml");
    }

    @Test
    void aRoleThatIsNotThereIsNamedWithTheNearest() {
        Started check = Started.with(right(), "", "check", "--role", "west-sales");

        assertThat(check.exitCode()).isEqualTo(2);
        assertThat(check.err()).contains("did you mean west_sales?");
    }
}
