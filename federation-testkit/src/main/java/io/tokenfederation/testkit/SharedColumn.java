// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import static java.util.Objects.requireNonNull;

/**
 * A column of a shared table, in Spark's words.
 *
 * <pre>{@code
 * SharedColumn price = SharedColumn.of("price", "decimal(10,2)");
 * }</pre>
 *
 * @param name its name
 * @param type {@code boolean}, {@code byte}, {@code short}, {@code integer}, {@code long}, {@code float}, {@code double},
 *     {@code decimal(p,s)}, {@code string}, {@code binary}, {@code date}, {@code timestamp} or {@code timestamp_ntz}
 * @param nullable whether it may be null
 */
public record SharedColumn(String name, String type, boolean nullable) {
    /**
     * Checks the type.
     *
     * @param name its name
     * @param type its type
     * @param nullable whether it may be null
     * @throws IllegalArgumentException if the name is empty, or the type is none of these
     */
    public SharedColumn {
        if (requireNonNull(name, "name").isEmpty()) {
            throw new IllegalArgumentException("a column has a name");
        }
        ParquetType.of(requireNonNull(type, "type"));
    }

    /**
     * A column that may be null.
     *
     * @param name its name
     * @param type its type
     * @return the column
     * @throws IllegalArgumentException if the name is empty, or the type is unknown
     */
    public static SharedColumn of(String name, String type) {
        return new SharedColumn(name, type, true);
    }

    /** {@return this column without nulls} */
    public SharedColumn required() {
        return new SharedColumn(name, type, false);
    }
}
