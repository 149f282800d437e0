// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One table of a share, to be asked about. Every method asks the server. Immutable and thread-safe.
 *
 * <pre>{@code
 * SharedTable orders = client.table("sales", "emea", "orders");
 * try (TableFiles files = orders.query(TableQuery.all().predicateHint("country = 'NO'"))) {
 *   …
 * }
 * }</pre>
 */
public final class SharedTable {
    /** More than an answer has whose body is to be empty. */
    private static final int MOST_BYTES = 64 * 1024;

    private final SharingCalls calls;
    private final TableName name;
    private final @Nullable String id;
    private final @Nullable String shareId;

    SharedTable(SharingCalls calls, TableName name, @Nullable String id, @Nullable String shareId) {
        this.calls = calls;
        this.name = name;
        this.id = id;
        this.shareId = shareId;
    }

    /** {@return what it is called} */
    public TableName name() {
        return name;
    }

    /** {@return what it is called for good within its share; empty unless the server listed it with one} */
    public Optional<String> id() {
        return Optional.ofNullable(id);
    }

    /** {@return what its share is called for good; empty unless the server listed it with one} */
    public Optional<String> shareId() {
        return Optional.ofNullable(shareId);
    }

    /**
     * Asks for the present version: a cheap way to see whether anything has changed.
     *
     * @return the version
     * @throws SharingException if it cannot be had
     */
    public long version() {
        return version(request("the version of " + name, "version"));
    }

    /**
     * Asks for the first version at or after a time.
     *
     * @param time the time; may be before the table's first version
     * @return the version
     * @throws SharingException if it cannot be had
     */
    public long versionAt(Instant time) {
        return version(request("the version of " + name, "version")
                .with("startingTimestamp", requireNonNull(time, "time").toString()));
    }

    /**
     * Asks what the table is like.
     *
     * @return columns, partitions and settings
     * @throws SharingException if it cannot be had
     */
    public TableMetadata metadata() {
        SharingRequest request = request("the metadata of " + name, "metadata").lines();
        try (ActionStream actions = ActionStream.open(calls, page -> request)) {
            while (actions.hasNext()) {
                actions.next();
            }
            return actions.metadata();
        }
    }

    /**
     * Asks for all files of the present version.
     *
     * @return the files as they come; to be closed
     * @throws SharingException if the query is refused, or its answer does not begin as it must
     */
    public TableFiles query() {
        return query(TableQuery.all());
    }

    /**
     * Asks for files.
     *
     * @param query which ones
     * @return the files as they come; to be closed
     * @throws SharingException if the query is refused, or its answer does not begin as it must
     */
    public TableFiles query(TableQuery query) {
        requireNonNull(query, "query");
        SharingRequest request = request("the query of " + name, "query").lines();
        return new TableFiles(ActionStream.open(
                calls, page -> request.posting(page.map(query::jsonOfPage).orElseGet(query::json))));
    }

    /**
     * Asks for the changes between two versions, both included. The provider must share the table's history, and the table
     * must have a change data feed.
     *
     * @param from the first version, not negative
     * @param to the last version
     * @return the files as they come; to be closed
     * @throws SharingException if the query is refused, or its answer does not begin as it must
     */
    public TableFiles changes(long from, long to) {
        return changes(ChangesQuery.fromVersion(from).toVersion(to));
    }

    /**
     * Asks for changes. The provider must share the table's history, and the table must have a change data feed.
     *
     * @param query which ones
     * @return the files as they come; to be closed
     * @throws SharingException if the query is refused, or its answer does not begin as it must
     */
    public TableFiles changes(ChangesQuery query) {
        requireNonNull(query, "query");
        SharingRequest request =
                request("the changes of " + name, "changes").lines().with(query.parameters());
        return new TableFiles(ActionStream.open(
                calls,
                page -> page.map(token -> request.with("pageToken", token)).orElse(request)));
    }

    private long version(SharingRequest request) {
        return calls.send(request, answer -> {
            // Read to its end, though it is empty, so that the connection is there for the next call.
            try (StreamedBody body = answer.body()) {
                body.upTo(MOST_BYTES, CallDeadline.in(calls.timeout()));
            }
            return answer.tableVersion()
                    .orElseThrow(() -> answer.unreadable("it has no header delta-table-version with a number"));
        });
    }

    private SharingRequest request(String what, String verb) {
        return SharingRequest.get(what, "shares", name.share(), "schemas", name.schema(), "tables", name.table(), verb);
    }

    /** {@return what it is called} */
    @Override
    public String toString() {
        return name.toString();
    }
}
