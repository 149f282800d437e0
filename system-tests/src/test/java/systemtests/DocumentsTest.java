// SPDX-License-Identifier: Apache-2.0
package systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents say is what the code does. */
class DocumentsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?://|#)([^)#]+)");

    static Stream<Path> documents() throws IOException {
        try (Stream<Path> guides = Files.list(ROOT.resolve("docs"));
                Stream<Path> top = Files.list(ROOT)) {
            return Stream.concat(guides, top).filter(path -> path.toString().endsWith(".md")).toList().stream();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyCodeStandsOnTheErrorsPageInItsOwnWords(ErrorCode code) throws IOException {
        assertThat(read("docs/errors.md"))
                .contains("| `" + code + "` | " + (code.retryable() ? "yes" : "no") + " | " + code.meaning() + " | "
                        + code.fix() + " |");
    }

    @Test
    void everyCodeOfTheMcpClientStandsOnTheErrorsPage() throws ReflectiveOperationException, IOException {
        Object[] codes = Class.forName("io.tokenfederation.mcp.McpErrorCode").getEnumConstants();

        assertThat(codes).isNotEmpty();
        assertThat(read("docs/errors.md"))
                .contains(Arrays.stream(codes).map(code -> "`" + code + "`").toList());
    }

    @Test
    void theReadmesExampleIsCodeThatCompiles() throws IOException {
        String readme = read("README.md");
        int start = readme.indexOf("```java") + "```java".length();
        String example = words(readme.substring(start, readme.indexOf("```", start)));

        assertThat(words(read("system-tests/src/test/java/example/app/ReadmeExampleTest.java")))
                .contains(example);
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

    private static String read(String path) throws IOException {
        return Files.readString(ROOT.resolve(path));
    }

    private static String words(String code) {
        return code.replaceAll("\\s+", "");
    }
}
