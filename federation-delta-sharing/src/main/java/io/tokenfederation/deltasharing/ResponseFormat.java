// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import java.util.Locale;

/**
 * In which form a server describes a table's files ({@code responseformat} of the header
 * {@code delta-sharing-capabilities}).
 */
public enum ResponseFormat {
    /** The protocol's own description, for tables any Parquet reader can read. */
    PARQUET,
    /** Actions of the Delta log, for tables with deletion vectors, column mapping and what came later. */
    DELTA;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
