// SPDX-License-Identifier: Apache-2.0
package samples.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/web-sample.md says is so. */
class WebGuideTest {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Path SOURCES = ROOT.resolve("samples/web/src/main");

    @Test
    void theTableHoldsEverySettingThatIsReadAndNoOther() throws IOException {
        Set<String> told = new TreeSet<>();
        find("(?m)^\\| `([A-Z_]+)` \\|", guide(), told::add);
        Set<String> read = new TreeSet<>();
        for (String file : new String[] {"Address", "Login", "McpTool", "WebSettings"}) {
            String source = Files.readString(SOURCES.resolve("java/samples/web/" + file + ".java"));
            find("\"((?:LOGIN|ROLE|MCP|WEB)_[A-Z_]+)\"", source, read::add);
        }

        assertThat(told).isEqualTo(read).hasSizeGreaterThan(10);
    }

    @Test
    void everyCodeThatTheBrowserGetsIsInTheGuideWithItsStatus() throws IOException {
        Set<String> told = new TreeSet<>();
        find("(?m)^\\| (\\d{3} `[A-Z_]+)` \\|", guide(), told::add);
        Set<String> sent = new TreeSet<>();
        try (Stream<Path> all = Files.walk(SOURCES.resolve("java"))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                find(
                        "new Refusal\\((\\d{3}, \"[A-Z_]+)\"",
                        Files.readString(file), code -> sent.add(code.replace(", \"", " `")));
            }
        }

        assertThat(told).isEqualTo(sent).hasSizeGreaterThan(8);
    }

    @Test
    void thePeopleOfTheTableAreThoseOfTheStandIn() throws IOException {
        try (WebStandIns world = WebStandIns.start()) {
            Set<String> told = new TreeSet<>();
            find("(?m)^\\| `(\\S+@\\S+` \\| `\\S+)` \\|", guide(), told::add);

            assertThat(told)
                    .containsExactlyInAnyOrderElementsOf(world.people().people().stream()
                            .map(person -> person.username() + "` | `" + person.role())
                            .toList());
            assertThat(guide()).contains("password is `" + WebStandIns.PASSWORD + "`");
        }
    }

    @Test
    void theFilesToLookAtAreThere() throws IOException {
        Set<String> files = new TreeSet<>();
        try (Stream<Path> all = Files.walk(SOURCES)) {
            all.map(path -> path.getFileName().toString().replaceAll("\\.java$", ""))
                    .forEach(files::add);
        }
        Set<String> told = new TreeSet<>();
        String table = guide().replaceAll("(?s).*## What to look at|## Its choices.*", "");
        find("`([A-Za-z]+(?:\\.js)?)`[^|\\n]*(?=.*\\|)", table, told::add);
        find("(?m)^\\| `[^`]+`, `([^`]+)` \\|", table, told::add);

        assertThat(told).contains("QueryApi", "pkce.js").isSubsetOf(files);
    }

    private static String guide() throws IOException {
        return Files.readString(ROOT.resolve("docs/web-sample.md"));
    }

    private static void find(String pattern, String text, Consumer<String> found) {
        Pattern.compile(pattern).matcher(text).results().forEach(match -> found.accept(match.group(1)));
    }
}
