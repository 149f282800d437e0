// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

/**
 * The error of a JSON-RPC answer.
 *
 * @param code the number
 * @param message the server's words; scrubbed once {@link Asked} has seen them
 */
record RpcError(int code, String message) {
    /** A server of 2026-07-28 or later says so when it does not speak the version asked for. */
    static final int UNSUPPORTED_VERSION = -32022;

    /** {@return the number; not the words, in which a server may repeat what it was sent} */
    @Override
    public String toString() {
        return "RpcError[" + code + "]";
    }
}
