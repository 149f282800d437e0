// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import io.tokenfederation.Caller;
import io.tokenfederation.ResolvedRole;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * On whose behalf a client, or a view of one, asks and how, over the connection that all of them share; until it is closed.
 */
final class View {
    private final Connection connection;
    private final CallHeaders headers;
    private final CallOptions options;
    private final boolean whole;
    private volatile boolean closed;

    private View(Connection connection, CallHeaders headers, CallOptions options, boolean whole) {
        this.connection = connection;
        this.headers = headers;
        this.options = options;
        this.whole = whole;
    }

    /** The client's own, with which the connection ends. */
    static View whole(Connection connection, CallHeaders headers) {
        return new View(connection, headers, CallOptions.defaults(), true);
    }

    View with(CallOptions others) {
        return new View(open(), headers, others, false);
    }

    View forCaller(Caller caller, ResolvedRole role) {
        return new View(open(), headers.caller(caller).role(headers.requireSame(role)), options, false);
    }

    Tools tools() {
        return open().tools();
    }

    ServerInfo server() {
        return open().conversation().server(call());
    }

    Executor threads() {
        return open().threads();
    }

    <T> T ask(Request<T> request) {
        return answer(request).value();
    }

    <T> Answer<T> answer(Request<T> request) {
        return open().conversation().ask(request, call());
    }

    /** Each page within a timeout of its own. */
    <T> Stream<T> pages(Request<Page<T>> first) {
        return pages(first, this::call);
    }

    /** All pages within one timeout. */
    <T> List<T> all(Request<Page<T>> first) {
        Call call = call();
        return pages(first, () -> call).toList();
    }

    private <T> Stream<T> pages(Request<Page<T>> first, Supplier<Call> calls) {
        Conversation conversation = open().conversation();
        return Pages.stream(first, request -> connection.kept().ask(conversation, request, calls.get()));
    }

    Call call() {
        return connection.call(headers, options);
    }

    CallOptions optionsOnThisThread() {
        return connection.onThisThread(options);
    }

    /** On the calling thread, for as long as that is let. */
    void listen(Set<String> resources, Consumer<? super Change> listener) {
        Call call = new Call(headers, options, Deadline.never(), notification -> {});
        new Listening(open().conversation(), resources, listener).run(this::call, call);
    }

    <T extends @Nullable Object> CompletableFuture<T> untilClosed(CompletableFuture<T> listening) {
        return connection.untilClosed(listening, this);
    }

    boolean isClosed() {
        return closed || connection.closed();
    }

    void close() {
        closed = true;
        connection.endListenings(this, !whole);
        if (whole) {
            connection.close(headers);
        }
    }

    private Connection open() {
        if (isClosed()) {
            throw Sessions.closedException();
        }
        return connection;
    }

    /** {@return where it calls} */
    @Override
    public String toString() {
        return connection.toString();
    }
}
