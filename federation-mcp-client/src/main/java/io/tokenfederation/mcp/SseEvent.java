// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

/**
 * One server-sent event.
 *
 * @param type its type; {@code message} if it names none
 * @param data its lines of data, joined by line feeds; may be empty
 * @param id the last event id the stream has named; empty if none
 */
record SseEvent(String type, String data, String id) {
    /** Whether it carries a JSON-RPC message: a primer (2025-11-25) has an id and empty data. */
    boolean carriesMessage() {
        return type.equals("message") && !data.isEmpty();
    }
}
