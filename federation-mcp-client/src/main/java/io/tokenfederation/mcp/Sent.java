// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import io.tokenfederation.DatabricksToken;
import java.util.List;
import java.util.stream.Stream;

/**
 * What went out with a request and is nobody's else to see.
 *
 * @param token by which it was asked
 * @param headers on whose behalf
 * @param session in which
 */
record Sent(DatabricksToken token, CallHeaders headers, Session session) {
    /** What must come back in no message. */
    List<String> secrets() {
        return Stream.concat(own().stream(), Stream.ofNullable(session.id())).toList();
    }

    /** The same without the session's id, which is the server's: it may have to come back in an address of the server's. */
    List<String> own() {
        return headers.secrets(token);
    }

    /** {@return nothing of it} */
    @Override
    public String toString() {
        return "Sent[]";
    }
}
