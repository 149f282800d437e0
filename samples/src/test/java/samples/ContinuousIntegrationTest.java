// SPDX-License-Identifier: Apache-2.0
package samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenfederation.TokenExchangeException;
import io.tokenfederation.testkit.WorkloadRules;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContinuousIntegrationTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);

    @Test
    void jobRunsItsStatementAsTheServicePrincipalThatTrustsItsBranch() {
        ContinuousIntegration.run(Map.of(), out);

        assertThat(written.toString(StandardCharsets.UTF_8))
                .contains("on stand-ins")
                .containsPattern("(?m)^as ([0-9a-f-]{36}): \\[\\[\\1\\]\\]$");
    }

    @Test
    void jobOfAnotherBranchIsNobody() {
        try (JobStandIns world = new JobStandIns()) {
            WorkloadRules.of(world.gitHub()).subject("repo:acme/etl:ref:refs/heads/feature");

            assertThatThrownBy(() -> ContinuousIntegration.run(world.environment(), out))
                    .isInstanceOf(TokenExchangeException.class)
                    .hasMessageContaining("SUBJECT_MISMATCH")
                    .hasMessageContaining("refs/heads/feature");
        }
    }

    /** Which runtime this is, the environment says; outside of one there is no JWT to be had. */
    @Test
    void machineThatIsNoJobIsTold() {
        assertThatThrownBy(() -> ContinuousIntegration.run(Map.of("DATABRICKS_HOST", "https://adb-1.example.com"), out))
                .hasMessageContaining("WORKLOAD_NOT_DETECTED");
    }

    @Test
    void variableThatIsMissingIsNamed() {
        try (JobStandIns world = new JobStandIns()) {
            Map<String, String> job = world.environment();
            job.remove("DATABRICKS_CLIENT_ID");

            assertThatThrownBy(() -> ContinuousIntegration.run(job, out)).hasMessage("DATABRICKS_CLIENT_ID is not set");
        }
    }
}
