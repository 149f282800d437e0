// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import example.app.FrontDoor;
import example.app.SixRoles;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What depends on time: clocks that differ, and warehouses that are being started. Nobody really waits. */
class PatienceTest {
    private static final String STATEMENTS = "/api/2.0/sql/statements";
    private static final String PENDING = "{\"statement_id\":\"s1\",\"status\":{\"state\":\"PENDING\"}}";

    private final SixRoles world = new SixRoles();
    private final AtomicInteger pauses = new AtomicInteger();

    @AfterEach
    void stop() {
        world.close();
    }

    private FederationDoctorBuilder warehouseOnly() {
        return FederationDoctor.builder()
                .idpTokenSource(world.source())
                .workspace(world.front.url())
                .role("finance", world.principal("finance"))
                .warehouse(SixRoles.WAREHOUSE)
                .pause(pauses::incrementAndGet);
    }

    @Test
    void aClockThatIsWrongIsItsOwnRedLine() {
        InstantSource slow = InstantSource.offset(InstantSource.system(), Duration.ofMinutes(-5));

        Report report = world.doctor().clock(slow).build().check();

        assertThat(report.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.check()).isEqualTo("clock");
            assertThat(failure.outcome().finding())
                    .hasValueSatisfying(finding -> assertThat(finding.cause())
                            .contains("the identity provider is 5 min ahead", "Databricks is 5 min ahead"));
        });
        assertThat(report.rolesPassed()).isEqualTo(6);
        assertThat(report.passed()).isFalse();
        assertThat(report.toText()).endsWith("Results: 6/6 roles passed, and 1 check of what they share failed\n");
    }

    @Test
    void aWarehouseThatIsBeingStartedIsWaitedForAndThatIsSaid() {
        AtomicInteger looks = new AtomicInteger();
        List<Progress> heard = new ArrayList<>();
        world.front.answer(STATEMENTS, FrontDoor.Answer.json(200, PENDING));
        world.front.answer(
                STATEMENTS + "/s1",
                user -> FrontDoor.Answer.json(
                        200,
                        looks.incrementAndGet() < 3
                                ? PENDING
                                : "{\"status\":{\"state\":\"SUCCEEDED\"},\"result\":{\"data_array\":[[\"" + user
                                        + "\"]]}}"));

        Report report = warehouseOnly().progress(heard::add).build().check();

        assertThat(report.passed()).isTrue();
        assertThat(pauses).hasValue(3);
        assertThat(heard)
                .contains(new Progress.Waiting(
                        "warehouse",
                        Optional.of("finance"),
                        "warehouse " + SixRoles.WAREHOUSE + " is starting or busy"));
    }

    @Test
    void aWarehouseThatNeverStartsIsRed() {
        world.front.answer(STATEMENTS, FrontDoor.Answer.json(200, PENDING));
        world.front.answer(STATEMENTS + "/s1", FrontDoor.Answer.json(200, PENDING));

        Report report =
                warehouseOnly().warehousePatience(Duration.ofNanos(1)).build().check();

        assertThat(report.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.outcome().finding())
                        .hasValueSatisfying(
                                finding -> assertThat(finding.code()).isEqualTo("WAREHOUSE_SLOW")));
    }

    @Test
    void membershipByOneFunctionAloneIsAWarningAsLongAsNobodySaysWhichIsAsked() {
        String group = SixRoles.group("finance");
        world.workspaceMembers.clear();

        Report unsaid = warehouseOnly().groups("finance", group).build().check();
        Report said = warehouseOnly()
                .groups("finance", group)
                .groupFunction(GroupFunction.IS_ACCOUNT_GROUP_MEMBER)
                .build()
                .check();

        assertThat(unsaid.passed()).isTrue();
        assertThat(unsaid.toText()).contains("[WARN] groups: WRONG_ROW_FILTER", "GROUP_FUNCTION");
        assertThat(said.toText()).contains("[PASS] groups: in " + group + ", by is_account_group_member()");
    }

    @Test
    void withoutAWarehouseGroupsAreThoseTheWorkspaceNames() {
        FederationDoctorBuilder doctor = FederationDoctor.builder()
                .idpTokenSource(world.source())
                .workspace(world.front.url())
                .role("finance", world.principal("finance"));

        Report in = doctor.groups("finance", SixRoles.group("finance")).build().check();
        Report out = doctor.groups("finance", "others").build().check();

        assertThat(in.passed()).isTrue();
        assertThat(out.toText()).contains("[FAIL] groups: WRONG_ROW_FILTER", "SCIM Me does not name [others]");
    }

    @Test
    void keysThatArePinnedAreLookedForNowhere() {
        world.idp.discovery().recover();
        long before = world.idp.discoveryRequests();

        Report report = warehouseOnly().keysPinned(true).build().check();

        assertThat(report.results()).extracting(CheckResult::check).doesNotContain("discovery");
        // Databricks itself still looks, as the stand-in's policies hold no keys.
        assertThat(world.idp.discoveryRequests() - before).isLessThanOrEqualTo(1);
    }
}
