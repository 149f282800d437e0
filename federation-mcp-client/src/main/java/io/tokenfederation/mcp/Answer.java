// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.net.http.HttpHeaders;

/**
 * What a request brought, and the headers it came with.
 *
 * @param <T> what it brought
 * @param asked what was asked
 * @param outcome what came of it
 * @param headers the reply's headers
 * @param session what it was asked in
 */
record Answer<T>(Asked asked, Outcome<T> outcome, HttpHeaders headers, Session session) {
    /** The value, of a request that cannot be answered by a question. */
    T value() {
        if (outcome instanceof Outcome.Complete<T> complete) {
            return complete.value();
        }
        throw asked.failed(McpErrorCode.MCP_REPLY_UNREADABLE, "the result is a question where there can be none");
    }

    /** The same answer with another value. */
    Answer<T> complete(T other) {
        return new Answer<>(asked, new Outcome.Complete<>(other), headers, session);
    }

    /** {@return what it answers; neither rows nor headers, one of which is the session's id} */
    @Override
    public String toString() {
        return "Answer[" + asked + "]";
    }
}
