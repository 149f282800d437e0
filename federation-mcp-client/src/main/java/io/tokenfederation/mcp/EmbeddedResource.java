// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static java.util.Objects.requireNonNull;

/**
 * A resource sent along whole: text or bytes.
 *
 * @param uri what the server calls it
 * @param mimeType what kind it is; empty if the server does not say
 * @param text its text; empty if it is bytes
 * @param base64 its bytes, in base64 as the server sent them; empty if it is text
 */
public record EmbeddedResource(String uri, String mimeType, String text, String base64) implements Content {
    /**
     * Checks that nothing is missing.
     *
     * @param uri what the server calls it
     * @param mimeType what kind it is
     * @param text its text
     * @param base64 its bytes
     */
    public EmbeddedResource {
        requireNonNull(uri, "uri");
        requireNonNull(mimeType, "mimeType");
        requireNonNull(text, "text");
        requireNonNull(base64, "base64");
    }

    /** {@return its kind and size; not what it holds, which may be about people} */
    @Override
    public String toString() {
        return "EmbeddedResource[" + mimeType + ", " + (text.length() + base64.length()) + " characters]";
    }
}
