// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import org.jspecify.annotations.Nullable;

/**
 * What client and server have agreed on, in one of the protocol's two eras: how a request is dressed, and what the server
 * will understand besides. Compared by identity: two handshakes are two sessions, even with a server that keeps none.
 */
sealed interface Session permits LegacySession, ModernSession {
    /** The protocol version; null before a handshake of the legacy era. */
    @Nullable String version();

    /** The server's id for the session; null if it keeps none. */
    @Nullable String id();

    /** What the server says of itself. */
    ServerInfo server();

    /** The request as it goes out, under the given id. */
    Outgoing outgoing(Request<?> request, long id, Call call);

    /**
     * Whether a stream that broke off is resumed, a call that was given up is cancelled by a message, and the server may
     * send requests of its own: all of the legacy era. In the modern one a stream is its request, from first to last.
     */
    default boolean legacy() {
        return this instanceof LegacySession;
    }
}
