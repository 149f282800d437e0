// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import java.io.IOException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The pages of an answer one after the other, the first of which has begun. What fails goes on failing: an answer that broke
 * off does not look like one that has come to its end. For one thread.
 */
final class ActionStream implements Iterator<TableAction>, AutoCloseable {
    /** The request for a page; for the first one without a token. */
    @FunctionalInterface
    interface Pages {
        SharingRequest of(Optional<String> pageToken);
    }

    /** A page may be empty and still lead to another; so many in a row lead nowhere. */
    private static final int MOST_EMPTY = 1_000;

    private final SharingCalls calls;
    private final Pages pages;
    private final TableProtocol protocol;
    private final TableMetadata metadata;
    private final OptionalLong version;
    private final Set<String> tokens = new HashSet<>();

    private ActionPage page;
    private @Nullable TableAction next;
    private @Nullable EndOfFiles end;
    private @Nullable RuntimeException failure;
    private boolean finished;

    private ActionStream(SharingCalls calls, Pages pages) {
        this.calls = calls;
        this.pages = pages;
        this.page = page(Optional.empty());
        this.protocol = page.protocol();
        this.metadata = page.metadata();
        this.version = page.version();
    }

    static ActionStream open(SharingCalls calls, Pages pages) {
        return new ActionStream(calls, pages);
    }

    TableProtocol protocol() {
        return protocol;
    }

    TableMetadata metadata() {
        return metadata;
    }

    OptionalLong version() {
        return version;
    }

    /** Empty until all has been read. */
    Optional<EndOfFiles> end() {
        return finished ? Optional.ofNullable(end) : Optional.empty();
    }

    @Override
    public boolean hasNext() {
        if (failure != null) {
            throw failure;
        }
        if (next == null && !finished) {
            try {
                next = fetched();
            } catch (RuntimeException e) {
                // Whoever failed: the token source between two pages is somebody else's code.
                failure = e;
                page.close();
                throw e;
            }
        }
        return next != null;
    }

    @Override
    public TableAction next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException("no more files");
        }
        TableAction action = next;
        next = null;
        return action;
    }

    private @Nullable TableAction fetched() {
        try {
            for (int empty = 1; ; empty++) {
                TableAction action = page.next();
                if (action != null) {
                    return action;
                }
                if (!turned(empty)) {
                    finished = true;
                    return null;
                }
            }
        } catch (IOException e) {
            throw IoFailure.of(page.asked(), e);
        } catch (InterruptedException e) {
            throw IoFailure.interrupted(page.asked(), e);
        }
    }

    /** Goes to the next page; false if this was the last. */
    private boolean turned(int empty) {
        Line.End last = page.end();
        if (last == null) {
            return false;
        }
        end = end == null ? last.end() : last.end().after(end);
        if (last.nextPageToken().isEmpty()) {
            return false;
        }
        if (empty == MOST_EMPTY) {
            throw loop(MOST_EMPTY + " pages in a row were empty");
        }
        if (tokens.contains(last.nextPageToken().get())) {
            throw loop("a page token came twice");
        }
        ActionPage following = page(last.nextPageToken());
        tokens.add(last.nextPageToken().get());
        page = following;
        requireSame(following);
        return true;
    }

    private void requireSame(ActionPage following) {
        if (!following.metadata().id().equals(metadata.id())) {
            throw differing(following, "are about different tables");
        }
        if (version.isPresent()
                && following.version().isPresent()
                && !following.version().equals(version)) {
            throw differing(following, "are about different versions of the table");
        }
        if (following.protocol().format() != protocol.format()) {
            throw differing(following, "come in different formats");
        }
    }

    private static SharingException differing(ActionPage following, String how) {
        return SharingErrorCode.SHARING_REPLY_UNREADABLE.exception(following.asked() + ": its pages " + how);
    }

    private SharingException loop(String why) {
        return SharingErrorCode.SHARING_PAGES_LOOP.exception(page.asked() + ": " + why);
    }

    private ActionPage page(Optional<String> token) {
        return calls.send(pages.of(token), answer -> ActionPage.begin(answer, calls.offer(), calls.timeout()));
    }

    @Override
    public void close() {
        page.close();
    }
}
