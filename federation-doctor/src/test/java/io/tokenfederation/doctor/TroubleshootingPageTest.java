// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page on troubleshooting is the catalogue, word for word. With {@code -Dupdate} it is written anew. */
final class TroubleshootingPageTest {
    private static final Path PAGE = Path.of("../docs/troubleshooting.md");

    @Test
    void pageIsTheCatalogue() throws IOException {
        if (System.getProperty("update") != null) {
            Files.writeString(PAGE, TroubleshootingPage.text());
        }

        assertThat(PAGE).content().isEqualTo(TroubleshootingPage.text());
    }

    @Test
    void everyLinkOfThePageLeadsToAnAnchorOnIt() {
        String page = TroubleshootingPage.text();
        List<String> anchors = found("<a id=\"([^\"]+)\">", page);

        assertThat(anchors).doesNotHaveDuplicates().hasSizeGreaterThan(79);
        assertThat(anchors).containsAll(found("\\]\\(#([^)]+)\\)", page));
    }

    @Test
    void everyRowAndEveryCodeHasAnAnchor() {
        List<String> anchors = found("<a id=\"([^\"]+)\">", TroubleshootingPage.text());

        assertThat(Catalogue.rows()).allSatisfy(row -> {
            assertThat(anchors).contains(row.id().toLowerCase(Locale.ROOT));
            assertThat(anchors)
                    .containsAll(row.detection().codes().stream()
                            .map(code -> code.toLowerCase(Locale.ROOT))
                            .toList());
        });
    }

    private static List<String> found(String pattern, String page) {
        return Pattern.compile(pattern)
                .matcher(page)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
