// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenfederation.doctor.CheckResult;
import io.tokenfederation.doctor.FederationDoctor;
import io.tokenfederation.doctor.Outcome;
import io.tokenfederation.doctor.Progress;
import io.tokenfederation.doctor.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FederationDoctorTest {
    private final SixRoles world = new SixRoles();

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void sixRolesAreAllGreen() {
        Report report = world.doctor().build().check();

        assertThat(report.failures()).isEmpty();
        assertThat(report.passed()).isTrue();
        assertThat(report.rolesPassed()).isEqualTo(6);
        assertThat(report.toText()).endsWith("\nResults: 6/6 roles passed\n");
    }

    /** The identity provider limits the rate of tokens, and one JWT serves all roles. */
    @Test
    void oneJwtIsAskedForHoweverManyRolesThereAre() {
        Report report = world.doctor().build().check();

        assertThat(report.passed()).isTrue();
        assertThat(world.idp.tokenRequests()).isEqualTo(1);
        assertThat(world.databricks.exchanges()).isEqualTo(6);
    }

    @Test
    void nothingIsCalledAndNoToolIsRun() {
        world.doctor().build().check();

        assertThat(world.mcp.toolCalls()).isZero();
    }

    @Test
    void realPoliciesAreComparedWhereSomebodyMayReadThem() {
        Report report = world.doctor()
                .account(world.front.url(), world.databricks.accountId())
                .administrator(world.administrator())
                .build()
                .check();

        assertThat(report.failures()).isEmpty();
        assertThat(report.results())
                .filteredOn(result -> result.check().equals("policy"))
                .hasSize(6)
                .allMatch(result -> result.outcome() instanceof Outcome.Passed);
    }

    @Test
    void whatIsNotConfiguredIsNamedOnceAndRedNowhere() {
        Report report = FederationDoctor.builder()
                .idpTokenSource(world.source())
                .workspace(world.front.url())
                .role("west_sales", world.principal("west_sales"))
                .build()
                .check();

        assertThat(report.passed()).isTrue();
        assertThat(report.results())
                .filteredOn(result -> result.outcome() instanceof Outcome.Skipped)
                .extracting(CheckResult::check)
                .containsExactly("policy", "warehouse", "groups", "Genie", "MCP");
    }

    @Test
    void progressTellsOfEachCheckBeforeAndAfterIt() {
        List<Progress> heard = new ArrayList<>();

        Report report = world.doctor().progress(heard::add).build().check();

        assertThat(heard)
                .filteredOn(Progress.Finished.class::isInstance)
                .extracting(progress -> ((Progress.Finished) progress).result())
                .isEqualTo(report.results());
        assertThat(heard).contains(new Progress.Started("exchange", Optional.of("west_sales")));
    }

    @Test
    void aDoctorThatLacksSomethingIsNotBuilt() {
        assertThatThrownBy(() -> FederationDoctor.builder().build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("idpTokenSource, workspace and at least one role");
        assertThatThrownBy(() -> world.doctor().groups("nobody", "g").build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("nobody");
        assertThatThrownBy(() -> world.doctor().warehouse("/sql/1.0/warehouses/abc"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the id alone");
    }
}
