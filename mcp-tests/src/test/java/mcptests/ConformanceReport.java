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
            ([ConformanceClient](../mcp-tests/src/test/java/mcptests/ConformanceClient.java)) plays each scenario of the
            suite against the suite's servers, which look at every message. Each scenario is played at each version it
            belongs to, and extensions at both. The build fails when one that passes no longer does, and when one that did
            not passes unnoticed.

            | | |
            |---|---|
            | made by | `mvn -Pmcp -pl mcp-tests -am verify -Dtest=ConformanceTest -Dsurefire.failIfNoSpecifiedTests=false -Dupdate` |
            | suite | `@modelcontextprotocol/conformance` %s |
            | on Node | %s |
            | passed | %s |

            **Passes** means: no check failed, none warned, at least one found something in order (how many look differs
            from run to run), and the client itself saw what it should. **Not yet** means that the client does not do it.
            A dash means that the scenario does not belong to that version.
            """;

    private static final String END = """
            Every scenario that nobody has to log in for passes. Under `auth/` these are the extensions but for DPoP;
            `auth/resource-mismatch` and `auth/metadata-issuer-mismatch`, where the client refuses with
            `MCP_AUTH_RESOURCE_MISMATCH` and `MCP_AUTH_ISSUER_MISMATCH`; and `auth/pre-registration`, on client
            credentials. (The metadata of its server names the grants of a login alone; its token endpoint takes the id
            and secret that were handed out, on whatever grounds.)

            The others are logins of a person in a browser, which this client leaves to the application. They are played
            on client credentials as well, as far as that goes: most of their authorization servers say that they know no
            client with a credential, so the client asks them for nothing (`MCP_AUTH_METHOD_UNSUPPORTED`).

            | not yet | what it looks at |
            |---|---|
            | `auth/metadata-default`, `auth/metadata-var1`, `auth/metadata-var2`, `auth/metadata-var3` | whether \
            the client registers itself and sends the person to the authorization server; it finds the metadata in \
            all four |
            | `auth/basic-cimd` | the client id in the authorization request, which is to be a URL |
            | `auth/scope-from-www-authenticate`, `auth/scope-from-scopes-supported`, \
            `auth/scope-omitted-when-undefined`, `auth/offline-access-scope`, `auth/offline-access-not-supported` | \
            the scope in the authorization request |
            | `auth/scope-step-up`, `auth/scope-retry-limit` | how often the person is sent, and for which scopes |
            | `auth/token-endpoint-auth-basic`, `auth/token-endpoint-auth-post` | the resource in the authorization \
            request, beside the way the client authenticates, which is the right one |
            | `auth/token-endpoint-auth-none` | the token request of a client that has no credential: without a \
            login it has no grounds to ask for a token |
            | `auth/authorization-server-migration` | whether the client registers itself with a second \
            authorization server, whose metadata names only clients without a credential, too |
            | `auth/iss-supported`, `auth/iss-not-advertised` | the answer to the authorization request, by the \
            token request that follows. (Any token request would do: one on other grounds would pass, and show \
            nothing) |
            | `auth/iss-supported-missing`, `auth/iss-wrong-issuer`, `auth/iss-unexpected`, `auth/iss-normalized` | \
            the refusal of an answer to the authorization request |
            | `auth/dpop`, `auth/dpop-nonce` | a proof of possession in the token request of a login \
            (`authorization_code`), and in no other |
            | `auth/2025-03-26-oauth-metadata-backcompat`, `auth/2025-03-26-oauth-endpoint-fallback` | logins as \
            well, of that version alone, which is not played here |

            The scenarios of `sep-2640` (skills) test the application around the client: what it must not read before
            somebody wants it, and what it must refuse.
            [SkillHost](../mcp-tests/src/test/java/mcptests/SkillHost.java) lists the skills by the client's request for
            extensions, reads their files, and compares size, digest and front matter itself; nothing of that is in the
            library. In none of them is a skill loaded that is what it should be;
            [SkillHostTest](../mcp-tests/src/test/java/mcptests/SkillHostTest.java) has those. Their servers say that they
            speak 2026-07-28 whichever version is played, so it is spoken in both columns.
            """;

    /** As long as a line of the documents may be. */
    private static final int WIDTH = 125;

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
        StringBuilder page = new StringBuilder(wrapped(BEGINNING.formatted(suite, node, summary(played))));
        page.append("\n\n| scenario |");
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
        return page.append('\n').append(wrapped(END)).append('\n').toString();
    }

    /** The text with its paragraphs filled; a heading is one line, and a table's lines stay as they are. */
    private static String wrapped(String text) {
        return Stream.of(text.split("\n\n"))
                .map(part -> part.startsWith("|") ? part : filled(part))
                .collect(Collectors.joining("\n\n"));
    }

    private static String filled(String paragraph) {
        StringBuilder filled = new StringBuilder();
        int column = 0;
        for (String word : paragraph.strip().split("\\s+")) {
            if (column > 0) {
                boolean fits = column + 1 + word.length() <= WIDTH;
                filled.append(fits ? ' ' : '\n');
                column = fits ? column + 1 : 0;
            }
            filled.append(word);
            column += word.length();
        }
        return filled.toString();
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
        return verdict.passed() ? "passes" : "not yet";
    }
}
