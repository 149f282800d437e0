// SPDX-License-Identifier: Apache-2.0
/** Checks a federation end to end, role by role, and names the cause and the fix of each failure. */
@NullMarked
package io.tokenfederation.doctor;

import org.jspecify.annotations.NullMarked;
