// SPDX-License-Identifier: Apache-2.0
package systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The catalogue of mistakes with identity providers, by its numbers: A for Auth0, O for Okta, E for Entra ID, W for runtimes
 * and other issuers. Each row has a test that bears its number, beside the module it belongs to; none gets lost.
 */
class CatalogueRowsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final List<String> TESTS = tests();

    static Stream<String> rows() {
        return Stream.of(rows("A", 11), rows("O", 14), rows("E", 12), rows("W", 16))
                .flatMap(each -> each);
    }

    private static Stream<String> rows(String letter, int last) {
        return IntStream.rangeClosed(1, last).mapToObj(number -> letter + number);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void eachRowIsNamedByATest(String row) {
        Pattern named = Pattern.compile("\\b" + row + "\\b|\\b" + row.toLowerCase(Locale.ROOT) + "[A-Z_]");

        assertThat(TESTS).anyMatch(test -> named.matcher(test).find());
    }

    private static List<String> tests() {
        try (Stream<Path> modules = Files.list(ROOT)) {
            return modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .flatMap(CatalogueRowsTest::sources)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** This file names the letters only, and its own package holds none of the rows. */
    private static Stream<String> sources(Path tests) {
        try (Stream<Path> files = Files.walk(tests)) {
            return files
                    .filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().contains("systemtests"))
                    .map(CatalogueRowsTest::read)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
