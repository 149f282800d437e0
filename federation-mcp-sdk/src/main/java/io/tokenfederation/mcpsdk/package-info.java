// SPDX-License-Identifier: Apache-2.0
/**
 * The official MCP SDK for Java runs on federated tokens.
 */
@NullMarked
package io.tokenfederation.mcpsdk;

import org.jspecify.annotations.NullMarked;
