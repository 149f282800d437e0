// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.net.http.HttpHeaders;

/**
 * What has come of a reply: its head, and its body as far as it has come by now.
 *
 * @param statusCode the status
 * @param headers the headers
 * @param body the body, to be read and closed
 */
record Received(int statusCode, HttpHeaders headers, ReplyBody body) {
    /** {@return the status; not the headers, which may hold a session's id} */
    @Override
    public String toString() {
        return "Received[" + statusCode + "]";
    }
}
