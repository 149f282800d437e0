// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static java.util.Objects.requireNonNull;

/**
 * Content of a kind this version does not know, or of a known kind in a form it should not have.
 *
 * @param type what the server calls the kind; empty if it does not say
 * @param json the content as JSON text, as the server wrote it
 */
public record UnknownContent(String type, String json) implements Content {
    /**
     * Checks that both are there.
     *
     * @param type what the server calls the kind
     * @param json the content
     */
    public UnknownContent {
        requireNonNull(type, "type");
        requireNonNull(json, "json");
    }

    /** {@return its kind and size; not what it holds, which may be about people} */
    @Override
    public String toString() {
        return "UnknownContent[" + type + ", " + json.length() + " characters]";
    }
}
