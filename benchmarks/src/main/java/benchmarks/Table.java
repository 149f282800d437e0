// SPDX-License-Identifier: Apache-2.0
package benchmarks;

import java.util.List;
import java.util.Locale;

/** Prints what a scenario found, as the documentation has it. */
final class Table {
    private Table() {}

    static void begin(String title, String... columns) {
        System.out.printf("%n### %s%n%n", title);
        row((Object[]) columns);
        System.out.println("|---".repeat(columns.length) + "|");
    }

    static void row(Object... cells) {
        System.out.println("| "
                + String.join(
                        " | ", List.of(cells).stream().map(String::valueOf).toList()) + " |");
    }

    static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.2f", nanos / 1e6);
    }
}
