// SPDX-License-Identifier: Apache-2.0
/** The client against the protocol's conformance suite and servers that others wrote. */
@NullMarked
package mcptests;

import org.jspecify.annotations.NullMarked;
