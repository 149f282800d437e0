// SPDX-License-Identifier: Apache-2.0
/** Shared tables as an independent reader and writer of Parquet sees them. */
@NullMarked
package sharingtests;

import org.jspecify.annotations.NullMarked;
