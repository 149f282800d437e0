// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static java.util.Objects.requireNonNull;

/**
 * What has changed on a server.
 *
 * @param kind what kind of thing
 * @param uri which resource; empty where it is a whole list
 */
public record Change(Kind kind, String uri) {
    /** What kind of thing has changed. */
    public enum Kind {
        /** The list of tools. */
        TOOLS,
        /** The list of prompts. */
        PROMPTS,
        /** The list of resources. */
        RESOURCES,
        /** One resource. */
        RESOURCE,
        /** Perhaps anything: for a while nobody listened, because the connection was lost. */
        MAYBE_MISSED
    }

    /**
     * Checks that nothing is missing.
     *
     * @param kind what kind of thing
     * @param uri which resource
     */
    public Change {
        requireNonNull(kind, "kind");
        requireNonNull(uri, "uri");
    }

    /** {@return what kind of thing; not which} */
    @Override
    public String toString() {
        return "Change[" + kind + "]";
    }
}
