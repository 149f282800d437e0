// SPDX-License-Identifier: Apache-2.0
/**
 * Shared between this project's own modules; not an API. What is here throws JDK exceptions, returns values, and knows
 * nothing of the packages above it.
 */
@NullMarked
package io.tokenfederation.internal;

import org.jspecify.annotations.NullMarked;
