// SPDX-License-Identifier: Apache-2.0
package example.app;

/** The two ways of the protocol: with a session, up to 2025-11-25, and without, from 2026-07-28 on. */
enum Era {
    LEGACY("initialize"),
    MODERN("server/discover");

    /** The request by which a client agrees with a server of this era. */
    final String handshake;

    Era(String handshake) {
        this.handshake = handshake;
    }

    /** Has the server be of this era. */
    void of(ScriptedMcpServer server) {
        if (this == MODERN) {
            server.modern();
        }
    }
}
