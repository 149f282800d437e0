// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A message on its way to the server.
 *
 * @param what what it asks, for messages, such as {@code tools/call 'query'}
 * @param json the message
 */
record Outgoing(String what, ObjectNode json) {
    /** {@return what it asks; not the arguments, which may be about people} */
    @Override
    public String toString() {
        return "Outgoing[" + what + "]";
    }
}
