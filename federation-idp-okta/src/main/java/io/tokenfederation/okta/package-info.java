// SPDX-License-Identifier: Apache-2.0
/** Okta: its defaults, quirks and error texts. */
@NullMarked
package io.tokenfederation.okta;

import org.jspecify.annotations.NullMarked;
