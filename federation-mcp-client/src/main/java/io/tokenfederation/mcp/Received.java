// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.net.http.HttpHeaders;
import java.util.List;

/**
 * What has come of a reply: its head, and its body as far as it has come by now.
 *
 * @param statusCode the status
 * @param headers the headers
 * @param body the body, to be read and closed
 */
record Received(int statusCode, HttpHeaders headers, ReplyBody body) {
    /** The first value of a header; empty if there is none. Without the streams the JDK's own look-up makes. */
    String header(String name) {
        List<String> values = headers.allValues(name);
        return values.isEmpty() ? "" : values.get(0);
    }

    /** {@return the status; not the headers, which may hold a session's id} */
    @Override
    public String toString() {
        return "Received[" + statusCode + "]";
    }
}
