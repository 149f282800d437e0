// SPDX-License-Identifier: Apache-2.0
/** Strict loopback stand-ins for the identity provider, Databricks and an MCP server. */
@NullMarked
package io.tokenfederation.testkit;

import org.jspecify.annotations.NullMarked;
