// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

/**
 * What the server answered to a POST it accepted; its body is still to be read.
 *
 * @param asked what it is the answer to
 * @param response status, headers and body
 */
record Reply(Asked asked, Received response) {
    /** {@return what it answers, and how; not the URL, whose query may hold anything} */
    @Override
    public String toString() {
        return "Reply[" + asked + ", " + response.statusCode() + "]";
    }
}
