// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a client and its views share: the server's address, the time a call may take, the conversation, and what is known of
 * the tools and may be kept of the lists.
 */
final class Connection {
    private final URI uri;
    private final Duration requestTimeout;
    private final Executor threads;
    private final Supplier<Optional<TraceContext>> trace;
    private final ToolBook tools = new ToolBook();
    private final KeptPages kept = new KeptPages();
    /** Null once closed, so that the HTTP client's threads can end. */
    private volatile @Nullable Conversation conversation;

    Connection(
            URI uri,
            Duration requestTimeout,
            Conversation conversation,
            Executor threads,
            Supplier<Optional<TraceContext>> trace) {
        this.trace = trace;
        this.uri = uri;
        this.requestTimeout = requestTimeout;
        this.conversation = conversation;
        this.threads = threads;
    }

    Conversation conversation() {
        Conversation open = conversation;
        if (open == null) {
            throw Sessions.closedException();
        }
        return open;
    }

    Tools tools() {
        return new Tools(conversation(), tools, kept);
    }

    KeptPages kept() {
        return kept;
    }

    Call call(CallHeaders headers, CallOptions options) {
        return Call.of(headers, options.traced(trace), options.deadline(requestTimeout));
    }

    /** With what is known on the calling thread alone. */
    CallOptions onThisThread(CallOptions options) {
        return options.traced(trace);
    }

    Executor threads() {
        return threads;
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
