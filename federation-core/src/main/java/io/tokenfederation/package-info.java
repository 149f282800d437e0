// SPDX-License-Identifier: Apache-2.0
/** Core. */
@NullMarked
package io.tokenfederation;

import org.jspecify.annotations.NullMarked;
