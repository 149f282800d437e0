// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * One data file of a shared table, a Parquet file in the provider's storage. {@link SharingClient#download} and
 * {@link SharingClient#open} fetch it.
 *
 * <p>Its address is presigned: whoever has it can read the file until {@link #urlExpiresAt()}. So it is no part of
 * {@link #toString()}. Immutable.
 *
 * @see <a href="https://github.com/delta-io/delta-sharing/blob/main/PROTOCOL.md#file">Delta Sharing protocol: file</a>
 */
public final class DataFile implements TableAction {
    private static final Pattern PLAIN_WORD = Pattern.compile("[a-z0-9_-]{1,200}");

    private final FileKind kind;

    /** What the protocol says of the file. */
    private final JsonNode described;

    /** The Delta log's own action in it; the same as above in the Parquet format. */
    private final JsonNode action;

    private final boolean delta;
    private final String url;

    private DataFile(FileKind kind, JsonNode described, JsonNode action, String url, boolean delta) {
        this.kind = kind;
        this.described = described;
        this.action = action;
        this.delta = delta;
        this.url = url;
    }

    /** {@return the file; empty if it lacks what every file has} */
    static Optional<DataFile> ofParquet(FileKind kind, JsonNode file) {
        return Json.text(file, "url")
                .filter(url ->
                        file.path("id").isTextual() && Json.number(file, "size").isPresent())
                .map(url -> new DataFile(kind, file, file, url, false));
    }

    /** {@return the file; empty if it lacks what every file has} */
    static Optional<DataFile> ofDelta(JsonNode file) {
        JsonNode single = file.path("deltaSingleAction");
        if (!file.path("id").isTextual() || single.size() != 1) {
            return Optional.empty();
        }
        String name = single.fieldNames().next();
        Optional<FileKind> kind =
                Optional.ofNullable(Map.of("add", FileKind.ADD, "cdc", FileKind.CHANGE, "remove", FileKind.REMOVE)
                        .get(name));
        JsonNode action = single.path(name);
        return kind.flatMap(
                known -> Json.text(action, "path").map(url -> new DataFile(known, file, action, url, true)));
    }

    /** {@return what its rows are to the table} */
    public FileKind kind() {
        return kind;
    }

    /** {@return what it is called: the same in every answer, so that what was fetched can be kept by it} */
    public String id() {
        return described.path("id").textValue();
    }

    /**
     * Returns a name to keep it under. The id is the server's text, and may be a path out of the folder it is resolved
     * against; this is not.
     *
     * @return the id where it is one plain word in lower case, as some file systems know no other, else its SHA-256; with
     *     {@code .parquet} behind it
     */
    public String fileName() {
        String id = id();
        return (PLAIN_WORD.matcher(id).matches() ? id : sha256(id)) + ".parquet";
    }

    /** {@return its length in bytes; empty only where a Delta log's action does not say} */
    public OptionalLong size() {
        OptionalLong size = Json.number(action, "size");
        return size.isPresent() ? size : Json.number(described, "size");
    }

    /**
     * Returns its address. It is a credential: keep it out of logs, and send no {@code Authorization} with it.
     *
     * @return the presigned URL
     */
    public String url() {
        return url;
    }

    /** {@return when its address ends; empty if the server does not say} */
    public Optional<Instant> urlExpiresAt() {
        return Json.time(described, "expirationTimestamp");
    }

    /** {@return the values of the partition columns, which are not in the file itself; an empty text stands for null} */
    public Map<String, String> partitionValues() {
        return Json.named(action.path("partitionValues"));
    }

    /** {@return the statistics of its columns, the JSON text as it came; empty if there are none} */
    public Optional<String> statistics() {
        return Json.text(action, "stats");
    }

    /**
     * Returns how many rows are in the file, by its statistics. A {@linkplain #deletionVector() deletion vector} may take
     * some of them away.
     *
     * @return the number of rows; empty if the statistics do not say
     */
    public OptionalLong numRecords() {
        return statistics()
                .flatMap(text -> Json.object(text.getBytes(StandardCharsets.UTF_8)))
                .map(stats -> Json.number(stats, "numRecords"))
                .orElse(OptionalLong.empty());
    }

    /** {@return the rows that are deleted though they are in the file; only in the Delta format} */
    public Optional<DeletionVector> deletionVector() {
        return DeletionVector.of(action.path("deletionVector"));
    }

    /** {@return the table's version it belongs to; empty where no version was asked for} */
    public OptionalLong version() {
        return Json.number(described, "version");
    }

    /** {@return when that version came about; empty where no version was asked for} */
    public Optional<Instant> timestamp() {
        return Json.time(described, "timestamp");
    }

    /**
     * Returns the Delta log's action as JSON, for whoever writes a Delta log of its own. It holds the presigned URL.
     *
     * @return the {@code deltaSingleAction}; empty in the Parquet format
     */
    public Optional<String> deltaAction() {
        return delta ? Optional.of(described.path("deltaSingleAction").toString()) : Optional.empty();
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** {@return kind, id and size; not the address} */
    @Override
    public String toString() {
        OptionalLong size = size();
        return "DataFile[" + kind + " " + id() + (size.isPresent() ? ", " + size.getAsLong() + " bytes" : "") + "]";
    }
}
