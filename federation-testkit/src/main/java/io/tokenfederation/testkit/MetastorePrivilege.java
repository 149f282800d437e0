// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

/** What somebody who is no metastore admin may be allowed to do with shares and recipients. */
public enum MetastorePrivilege {
    /** Create recipients, which are then theirs. */
    CREATE_RECIPIENT,
    /** See recipients of others, and grant shares to them. */
    USE_RECIPIENT,
    /** See shares of others, and who may read them. */
    USE_SHARE,
    /** Together with {@link #USE_SHARE}, grant shares of others. */
    SET_SHARE_PERMISSION
}
