// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/**
 * Reads a result field by field, straight from the bytes. One for each answer; for one thread.
 *
 * @param <T> what it makes of it
 */
interface ResultReader<T> {
    /** Reads the value of a field, on whose first token the parser stands, and leaves it on the last. */
    void field(String name, JsonParser json, Slice message) throws IOException;

    /** All fields have been read, and this was the whole of it, the protocol's own included. */
    default void whole(Slice result) throws IOException {}

    /** All fields have been read. */
    T result() throws BadReplyException;

    /** For answers in which nothing is of interest. */
    static ResultReader<Boolean> ofNothing() {
        return new ResultReader<>() {
            @Override
            public void field(String name, JsonParser json, Slice message) throws IOException {
                json.skipChildren();
            }

            @Override
            public Boolean result() {
                return true;
            }
        };
    }
}
