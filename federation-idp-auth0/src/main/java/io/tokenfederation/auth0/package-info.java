// SPDX-License-Identifier: Apache-2.0
/** Auth0: its defaults, quirks and error texts. */
@NullMarked
package io.tokenfederation.auth0;

import org.jspecify.annotations.NullMarked;
