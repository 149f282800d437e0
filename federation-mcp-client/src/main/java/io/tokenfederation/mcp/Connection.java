// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a client and its views share: the server's address, the time a call may take, and the conversation. */
final class Connection {
    private final URI uri;
    private final Duration requestTimeout;
    /** Null once closed, so that the HTTP client's threads can end. */
    private volatile @Nullable Conversation conversation;

    Connection(URI uri, Duration requestTimeout, Conversation conversation) {
        this.uri = uri;
        this.requestTimeout = requestTimeout;
        this.conversation = conversation;
    }

    Tools tools(CallHeaders headers) {
        Conversation open = conversation;
        if (open == null) {
            throw Sessions.closedException();
        }
        return new Tools(open, new Call(headers, Deadline.in(requestTimeout)));
    }

    boolean closed() {
        return conversation == null;
    }

    void close(CallHeaders headers) {
        Conversation last = conversation;
        conversation = null;
        if (last != null) {
            last.end(headers);
        }
    }

    /** {@return where it goes} */
    @Override
    public String toString() {
        return Asked.address(uri);
    }
}
