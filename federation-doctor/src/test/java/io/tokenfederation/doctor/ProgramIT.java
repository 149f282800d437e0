// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import example.app.SixRoles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program, started as people start it. */
class ProgramIT {
    private final SixRoles world = new SixRoles();

    @TempDir
    Path directory;

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void sixRolesPassWithExitCodeZeroAndNothingBesideTheReport() throws Exception {
        Started check = start(world.environment(), "", "check");

        assertThat(check.err()).isEmpty();
        assertThat(check.out()).endsWith("\nResults: 6/6 roles passed\n");
        assertThat(check.exitCode()).isZero();
        assertThat(check.all()).doesNotContain("eyJ", SixRoles.SECRET, "\u001b");
    }

    @Test
    void aFailureIsExitCodeOne() throws Exception {
        world.databricks.removePolicies(world.principal("finance"));

        Started check = start(world.environment(), "", "check");

        assertThat(check.out()).contains("NO_FEDERATION_POLICY", "Results: 5/6 roles passed");
        assertThat(check.exitCode()).isEqualTo(1);
    }

    @Test
    void wrongUsageIsExitCodeTwo() throws Exception {
        assertThat(start(Map.of(), "", "check").exitCode()).isEqualTo(2);
        assertThat(start(Map.of(), "", "chekc").err()).contains("did you mean check?");
    }

    @Test
    void aTokenIsExplainedFromStandardInput() throws Exception {
        String token = world.source().mint().value();

        Started explained = start(Map.of(), "Bearer " + token + "\n", "explain");

        assertThat(explained.out()).contains("issued by Auth0", "\"oidc_policy\"", "Taken away");
        assertThat(explained.exitCode()).isZero();
        assertThat(explained.all()).doesNotContain("eyJ", token);
    }

    @Test
    void theProgramKnowsItsVersion() throws Exception {
        assertThat(start(Map.of(), "", "--version").out()).matches("federation-doctor \\d+\\.\\d+.*\\R");
    }

    private Started start(Map<String, String> environment, String input, String... arguments)
            throws IOException, InterruptedException {
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                System.getProperty("doctor.jar")));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(Files.writeString(directory.resolve("in"), input).toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        int exitCode = builder.start().waitFor();
        return new Started(exitCode, Files.readString(out), Files.readString(err));
    }
}
