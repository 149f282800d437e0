// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.doctor.CatalogueRow.Basis;
import io.tokenfederation.doctor.CatalogueRow.Detection;
import io.tokenfederation.doctor.CatalogueRow.Means;
import io.tokenfederation.doctor.CatalogueRow.Place;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The catalogue as a page for people: what they see, where they look, row by row, and by code. */
final class TroubleshootingPage {
    private static final String HEAD = """
            # Troubleshooting

            <!-- Made from the catalogue in federation-doctor by TroubleshootingPageTest: change the rows there, not this page. -->

            79 mistakes people make with token federation. Find yours by what you see, or by the code in the exception or in the
            doctor's report; [errors.md](errors.md) has all codes, also those of failures that are nobody's mistake.

            """;

    private static final String INFERRED =
            "**Inferred**, not measured: no reply of this kind has been recorded, so the real"
                    + " one may say it in other words.";

    private static final int LINE = 124;

    private TroubleshootingPage() {}

    static String text() {
        StringBuilder page = new StringBuilder(HEAD);
        for (Place place : Place.values()) {
            page.append("* [")
                    .append(place.title())
                    .append("](#")
                    .append(anchor(place))
                    .append(")\n");
        }
        page.append("* [By code](#by-code)\n");
        for (Place place : Place.values()) {
            section(page, place);
        }
        byCode(page);
        return page.toString();
    }

    private static void section(StringBuilder page, Place place) {
        List<CatalogueRow> rows = Catalogue.rows().stream()
                .filter(row -> row.symptom().place() == place)
                .toList();
        page.append("\n<a id=\"").append(anchor(place)).append("\"></a>\n## ").append(place.title());
        page.append("\n\n| what you see | row | code |\n|---|---|---|\n");
        for (CatalogueRow row : rows) {
            page.append("| ")
                    .append(cell(row.symptom().text()))
                    .append(" | ")
                    .append(link(row.id()))
                    .append(" | ");
            page.append(row.detectable() ? quoted(row.detection().codes().get(0)) : "none")
                    .append(" |\n");
        }
        rows.forEach(row -> row(page, row));
    }

    private static void row(StringBuilder page, CatalogueRow row) {
        page.append("\n<a id=\"").append(row.id().toLowerCase(Locale.ROOT)).append("\"></a>\n### ");
        page.append(row.id()).append(": ").append(row.symptom().text()).append("\n\n");
        item(page, "**Cause.** " + row.cause());
        item(page, "**Found** " + found(row.detection()));
        if (row.detection().basis() == Basis.INFERRED) {
            item(page, INFERRED);
        }
        item(page, "**Fix.** " + row.remedy().fix());
        item(page, "**Example.** " + row.remedy().example());
        if (!row.remedy().seeAlso().isEmpty()) {
            item(
                    page,
                    "**See also** "
                            + row.remedy().seeAlso().stream()
                                    .map(TroubleshootingPage::link)
                                    .collect(Collectors.joining(", ")));
        }
    }

    /** One item of a list, in lines that can be read in an editor too. */
    private static void item(StringBuilder page, String text) {
        int column = 2;
        page.append("* ");
        for (String word : text.split(" ")) {
            if (column > 2 && column + word.length() > LINE) {
                page.append("\n  ");
                column = 2;
            } else if (column > 2) {
                page.append(' ');
                column++;
            }
            page.append(word);
            column += word.length();
        }
        page.append('\n');
    }

    private static String found(Detection detection) {
        if (detection.means().isEmpty()) {
            return "not here. " + detection.how();
        }
        String means = Arrays.stream(Means.values())
                .filter(detection.means()::contains)
                .map(Means::words)
                .collect(Collectors.joining("; "));
        String codes =
                detection.codes().stream().map(TroubleshootingPage::quoted).collect(Collectors.joining(", "));
        String causes = detection.mismatches().stream()
                .sorted(Comparator.naturalOrder())
                .map(cause -> quoted(cause.name()))
                .collect(Collectors.joining(", "));
        return means + ", as " + codes + (causes.isEmpty() ? "" : " with the cause " + causes) + ". " + detection.how();
    }

    private static void byCode(StringBuilder page) {
        Map<String, String> rows = new TreeMap<>();
        Catalogue.rows()
                .forEach(row -> row.detection()
                        .codes()
                        .forEach(code -> rows.merge(code, link(row.id()), (known, next) -> known + ", " + next)));
        page.append("\n<a id=\"by-code\"></a>\n## By code\n\n| code | rows |\n|---|---|\n");
        rows.forEach((code, links) -> page.append("| <a id=\"")
                .append(code.toLowerCase(Locale.ROOT))
                .append("\"></a>")
                .append(quoted(code))
                .append(" | ")
                .append(links)
                .append(" |\n"));
    }

    private static String link(String id) {
        return "[" + id + "](#" + id.toLowerCase(Locale.ROOT) + ")";
    }

    private static String anchor(Place place) {
        return place.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String quoted(String code) {
        return "`" + code + "`";
    }

    /** A bar would end the cell. */
    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
