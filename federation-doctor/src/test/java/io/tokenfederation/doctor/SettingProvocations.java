// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import static io.tokenfederation.doctor.Stage.AUDIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.ErrorCode;
import io.tokenfederation.Problem;
import io.tokenfederation.workload.WorkloadTokenSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** G14 to G18, without G17: nothing of ours is called when it happens. */
final class SettingProvocations {
    static final List<Provocation> ALL = List.of(
            Provocation.of(
                    "G14",
                    DoctorCode.SETTINGS_AMBIGUOUS,
                    "'file-oidc', or unset DATABRICKS_CLIENT_ID",
                    on -> surroundings(
                            on,
                            "",
                            Map.of("DATABRICKS_CLIENT_ID", "7cb2", "DATABRICKS_OIDC_TOKEN_FILEPATH", "/run/token"))),
            Provocation.of(
                    "G14",
                    DoctorCode.SETTINGS_AMBIGUOUS,
                    "token of profile 'DEFAULT'",
                    on -> surroundings(on, "token = " + Stage.SECRET, Map.of("DATABRICKS_OIDC_TOKEN_ENV", "ID_TOKEN"))),
            Provocation.of(
                    "G14",
                    "WORKLOAD_AMBIGUOUS",
                    "DATABRICKS_AUTH_TYPE",
                    on -> Stage.thrown(() -> WorkloadTokenSource.fromEnvironment(
                            Map.of("DATABRICKS_OIDC_TOKEN", "x", "DATABRICKS_OIDC_TOKEN_FILEPATH", "/run/token")))),
            Provocation.of(
                    "G15",
                    DoctorCode.SETTING_OVERRIDDEN,
                    "Unset DATABRICKS_HOST",
                    on -> surroundings(
                            on,
                            "# ours\nhost = https://adb-1.example.com",
                            Map.of("DATABRICKS_HOST", "https://adb-2.example.com"))),
            Provocation.of(
                    "G15",
                    "WORKLOAD_SETTING_CONFLICT",
                    "same value",
                    on -> Stage.thrown(() -> WorkloadTokenSource.fromEnvironment(Map.of(
                            "DATABRICKS_OIDC_TOKEN_FILEPATH",
                            "/run/token",
                            "DATABRICKS_OIDC_TOKEN_FILE",
                            "/run/other")))),
            Provocation.of(
                    "G16",
                    DoctorCode.AUDIENCE_VARIABLE_UNREAD,
                    "Set TOKEN_AUDIENCE to '" + AUDIENCE + "'",
                    on -> surroundings(on, "", Map.of("DATABRICKS_TOKEN_AUDIENCE", AUDIENCE))),
            Provocation.of(
                    "G16",
                    DoctorCode.AUDIENCE_VARIABLE_UNREAD,
                    "Set DATABRICKS_TOKEN_AUDIENCE to '" + AUDIENCE + "'",
                    on -> surroundings(on, "", Map.of("TOKEN_AUDIENCE", AUDIENCE))),
            Provocation.of(
                    "G16",
                    DoctorCode.AUDIENCE_VARIABLE_UNREAD,
                    "the same value",
                    on -> surroundings(on, "", Map.of("TOKEN_AUDIENCE", "a", "DATABRICKS_TOKEN_AUDIENCE", "b"))),
            Provocation.of("G18", ErrorCode.IDP_TOKEN_TOO_SHORT, "five minutes work", on -> {
                var idp = DatabricksProvocations.idp(on);
                idp.lifetime(Duration.ofSeconds(35));
                return on.refused(DatabricksProvocations.source(idp));
            }),
            Provocation.of(
                    "G18",
                    ErrorCode.TOKEN_REJECTED,
                    "workspace",
                    on -> ApiRefusal.of(
                            Asked.ME,
                            on.principal,
                            403,
                            "{\"error_code\":403,\"message\":\"Token is expiring within 30 seconds. (token expired)\"}")));

    private SettingProvocations() {}

    /** The only finding there is. */
    private static Problem surroundings(Stage on, String profile, Map<String, String> variables) throws IOException {
        Path file = on.directory.resolve("databrickscfg");
        Files.writeString(file, "[OTHER]\ntoken = of another profile\n\n[DEFAULT]\n" + profile + "\n");
        List<Problem> found =
                SurroundingsCheck.of(variables, ConfigProfile.of(Map.of("DATABRICKS_CONFIG_FILE", file.toString())));
        assertThat(found).hasSize(1);
        return found.get(0);
    }
}
