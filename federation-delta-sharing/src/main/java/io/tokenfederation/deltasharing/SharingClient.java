// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import static java.util.Objects.requireNonNull;

import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads shares from a Delta Sharing server, with tokens that are kept and renewed.
 *
 * <pre>{@code
 * SharingClient client = SharingClient.of(SharingProfile.read(Path.of("config.share")));
 *
 * SharedTable orders = client.table("sales", "emea", "orders");
 * try (TableFiles files = orders.query()) {
 *   files.files().forEach(file -> client.download(file, folder.resolve(file.fileName())));
 * }
 * }</pre>
 *
 * <p>The identity provider's JWT is the bearer token as it is; nothing is exchanged (OIDC federation of Delta Sharing). It is
 * asked for once and renewed when most of its life is over, however short that is. It brings the files, and does not read
 * Parquet: what is in them is for a reader of the application's choice.
 *
 * <p>All calls throw {@link SharingException}, or what the token source throws. They read, so they are repeated after what
 * passes by itself, until {@link SharingClientBuilder#requestTimeout} is over. Thread-safe; create one per server and keep
 * it; it needs no closing.
 *
 * @see <a href="https://docs.databricks.com/aws/en/delta-sharing/create-recipient-oidc-fed">Databricks: OIDC federation for
 *     Delta Sharing</a>
 * @see <a href="https://github.com/delta-io/delta-sharing/blob/main/PROTOCOL.md">Delta Sharing protocol</a>
 */
public final class SharingClient {
    private final SharingCalls calls;
    private final Listings listings;
    private final FileFetch files;

    SharingClient(SharingCalls calls, Optional<Integer> pageSize, FileFetch files) {
        this.calls = calls;
        this.listings = new Listings(calls, pageSize);
        this.files = files;
    }

    /**
     * A client for the server of a profile, with the tokens of {@link RecipientTokens#of}.
     *
     * @param profile the profile
     * @return the client
     * @throws SharingException if the profile lacks what its tokens need
     */
    public static SharingClient of(SharingProfile profile) {
        return builder().profile(profile).build();
    }

    /** {@return a builder; a profile, or an endpoint and tokens, are required} */
    public static SharingClientBuilder builder() {
        return new SharingClientBuilder();
    }

    /** {@return where the server is} */
    public URI endpoint() {
        return calls.endpoint();
    }

    /** {@return all shares, fetched page by page as the stream is read} */
    public Stream<Share> shares() {
        return listings.shares();
    }

    /**
     * Looks up one share.
     *
     * @param name its name
     * @return the share
     * @throws SharingException {@code SHARING_NOT_FOUND} if it is not shared with this recipient
     */
    public Share share(String name) {
        return listings.share(name);
    }

    /**
     * Lists the schemas of a share.
     *
     * @param share the share's name
     * @return all of them, fetched page by page as the stream is read
     */
    public Stream<ShareSchema> schemas(String share) {
        return listings.schemas(share);
    }

    /**
     * Lists the tables of a schema.
     *
     * @param share the share's name
     * @param schema the schema's name
     * @return all of them, fetched page by page as the stream is read
     */
    public Stream<SharedTable> tables(String share, String schema) {
        return listings.tables(share, schema);
    }

    /**
     * Lists the tables of all schemas of a share.
     *
     * @param share the share's name
     * @return all of them, fetched page by page as the stream is read
     */
    public Stream<SharedTable> allTables(String share) {
        return listings.allTables(share);
    }

    /**
     * Names a table. The server is not asked whether it is there.
     *
     * @param share the share's name
     * @param schema the schema's name
     * @param table its own name
     * @return the table, to be asked about
     * @throws IllegalArgumentException if this is no table's name
     */
    public SharedTable table(String share, String schema, String table) {
        return table(new TableName(share, schema, table));
    }

    /**
     * Names a table. The server is not asked whether it is there.
     *
     * @param name its name
     * @return the table, to be asked about
     */
    public SharedTable table(TableName name) {
        return new SharedTable(calls, requireNonNull(name, "name"), null, null);
    }

    /**
     * Opens a file for reading. Its presigned address is asked without the token.
     *
     * @param file the file
     * @return its bytes as they come; its reads throw {@link SharingException} if they stall, break off, or are fewer or more
     *     than the server said. To be closed
     * @throws SharingException {@code SHARING_FILE_EXPIRED} if the address has ended: query again
     */
    public InputStream open(DataFile file) {
        return files.open(requireNonNull(file, "file"));
    }

    /**
     * Fetches a file. It appears at the target when it is whole, and replaces what is there.
     *
     * @param file the file
     * @param target where to put it; its folder must be there
     * @return the target
     * @throws SharingException {@code SHARING_FILE_EXPIRED} if the address has ended: query again
     */
    public Path download(DataFile file, Path target) {
        return files.download(requireNonNull(file, "file"), requireNonNull(target, "target"));
    }

    /** {@return where the server is} */
    @Override
    public String toString() {
        return "SharingClient[" + endpoint() + "]";
    }
}
