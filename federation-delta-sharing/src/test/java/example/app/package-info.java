// SPDX-License-Identifier: Apache-2.0
/** Tests that see what users see. */
@NullMarked
package example.app;

import org.jspecify.annotations.NullMarked;
