// SPDX-License-Identifier: Apache-2.0
/** MCP clients, measured the same way against one server that runs in a process of its own. */
@NullMarked
package benchmarks.mcp;

import org.jspecify.annotations.NullMarked;
