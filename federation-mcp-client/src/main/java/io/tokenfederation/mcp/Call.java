// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

/**
 * One call of the application, whatever requests it takes.
 *
 * @param headers on whose behalf
 * @param deadline by when it has ended
 */
record Call(CallHeaders headers, Deadline deadline) {}
