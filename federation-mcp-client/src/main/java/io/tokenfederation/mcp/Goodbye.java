// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.io.IOException;
import java.time.Duration;

/** Tells the server that a session is over; waits a moment at most, and never fails. */
final class Goodbye {
    private static final Duration MOMENT = Duration.ofSeconds(2);

    private final Endpoint endpoint;

    Goodbye(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    void say(Session session, CallHeaders headers) {
        if (session.id() == null || !(session instanceof LegacySession legacy)) {
            return;
        }
        // On a thread of its own, because the token may have to be fetched first, which can take long.
        Thread goodbye = new Thread(() -> delete(legacy, headers), "mcp-goodbye");
        goodbye.setDaemon(true);
        goodbye.start();
        try {
            goodbye.join(MOMENT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Says it on this thread. */
    void delete(LegacySession session, CallHeaders headers) {
        try {
            endpoint.delete(session, headers);
        } catch (IOException | RuntimeException e) {
            // The server drops sessions by itself, and there is nobody left to tell, whatever the token source throws.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
