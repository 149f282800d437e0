// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

/** What a file's rows are to the table. */
public enum FileKind {
    /** Rows that are in the table, or came to it in this version. */
    ADD,
    /** Changes of rows, with the columns {@code _change_type}, {@code _commit_version}, {@code _commit_timestamp}. */
    CHANGE,
    /** Rows that left the table in this version. */
    REMOVE
}
