// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static java.util.Objects.requireNonNull;

/**
 * Text.
 *
 * @param text the text
 */
public record TextContent(String text) implements Content {
    /**
     * Checks that it is there.
     *
     * @param text the text
     */
    public TextContent {
        requireNonNull(text, "text");
    }

    /** {@return its length; not the text, which may be about people} */
    @Override
    public String toString() {
        return "TextContent[" + text.length() + " characters]";
    }
}
