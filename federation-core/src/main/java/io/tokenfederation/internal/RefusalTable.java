// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.internal;

import java.util.List;
import java.util.Optional;

/**
 * A provider's refusals, told apart by the words it uses: providers answer the same OAuth error to several different
 * mistakes. Where a provider changes its wording no row fits, and what is known without the table stays.
 *
 * @param rows the first that fits counts
 */
public record RefusalTable(List<Row> rows) {
    /**
     * A table.
     *
     * @param rows the first that fits counts
     */
    public RefusalTable {
        rows = List.copyOf(rows);
    }

    /**
     * One kind of refusal.
     *
     * @param text what is found in the OAuth error or its description
     * @param code the code it gets
     * @param fix what to do about it; {@code %1$s} and so on stand for the setting at fault
     * @param retryable whether the same request can succeed later without anybody changing anything
     */
    public record Row(String text, String code, String fix, boolean retryable) {
        /**
         * Fills in the settings.
         *
         * @param settings what {@code %1$s} and so on stand for
         * @return the fix for this client
         */
        public String fix(Object... settings) {
            return String.format(fix, settings);
        }
    }

    /**
     * A refusal that somebody has to do something about.
     *
     * @param text what is found in the OAuth error or its description
     * @param code the code it gets
     * @param fix what to do about it
     * @return the row
     */
    public static Row row(String text, String code, String fix) {
        return new Row(text, code, fix, false);
    }

    /**
     * A refusal that passes.
     *
     * @param text what is found in the OAuth error or its description
     * @param code the code it gets
     * @param fix what to do about it
     * @return the row
     */
    public static Row passing(String text, String code, String fix) {
        return new Row(text, code, fix, true);
    }

    /**
     * Looks a refusal up.
     *
     * @param error the OAuth error; empty if there was none
     * @param words the server's words; empty if there were none
     * @return the first row whose text stands in one of them
     */
    public Optional<Row> find(String error, String words) {
        return rows.stream()
                .filter(row -> error.contains(row.text()) || words.contains(row.text()))
                .findFirst();
    }
}
