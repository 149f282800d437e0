// SPDX-License-Identifier: Apache-2.0
package mcptests;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mcptests.ConformanceSuite.Played;
import mcptests.ConformanceSuite.Scenario;
import mcptests.ConformanceSuite.Verdict;

/** The page that says what passes and what does not, scenario by scenario. */
final class ConformanceReport {
    private static final String BEGINNING = """
            # Conformance of the MCP client

            What the protocol's own conformance suite says of `federation-mcp-client`. A small application
            ([ConformanceClient](../mcp-tests/src/test/java/mcptests/ConformanceClient.java)) plays each scenario of the suite against the
            suite's servers, which look at every message. Each scenario is played at each version it belongs to, and extensions at both.
            The build fails when one that passes no longer does, and when one that did not passes unnoticed.

            | | |
            |---|---|
            | made by | `mvn -Pmcp -pl mcp-tests -am verify -Dtest=ConformanceTest -Dsurefire.failIfNoSpecifiedTests=false -Dupdate` |
            | suite | `@modelcontextprotocol/conformance` %s |
            | on Node | %s |
            | passed | %s |

            **Passes** means: no check failed, none warned, and at least one found something in order; their number is given. **Not yet**
            means that the client does not do it. A dash means that the scenario does not belong to that version.

            """;

    private static final String END = """

            What does not pass is the login of a person in a browser, which this client leaves to the application, with its variations
            (`auth/…`), proof of possession (`dpop`), and skills (`sep-2640`). The two scenarios with a version in their names belong to that
            version alone, which is not played here; they are such logins as well.
            """;

    private final String suite;
    private final String node;

    ConformanceReport(String suite, String node) {
        this.suite = suite;
        this.node = node;
    }

    /**
     * The page.
     *
     * @param scenarios what there is
     * @param played what came of it
     */
    String of(List<Scenario> scenarios, List<Played> played) {
        StringBuilder page = new StringBuilder(BEGINNING.formatted(suite, node, summary(played)));
        page.append("| scenario |");
        ConformanceSuite.VERSIONS.forEach(
                version -> page.append(' ').append(version).append(" |"));
        page.append("\n|---|")
                .append("---|".repeat(ConformanceSuite.VERSIONS.size()))
                .append('\n');
        for (Scenario scenario : scenarios) {
            page.append("| `")
                    .append(scenario.name())
                    .append(scenario.versions().isEmpty() ? "` (extension) |" : "` |");
            for (String version : ConformanceSuite.VERSIONS) {
                String word = at(version, played)
                        .filter(one -> one.scenario().equals(scenario))
                        .map(one -> word(one.verdict()))
                        .findFirst()
                        .orElse("–");
                page.append(' ').append(word).append(" |");
            }
            page.append('\n');
        }
        return page.append(END).toString();
    }

    private static String summary(List<Played> played) {
        return ConformanceSuite.VERSIONS.stream()
                .map(version -> at(version, played)
                                .filter(one -> one.verdict().passed())
                                .count() + " of " + at(version, played).count() + " at " + version)
                .collect(Collectors.joining(", "));
    }

    private static Stream<Played> at(String version, List<Played> played) {
        return played.stream().filter(one -> one.version().equals(version));
    }

    private static String word(Verdict verdict) {
        return verdict.passed() ? "passes (" + verdict.checks() + ")" : "not yet";
    }
}
