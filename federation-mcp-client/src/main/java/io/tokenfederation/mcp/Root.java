// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static java.util.Objects.requireNonNull;

import java.net.URI;

/**
 * A place the application works in, told to a server that asks. Deprecated by the protocol itself since 2026-07-28.
 *
 * @param uri where, a {@code file:} URI
 * @param name what to call it; empty for no name
 */
public record Root(URI uri, String name) {
    /**
     * Checks that nothing is missing.
     *
     * @param uri where
     * @param name what to call it
     */
    public Root {
        requireNonNull(uri, "uri");
        requireNonNull(name, "name");
    }
}
