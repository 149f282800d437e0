// SPDX-License-Identifier: Apache-2.0
package mcptests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import mcptests.ConformanceSuite.Played;
import mcptests.ConformanceSuite.Scenario;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The protocol's own conformance suite. With {@code -Dupdate} it writes docs/mcp-conformance.md anew. */
class ConformanceTest {
    private static final Path PAGE = Path.of("../docs/mcp-conformance.md");

    /** Measures how long the client waits, so nothing else may run meanwhile. */
    private static final String TIMED = "sse-retry";

    private static final List<String> PASS_AT_2025_11_25 = List.of(
            "initialize",
            "tools_call",
            "elicitation-sep1034-client-defaults",
            "sse-retry",
            "json-schema-2020-12-preservation",
            "auth/pre-registration",
            "auth/client-credentials-basic",
            "auth/client-credentials-jwt",
            "auth/wif-jwt-bearer",
            "auth/enterprise-managed-authorization",
            "sep-2640-client-no-prefetch",
            "sep-2640-client-verify-digest",
            "sep-2640-client-verify-size",
            "sep-2640-client-verify-frontmatter");

    private static final List<String> PASS_AT_2026_07_28 = List.of(
            "tools_call",
            "request-metadata",
            "sep-2322-client-request-state",
            "http-standard-headers",
            "http-custom-headers",
            "http-invalid-tool-headers",
            "json-schema-ref-no-deref",
            "json-schema-2020-12-preservation",
            "auth/pre-registration",
            "auth/resource-mismatch",
            "auth/metadata-issuer-mismatch",
            "auth/client-credentials-basic",
            "auth/client-credentials-jwt",
            "auth/wif-jwt-bearer",
            "auth/enterprise-managed-authorization",
            "sep-2640-client-no-prefetch",
            "sep-2640-client-verify-digest",
            "sep-2640-client-verify-size",
            "sep-2640-client-verify-frontmatter");

    private static NodePackages packages;
    private static List<Scenario> scenarios;
    private static List<Played> played;

    @BeforeAll
    static void playAll() throws Exception {
        packages = NodePackages.install();
        ConformanceSuite suite = new ConformanceSuite(packages);
        scenarios = suite.scenarios();
        List<Callable<Played>> plays = new ArrayList<>();
        for (String version : ConformanceSuite.VERSIONS) {
            for (Scenario scenario : scenarios) {
                if (scenario.isOf(version) && !scenario.name().equals(TIMED)) {
                    plays.add(() -> suite.play(scenario, version));
                }
            }
        }
        played = new ArrayList<>();
        ExecutorService players = Executors.newFixedThreadPool(2);
        try {
            for (Future<Played> one : players.invokeAll(plays)) {
                played.add(one.get());
            }
        } finally {
            players.shutdownNow();
        }
        played.add(suite.play(timed(), "2025-11-25"));
    }

    private static Scenario timed() {
        return scenarios.stream()
                .filter(scenario -> scenario.name().equals(TIMED))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theseScenariosPassAt20251125AndNoOthers() {
        assertThat(passed("2025-11-25")).containsExactlyInAnyOrderElementsOf(PASS_AT_2025_11_25);
    }

    @Test
    void theseScenariosPassAt20260728AndNoOthers() {
        assertThat(passed("2026-07-28")).containsExactlyInAnyOrderElementsOf(PASS_AT_2026_07_28);
    }

    @Test
    void pageSaysWhatCameOut() throws IOException {
        String node = packages.version("node");
        String page = new ConformanceReport(packages.version(ConformanceSuite.PACKAGE), node).of(scenarios, played);
        if (System.getProperty("update") != null) {
            Files.writeString(PAGE, page);
        }

        assertThat(page)
                .as("run with -Dupdate to write docs/mcp-conformance.md anew")
                .isEqualTo(Files.readString(PAGE));
    }

    private static List<String> passed(String version) {
        return played.stream()
                .filter(one -> one.version().equals(version) && one.verdict().passed())
                .map(one -> one.scenario().name())
                .toList();
    }
}
