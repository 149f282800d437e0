// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.doctor.CheckResult;
import io.tokenfederation.doctor.Finding;
import io.tokenfederation.doctor.Outcome;
import io.tokenfederation.doctor.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One thing is wrong at a time: it gives its own red lines, and no others. */
class FaultsOfTheFederationTest {
    static Stream<FederationFault> faults() {
        return Stream.of(TokenFaults.ALL, PolicyFaults.ALL, WorkspaceFaults.ALL, UsageFaults.ALL)
                .flatMap(List::stream);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void faultGivesItsOwnRedLinesAndNoOthers(FederationFault fault) {
        try (SixRoles world = new SixRoles()) {
            Report report =
                    fault.spoiling().spoil(world, world.doctor()).build().check();

            assertThat(report.failures())
                    .extracting(FaultsOfTheFederationTest::line)
                    .containsExactlyElementsOf(fault.red());
            assertThat(report.passed()).isFalse();
            assertThat(report.results()).allSatisfy(FaultsOfTheFederationTest::isUseful);
            assertNothingSecretIsIn(report);
        }
    }

    private static String line(CheckResult result) {
        return result.role().orElse("-") + " " + result.check() + " "
                + result.outcome().finding().map(Finding::code).orElse("");
    }

    /** A failure and a warning say cause and fix, what was left out says why, and the rest is green. */
    private static void isUseful(CheckResult result) {
        if (result.outcome().finding().isPresent()) {
            assertThat(result.outcome().finding().get().cause()).isNotBlank();
            assertThat(result.outcome().finding().get().fix()).isNotBlank();
        } else if (result.outcome() instanceof Outcome.Skipped skipped) {
            assertThat(skipped.because()).isNotBlank();
        } else {
            assertThat(result.outcome()).isInstanceOf(Outcome.Passed.class);
        }
    }

    private static void assertNothingSecretIsIn(Report report) {
        List<String> all =
                new ArrayList<>(List.of(report.toText(), report.toJson(), report.toJUnitXml(), report.toString()));
        assertThat(all)
                .allSatisfy(text -> assertThat(text)
                        .doesNotContain("eyJ", SixRoles.SECRET, "another-secret-5f1c", "Bearer ", "opaque-token-of"));
    }
}
