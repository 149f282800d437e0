// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
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
    private final KnownLists lists;

    /** Calls that never end by themselves, each with the client or view it was begun on. */
    private final Set<Heard> listenings = ConcurrentHashMap.newKeySet();

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
        this.lists = conversation.lists();
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
        return new Tools(conversation(), lists);
    }

    KeptPages kept() {
        return lists.pages();
    }

    Call call(CallHeaders headers, CallOptions options) {
        return Call.of(headers, options.traced(trace), options.deadline(requestTimeout));
    }

    /** With what is known on the calling thread alone. */
    CallOptions onThisThread(CallOptions options) {
        return options.traced(trace);
    }

    /** To be ended with the client, or with the view it was begun on. */
    <T extends @Nullable Object> CompletableFuture<T> untilClosed(CompletableFuture<T> listening, View view) {
        Heard heard = new Heard(listening, view);
        listenings.add(heard);
        listening.whenComplete((value, failure) -> listenings.remove(heard)).exceptionally(failure -> null);
        if (view.isClosed()) {
            listening.completeExceptionally(Sessions.closedException());
        }
        return listening;
    }

    /** Of a view, its own; of the client, all, and the session will end with them. */
    void endListenings(View closed, boolean alone) {
        Conversation open = conversation;
        if (!alone && open != null) {
            open.watched().close();
        }
        listenings.forEach(heard -> {
            if (!alone || heard.view() == closed) {
                heard.listening().completeExceptionally(Sessions.closedException());
            }
        });
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
        return Place.own(uri).toString();
    }

    /** What goes on until it is ended, and the view it was begun on. */
    private record Heard(CompletableFuture<?> listening, View view) {}
}
