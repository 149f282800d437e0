// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static java.util.Objects.requireNonNull;

/**
 * A family of resources whose URIs follow a pattern, as the server describes it. Immutable.
 *
 * @param uriTemplate the pattern of their URIs (RFC 6570)
 * @param name its name
 * @param title its name for people; empty if it has none
 * @param description what it holds; empty if the server does not say
 * @param mimeType what kind it is; empty if the server does not say
 * @param definition all the server said of it, as JSON text
 */
public record ResourceTemplate(
        String uriTemplate, String name, String title, String description, String mimeType, String definition) {
    /**
     * Checks that nothing is missing.
     *
     * @param uriTemplate the pattern
     * @param name its name
     * @param title its name for people
     * @param description what it holds
     * @param mimeType what kind it is
     * @param definition all the server said of it
     */
    public ResourceTemplate {
        requireNonNull(uriTemplate, "uriTemplate");
        requireNonNull(name, "name");
        requireNonNull(title, "title");
        requireNonNull(description, "description");
        requireNonNull(mimeType, "mimeType");
        requireNonNull(definition, "definition");
    }
}
