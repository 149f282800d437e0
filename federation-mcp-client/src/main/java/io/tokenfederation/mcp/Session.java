// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import org.jspecify.annotations.Nullable;

/**
 * What a handshake has agreed on. Compared by identity: two handshakes are two sessions, even with a stateless server.
 */
final class Session {
    /** Before the handshake: no header of a session is sent. */
    static final Session NONE = new Session(null, null);

    private final @Nullable String version;
    private final @Nullable String id;

    Session(@Nullable String version, @Nullable String id) {
        this.version = version;
        this.id = id;
    }

    /** The protocol version; null before the handshake. */
    @Nullable String version() {
        return version;
    }

    /** The server's id for the session; null if it keeps none. */
    @Nullable String id() {
        return id;
    }

    /** Without the id: who knows it can act in the session. */
    @Override
    public String toString() {
        return "Session[" + version + "]";
    }
}
