// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The answer to a query while it comes in: what the table is like is there, its files follow as they are read.
 *
 * <pre>{@code
 * try (TableFiles files = table.query()) {
 *   files.files().forEach(file -> client.download(file, folder.resolve(file.fileName())));
 * }
 * }</pre>
 *
 * <p>Close it: an answer that was not read to its end holds a connection. Nothing is kept of what has been read, so files
 * come once. An answer that breaks off, stalls, or lacks the end it promised is a {@link SharingException} from the stream,
 * never fewer files; so is one that had neither an end of its own nor a length, as from an HTTP/1.0 proxy, where a
 * connection that breaks looks like the end. Not thread-safe.
 */
public final class TableFiles implements AutoCloseable {
    private final ActionStream actions;
    private boolean asked;

    TableFiles(ActionStream actions) {
        this.actions = actions;
    }

    /** {@return the table's version, or the first one where history was asked for; empty if the server does not say} */
    public OptionalLong version() {
        return actions.version();
    }

    /** {@return in which form the server describes the files} */
    public ResponseFormat format() {
        return protocol().format();
    }

    /** {@return what a reader must be able to do} */
    public TableProtocol protocol() {
        return actions.protocol();
    }

    /** {@return what the table is like} */
    public TableMetadata metadata() {
        return actions.metadata();
    }

    /**
     * Reads the files as they come.
     *
     * @return the files, lazily; its terminal operation throws {@link SharingException} if the answer does not come to its
     *     end
     * @throws IllegalStateException if they have been asked for before
     */
    public Stream<DataFile> files() {
        return actions().filter(DataFile.class::isInstance).map(DataFile.class::cast);
    }

    /**
     * Reads the files, and the metadata of the time where history was asked for, as they come.
     *
     * @return both, in the server's order
     * @throws IllegalStateException if they have been asked for before
     */
    public Stream<TableAction> actions() {
        if (asked) {
            throw new IllegalStateException("the files come once; query the table again");
        }
        asked = true;
        int kind = Spliterator.ORDERED | Spliterator.NONNULL;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(actions, kind), false)
                .onClose(this::close);
    }

    /** {@return what the server said at the end, once the files have been read to it; empty before, or if it said nothing} */
    public Optional<EndOfFiles> end() {
        return actions.end();
    }

    /** Ends the answer, if it is still coming in. */
    @Override
    public void close() {
        actions.close();
    }

    /** {@return what the table is like} */
    @Override
    public String toString() {
        return "TableFiles[" + metadata() + ", " + format() + "]";
    }
}
