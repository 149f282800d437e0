// SPDX-License-Identifier: Apache-2.0
package systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents say is what the code does. */
class DocumentsTest {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern EXAMPLE =
            Pattern.compile("<!-- runs in (\\w+) -->\\s+```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?://|#)([^)#]+)");

    static Stream<Path> documents() throws IOException {
        try (Stream<Path> guides = Files.list(ROOT.resolve("docs"));
                Stream<Path> top = Files.list(ROOT)) {
            return Stream.concat(guides, top).filter(path -> path.toString().endsWith(".md")).toList().stream();
        }
    }

    /** Examples say above them, unseen on the page, which test holds them. */
    static Stream<Arguments> examples() throws IOException {
        List<Arguments> examples = new ArrayList<>();
        for (Path document : documents().toList()) {
            EXAMPLE.matcher(Files.readString(document))
                    .results()
                    .forEach(found -> examples.add(
                            Arguments.of(ROOT.relativize(document).toString(), found.group(1), found.group(2))));
        }
        return examples.stream();
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("examples")
    void examplesAreCodeThatRuns(String document, String test, String example) throws IOException {
        assertThat(words(read("system-tests/src/test/java/example/app/" + test + ".java")))
                .as(document)
                .contains(words(example));
    }

    /** A whole class that a page shows, from its declaration on, is the one that is built. */
    @Test
    void theProviderOfOnesOwnIsTheOneThatIsBuilt() throws IOException {
        MatchResult shown = Pattern.compile("<!-- is (\\S+) -->\\s+```java\n(.*?)```", Pattern.DOTALL)
                .matcher(read("docs/own-provider.md"))
                .results()
                .findFirst()
                .orElseThrow();

        assertThat(words(read(shown.group(1)))).endsWith(words(shown.group(2)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "docs/testing.md",
                "docs/errors.md",
                "docs/auth0.md",
                "docs/doctor.md",
                "docs/how-it-works.md",
                "docs/mcp.md",
                "docs/mcp-authorization.md",
                "docs/mcp-databricks.md",
                "docs/github-actions.md",
                "docs/gitlab.md",
                "docs/azure-devops.md",
                "docs/circleci.md",
                "docs/kubernetes.md",
                "docs/oidc.md",
                "docs/okta.md",
                "docs/entra.md",
                "docs/policies.md",
                "docs/roles.md",
                "docs/databricks-sdk.md",
                "docs/mcp-sdk.md",
                "docs/jdbc.md",
                "docs/delta-sharing.md",
                "docs/delta-sharing-login.md",
                "docs/delta-sharing-provider.md"
            })
    void thesePagesHoldCodeThatRuns(String document) throws IOException {
        assertThat(EXAMPLE.matcher(read(document)).find()).isTrue();
    }

    @Test
    void theFirstPageStaysShort() throws IOException {
        assertThat(read("README.md").lines()).hasSizeLessThan(120);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyLinkLeadsSomewhere(Path document) throws IOException {
        List<Path> targets = LINK.matcher(Files.readString(document))
                .results()
                .map((MatchResult link) -> document.resolveSibling(link.group(1)))
                .toList();

        assertThat(targets).allSatisfy(target -> assertThat(target).exists());
    }

    static String read(String path) throws IOException {
        return Files.readString(ROOT.resolve(path));
    }

    private static String words(String code) {
        return code.replaceAll("\\s+", "");
    }
}
