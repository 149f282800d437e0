// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

/**
 * One server-sent event.
 *
 * @param type its type; {@code message} if it names none
 * @param data its lines of data, joined by line feeds; may be empty
 */
record SseEvent(String type, Slice data) {
    /** Whether it carries a JSON-RPC message: a primer (2025-11-25) has an id and empty data. */
    boolean carriesMessage() {
        return type.equals("message") && data.length() > 0;
    }

    /** {@return its type and size; not the data, which may be about people} */
    @Override
    public String toString() {
        return "SseEvent[" + type + ", " + data.length() + " bytes]";
    }
}
