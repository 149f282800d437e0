// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A listing, page by page as it is asked for; a server that leads in circles, or nowhere, is left. */
final class ListPages<T> implements Iterator<T> {
    /** A page may be empty and still lead to another; so many in a row lead nowhere. */
    private static final int MOST_EMPTY = 1_000;

    private final SharingCalls calls;
    private final SharingRequest request;
    private final Function<JsonNode, Optional<T>> reader;
    private final Deque<T> items = new ArrayDeque<>();
    private final Set<String> tokens = new HashSet<>();
    private Optional<String> next = Optional.empty();
    private boolean last;

    ListPages(SharingCalls calls, SharingRequest request, Function<JsonNode, Optional<T>> reader) {
        this.calls = calls;
        this.request = request;
        this.reader = reader;
    }

    @Override
    public boolean hasNext() {
        for (int empty = 0; items.isEmpty() && !last; empty++) {
            if (empty == MOST_EMPTY) {
                throw loop(MOST_EMPTY + " pages in a row were empty");
            }
            fetch();
        }
        return !items.isEmpty();
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no more of " + request);
        }
        return items.remove();
    }

    private void fetch() {
        SharingRequest asked =
                next.map(token -> request.with("pageToken", token)).orElse(request);
        ListPage<T> page = calls.send(asked, answer -> ListPage.read(answer, calls.timeout(), reader));
        items.addAll(page.items());
        next = page.next();
        last = next.isEmpty();
        if (!last && !tokens.add(next.get())) {
            throw loop("a page token came twice");
        }
    }

    private SharingException loop(String why) {
        return SharingErrorCode.SHARING_PAGES_LOOP.exception(request + " at " + calls.endpoint() + ": " + why);
    }
}
