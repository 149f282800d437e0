// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static java.util.Objects.requireNonNull;

import java.util.Base64;

/**
 * A sound.
 *
 * @param base64 its bytes, in base64 as the server sent them
 * @param mimeType what kind it is, such as {@code audio/wav}
 */
public record AudioContent(String base64, String mimeType) implements Content {
    /**
     * Checks that both are there.
     *
     * @param base64 its bytes
     * @param mimeType what kind it is
     */
    public AudioContent {
        requireNonNull(base64, "base64");
        requireNonNull(mimeType, "mimeType");
    }

    /**
     * Decodes it.
     *
     * @return its bytes, newly decoded each time
     * @throws IllegalArgumentException if the server sent something other than base64
     */
    public byte[] bytes() {
        return Base64.getDecoder().decode(base64);
    }

    /** {@return its kind and size} */
    @Override
    public String toString() {
        return "AudioContent[" + mimeType + ", " + base64.length() + " characters of base64]";
    }
}
