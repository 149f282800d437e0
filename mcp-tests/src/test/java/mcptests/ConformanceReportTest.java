// SPDX-License-Identifier: Apache-2.0
package mcptests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mcptests.ConformanceSuite.Played;
import mcptests.ConformanceSuite.Scenario;
import mcptests.ConformanceSuite.Verdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page as it is written, without playing anything: what a hand changes in it, the next run would undo. */
class ConformanceReportTest {
    private static final Path PAGE = Path.of("../docs/mcp-conformance.md");
    private static final Pattern ROW = Pattern.compile("\\| `([^`]+)`( \\(extension\\))? \\| (.+) \\| (.+) \\|");

    private final List<Scenario> scenarios = new ArrayList<>();
    private final List<Played> played = new ArrayList<>();
    private String page = "";

    @BeforeEach
    void read() throws IOException {
        page = Files.readString(PAGE);
        page.lines().map(ROW::matcher).filter(Matcher::matches).forEach(this::take);
    }

    @Test
    void pageIsWhatTheReportWritesOfItsOwnTable() {
        String again = new ConformanceReport(setting("suite", " ([^ ]+)"), setting("on Node", "([^ ]+)"))
                .of(scenarios, played);

        assertThat(scenarios).hasSizeGreaterThan(20);
        assertThat(again).isEqualTo(page);
    }

    @Test
    void whatDoesNotPassHasItsReason() {
        String reasons = page.substring(page.indexOf("| not yet | what it looks at |"));

        assertThat(scenarios)
                .filteredOn(scenario -> played.stream()
                        .noneMatch(one ->
                                one.scenario().equals(scenario) && one.verdict().passed()))
                .isNotEmpty()
                .allSatisfy(scenario -> assertThat(reasons).contains("`" + scenario.name() + "`"));
    }

    @Test
    void proseIsAsWideAsTheDocumentsAre() {
        assertThat(page.lines().filter(line -> !line.startsWith("|")))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(125));
    }

    private String setting(String name, String value) {
        Matcher found = Pattern.compile("\\| " + name + " \\| (?:`[^`]+`)?" + value + " \\|")
                .matcher(page);
        assertThat(found.find()).as(name).isTrue();
        return found.group(1);
    }

    private void take(Matcher row) {
        List<String> versions = new ArrayList<>();
        for (int i = 0; i < ConformanceSuite.VERSIONS.size(); i++) {
            if (!row.group(3 + i).equals("–")) {
                versions.add(ConformanceSuite.VERSIONS.get(i));
            }
        }
        Scenario scenario = new Scenario(
                row.group(1), row.group(2) == null ? (versions.isEmpty() ? List.of("another") : versions) : List.of());
        scenarios.add(scenario);
        for (String version : versions) {
            String word = row.group(3 + ConformanceSuite.VERSIONS.indexOf(version));
            played.add(new Played(scenario, version, new Verdict(word.startsWith("passes"))));
        }
    }
}
