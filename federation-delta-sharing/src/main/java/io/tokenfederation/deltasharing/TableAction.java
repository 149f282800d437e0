// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

/** What a query brings, one after the other: files, and where history is asked for the table's descriptions of the time. */
public sealed interface TableAction permits DataFile, TableMetadata {}
