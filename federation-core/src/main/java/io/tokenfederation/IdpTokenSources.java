// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where JWTs come from.
 *
 * @param shared for every service principal without a source of its own
 * @param own for one service principal each
 */
record IdpTokenSources(@Nullable IdpTokenSource shared, Map<ServicePrincipal, IdpTokenSource> own) {}
