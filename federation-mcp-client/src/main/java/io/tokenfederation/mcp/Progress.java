// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static java.util.Objects.requireNonNull;

/**
 * How far a server says it is with a call.
 *
 * @param done how much is done, in a unit of the server's own; more each time
 * @param total how much there is to do; zero if the server does not know
 * @param message what it is doing; empty if it does not say
 */
public record Progress(double done, double total, String message) {
    /**
     * Checks that nothing is missing.
     *
     * @param done how much is done
     * @param total how much there is to do
     * @param message what it is doing
     */
    public Progress {
        requireNonNull(message, "message");
    }

    /** {@return how much of it is done, from 0 to 1; 0 if the server does not know how much there is} */
    public double fraction() {
        return total > 0 ? Math.min(1, Math.max(0, done / total)) : 0;
    }

    /** {@return the numbers; not the words} */
    @Override
    public String toString() {
        return "Progress[" + done + " of " + total + "]";
    }
}
