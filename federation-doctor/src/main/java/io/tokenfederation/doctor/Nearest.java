// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What somebody probably meant who misspelt a name. */
final class Nearest {
    private Nearest() {}

    /** {@return the name that differs in the fewest letters, if that is few enough} */
    static Optional<String> to(String written, Collection<String> known) {
        // Two letters that have changed places count as two.
        int tolerated = written.length() <= 3 ? 1 : Math.max(2, written.length() / 3);
        return known.stream()
                .filter(name -> distance(written, name) <= tolerated)
                .min(Comparator.comparingInt(name -> distance(written, name)));
    }

    /** {@return ", did you mean …?" or nothing} */
    static String hint(String written, Collection<String> known) {
        return to(written, known).map(name -> "; did you mean " + name + "?").orElse("");
    }

    /** Insertions, deletions and replacements of letters, in any case. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int above = row[j];
                boolean same = Character.toLowerCase(one.charAt(i - 1)) == Character.toLowerCase(other.charAt(j - 1));
                row[j] = Math.min(Math.min(row[j] + 1, row[j - 1] + 1), diagonal + (same ? 0 : 1));
                diagonal = above;
            }
        }
        return row[other.length()];
    }
}
