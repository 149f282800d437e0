// SPDX-License-Identifier: Apache-2.0
/** This library and its peers, measured the same way in the same run. */
@NullMarked
package benchmarks;

import org.jspecify.annotations.NullMarked;
