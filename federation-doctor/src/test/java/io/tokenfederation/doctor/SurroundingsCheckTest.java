// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SurroundingsCheckTest {
    private static final String SECRET = "dapi-canary-7c1f0e5d";

    @TempDir
    Path directory;

    @Test
    void everythingIsFoundAtOnceAndNoValueIsShown() throws IOException {
        List<Problem> found = check(
                "[DEFAULT]\nhost=https://adb-1.example.com\ntoken = " + SECRET,
                Map.of(
                        "DATABRICKS_HOST", "https://adb-2.example.com",
                        "DATABRICKS_TOKEN", SECRET + "-other",
                        "DATABRICKS_OIDC_TOKEN_FILEPATH", "/run/token",
                        "TOKEN_AUDIENCE", "https://adb-1.example.com"));

        assertThat(found)
                .extracting(Problem::code)
                .containsExactly(
                        "SETTINGS_AMBIGUOUS", "SETTING_OVERRIDDEN", "SETTING_OVERRIDDEN", "AUDIENCE_VARIABLE_UNREAD");
        assertThat(found.toString()).doesNotContain("canary", "adb-2");
    }

    @Test
    void typeThatIsNamedSettlesIt() throws IOException {
        Map<String, String> both = Map.of("DATABRICKS_CLIENT_ID", "x", "DATABRICKS_OIDC_TOKEN_FILEPATH", "/run/token");

        assertThat(check("[DEFAULT]\nauth_type = file-oidc", both)).isEmpty();
    }

    @Test
    void oneWayIsOneWayHoweverManyVariablesItHas() throws IOException {
        assertThat(check(
                        "[DEFAULT]\n",
                        Map.of("DATABRICKS_CLIENT_ID", "x", "DATABRICKS_CLIENT_SECRET", "y", "ARM_CLIENT_ID", " ")))
                .isEmpty();
    }

    @Test
    void sameValueTwiceIsNoContradiction() throws IOException {
        assertThat(check(
                        "[DEFAULT]\nhost = https://a.example.com",
                        Map.of(
                                "DATABRICKS_HOST", "https://a.example.com",
                                "TOKEN_AUDIENCE", "a",
                                "DATABRICKS_TOKEN_AUDIENCE", "a")))
                .isEmpty();
    }

    @Test
    void profileThatIsNamedIsTheOneThatIsRead() throws IOException {
        String file = "[DEFAULT]\nhost = https://a.example.com\n[prod]\nhost = https://b.example.com\n; host = x\n";

        assertThat(check(file, Map.of("DATABRICKS_CONFIG_PROFILE", "prod", "DATABRICKS_HOST", "https://b.example.com")))
                .isEmpty();
        assertThat(check(file, Map.of("DATABRICKS_CONFIG_PROFILE", "prod", "DATABRICKS_HOST", "https://a.example.com")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("profile 'prod'", "DATABRICKS_HOST"));
    }

    @Test
    void fileInTheHomeDirectoryIsTheUsualOne() throws IOException {
        Files.writeString(directory.resolve(".databrickscfg"), "[DEFAULT]\nhost = https://a.example.com");

        assertThat(ConfigProfile.of(Map.of("HOME", directory.toString())))
                .hasValueSatisfying(profile ->
                        assertThat(profile).hasToString("profile 'DEFAULT' of " + directory.resolve(".databrickscfg")));
    }

    @Test
    void fileThatIsNotThereIsNoTrouble() {
        assertThat(ConfigProfile.of(Map.of("HOME", directory.toString()))).isEmpty();
        assertThat(ConfigProfile.of(Map.of("DATABRICKS_CONFIG_FILE", "\0"))).isEmpty();
        assertThat(SurroundingsCheck.of(Map.of(), Optional.empty())).isEmpty();
    }

    private List<Problem> check(String text, Map<String, String> variables) throws IOException {
        Path file = Files.writeString(directory.resolve("config"), text);
        Map<String, String> all = new HashMap<>(variables);
        all.put("DATABRICKS_CONFIG_FILE", file.toString());
        return SurroundingsCheck.of(variables, ConfigProfile.of(all));
    }
}
