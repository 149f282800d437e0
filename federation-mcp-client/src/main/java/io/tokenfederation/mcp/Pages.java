// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A list, page by page: asks for the next one when somebody wants what is on it. For one thread.
 *
 * @param <T> what is listed
 */
final class Pages<T> implements Iterator<T> {
    /** No list has so many pages; one that makes up new cursors for ever must not keep a thread. */
    private static final int MOST = 2_000;

    private final Request<Page<T>> first;
    private final Function<Request<Page<T>>, Answer<Page<T>>> ask;
    private final Set<String> cursors = new HashSet<>();
    private @Nullable Iterator<T> page;
    private @Nullable String cursor;

    private Pages(Request<Page<T>> first, Function<Request<Page<T>>, Answer<Page<T>>> ask) {
        this.first = first;
        this.ask = ask;
    }

    static <T> Stream<T> stream(Request<Page<T>> first, Function<Request<Page<T>>, Answer<Page<T>>> ask) {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(new Pages<>(first, ask), Spliterator.ORDERED | Spliterator.NONNULL),
                false);
    }

    @Override
    public boolean hasNext() {
        if (page == null) {
            turnTo(first);
        }
        while (page != null && !page.hasNext() && cursor != null) {
            turnTo(first.with("cursor", cursor));
        }
        return page != null && page.hasNext();
    }

    @Override
    public T next() {
        if (!hasNext() || page == null) {
            throw new NoSuchElementException("the list has ended");
        }
        return page.next();
    }

    private void turnTo(Request<Page<T>> request) {
        Answer<Page<T>> answer = ask.apply(request);
        Page<T> turned = answer.value();
        page = turned.items().iterator();
        cursor = turned.cursor();
        // An empty string is a cursor like any other; the same one twice would never end.
        if (cursor != null && !cursors.add(cursor)) {
            throw answer.asked().failed(McpErrorCode.MCP_REPLY_UNREADABLE, "the list has no end: a cursor comes back");
        }
        if (cursors.size() >= MOST) {
            throw answer.asked()
                    .failed(McpErrorCode.MCP_REPLY_UNREADABLE, "the list has no end after " + MOST + " pages");
        }
    }
}
