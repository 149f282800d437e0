// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static java.util.Objects.requireNonNull;

/**
 * A resource sent along whole: text or bytes; or, in what {@link McpClient#readResource} brings, a piece of a kind this
 * version does not know, which has neither.
 *
 * @param uri what the server calls it; empty only in a piece that is kept as JSON
 * @param mimeType what kind it is; empty if the server does not say
 * @param text its text; empty if it is bytes
 * @param base64 its bytes, in base64 as the server sent them; empty if it is text
 * @param json the piece just as the server wrote it, where it has no URI, or neither text nor bytes; empty otherwise
 */
public record EmbeddedResource(String uri, String mimeType, String text, String base64, String json)
        implements Content {
    /**
     * Checks that nothing is missing.
     *
     * @param uri what the server calls it
     * @param mimeType what kind it is
     * @param text its text
     * @param base64 its bytes
     * @param json the piece, if it is of an unknown kind
     */
    public EmbeddedResource {
        requireNonNull(uri, "uri");
        requireNonNull(mimeType, "mimeType");
        requireNonNull(text, "text");
        requireNonNull(base64, "base64");
        requireNonNull(json, "json");
    }

    /**
     * Creates one of a known kind.
     *
     * @param uri what the server calls it
     * @param mimeType what kind it is
     * @param text its text; empty if it is bytes
     * @param base64 its bytes; empty if it is text
     */
    public EmbeddedResource(String uri, String mimeType, String text, String base64) {
        this(uri, mimeType, text, base64, "");
    }

    /** {@return its kind and size; not what it holds, which may be about people} */
    @Override
    public String toString() {
        return "EmbeddedResource[" + mimeType + ", " + (text.length() + base64.length() + json.length())
                + " characters]";
    }
}
