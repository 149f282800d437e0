// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

/**
 * One call of the application, whatever requests it takes.
 *
 * @param headers on whose behalf
 * @param options how, in what differs from call to call
 * @param deadline by when it has ended
 */
record Call(CallHeaders headers, CallOptions options, Deadline deadline) {
    Call with(CallOptions others) {
        return new Call(headers, others, deadline);
    }
}
