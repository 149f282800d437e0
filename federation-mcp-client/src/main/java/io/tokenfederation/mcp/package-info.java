// SPDX-License-Identifier: Apache-2.0
/** A typed MCP client that carries the federated token. */
@NullMarked
package io.tokenfederation.mcp;

import org.jspecify.annotations.NullMarked;
