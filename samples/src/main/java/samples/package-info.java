// SPDX-License-Identifier: Apache-2.0
/** Small mains to read and run; they start stand-ins where no real services are configured. */
@NullMarked
package samples;

import org.jspecify.annotations.NullMarked;
