// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static java.util.Objects.requireNonNull;

/**
 * A pointer to something the server can give. This client does not follow it.
 *
 * @param uri where it is; text, because servers use forms that {@link java.net.URI} refuses
 * @param name what it is called
 * @param description what it is; empty if the server does not say
 * @param mimeType what kind it is; empty if the server does not say
 */
public record ResourceLink(String uri, String name, String description, String mimeType) implements Content {
    /**
     * Checks that nothing is missing.
     *
     * @param uri where it is
     * @param name what it is called
     * @param description what it is
     * @param mimeType what kind it is
     */
    public ResourceLink {
        requireNonNull(uri, "uri");
        requireNonNull(name, "name");
        requireNonNull(description, "description");
        requireNonNull(mimeType, "mimeType");
    }

    /** {@return its kind; not the address, which may hold a signature} */
    @Override
    public String toString() {
        return "ResourceLink[" + mimeType + "]";
    }
}
