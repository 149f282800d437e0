// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * What a shared table is called: three names, of which the server takes upper and lower case for the same.
 *
 * @param share the share's name
 * @param schema the schema's name, without a dot
 * @param table its own name, without a dot
 * @see <a href="https://github.com/delta-io/delta-sharing/blob/main/PROTOCOL.md#names">Delta Sharing protocol: names</a>
 */
public record TableName(String share, String schema, String table) {
    /** What would lead elsewhere. The protocol forbids spaces, too, but a server that has one is read all the same. */
    private static final Pattern FORBIDDEN = Pattern.compile("[/\\p{Cntrl}]|^\\.{0,2}$");

    private static final int LONGEST = 255;

    /**
     * Checks the names.
     *
     * @param share the share's name
     * @param schema the schema's name
     * @param table its own name
     * @throws IllegalArgumentException if one is empty, longer than 255 characters, or is a step of a path, or holds a slash or a
     *     control character
     */
    public TableName {
        require(share, "share");
        require(schema, "schema");
        require(table, "table");
    }

    /**
     * Reads the form in which tables are mostly written, {@code share.schema.table}. A share's name may hold dots.
     *
     * @param name the three names with dots between them
     * @return the name
     * @throws IllegalArgumentException if it is no such name
     */
    public static TableName parse(String name) {
        int last = requireNonNull(name, "name").lastIndexOf('.');
        int middle = name.lastIndexOf('.', last - 1);
        if (middle < 0) {
            throw new IllegalArgumentException("a table's name is share.schema.table");
        }
        return new TableName(name.substring(0, middle), name.substring(middle + 1, last), name.substring(last + 1));
    }

    static String require(String name, String what) {
        if (FORBIDDEN.matcher(requireNonNull(name, what)).find() || name.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "the name of a " + what + " has 1 to 255 characters, and no slash or control character among them");
        }
        return name;
    }

    /** {@return the three names with dots between them} */
    @Override
    public String toString() {
        return share + "." + schema + "." + table;
    }
}
