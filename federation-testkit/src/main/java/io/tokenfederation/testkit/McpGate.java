// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

/** What stands before an MCP server and looks at the token of each request; throws a {@link Refusal} for a bad one. */
interface McpGate {
    void pass(HttpCall call);
}
