// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

/**
 * A JSON-RPC message from the server: one of four kinds. Ids are kept as the JSON they came in; empty if there was none.
 *
 * @param <T> what a result is read as
 */
sealed interface Message<T> {
    /** Our request was carried out, or cannot be without more from us. */
    record Result<T>(String id, Outcome<T> outcome) implements Message<T> {
        /** {@return what it is; not the data, which may be about people} */
        @Override
        public String toString() {
            return "Result[]";
        }
    }

    /** Our request failed; the id is null if the server could not read it. */
    record Failure<T>(String id, RpcError error) implements Message<T> {
        /** {@return its number} */
        @Override
        public String toString() {
            return "Failure[" + error + "]";
        }
    }

    /** The server asks us something. */
    record Request<T>(String id, String method, Slice params) implements Message<T> {
        /** {@return what it asks} */
        @Override
        public String toString() {
            return "Request[" + method + "]";
        }
    }

    /** The server tells us something. */
    record Notification<T>(String method, Slice params) implements Message<T> {
        /** {@return what it is about} */
        @Override
        public String toString() {
            return "Notification[" + method + "]";
        }
    }

    /** Whether an answer's id is that of our request. */
    static boolean answers(String id, long request) {
        return id.equals(Long.toString(request));
    }
}
