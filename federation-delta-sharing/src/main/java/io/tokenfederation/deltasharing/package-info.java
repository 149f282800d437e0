// SPDX-License-Identifier: Apache-2.0
/**
 * Reads Delta shares with a token of one's own identity provider.
 */
@NullMarked
package io.tokenfederation.deltasharing;

import org.jspecify.annotations.NullMarked;
