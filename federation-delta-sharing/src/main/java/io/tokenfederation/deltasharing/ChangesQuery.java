// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which part of a table's change data feed to ask for; its beginning and its end are part of it.
 *
 * <pre>{@code
 * ChangesQuery.fromVersion(3).toVersion(7)
 * ChangesQuery.fromTime(Instant.parse("2026-11-01T00:00:00Z"))
 * }</pre>
 *
 * <p>Immutable; each method returns a changed copy. Without an end the feed ends with the newest version.
 *
 * @see <a href="https://github.com/delta-io/delta-sharing/blob/main/PROTOCOL.md#read-change-data-feed-from-a-table">Delta
 *     Sharing protocol: read change data feed</a>
 */
public final class ChangesQuery {
    private final Map<String, String> parameters;

    private ChangesQuery(Map<String, String> parameters) {
        this.parameters = parameters;
    }

    /**
     * Begins with a version.
     *
     * @param version the first version, not negative
     * @return the query
     */
    public static ChangesQuery fromVersion(long version) {
        return new ChangesQuery(Map.of("startingVersion", number(version)));
    }

    /**
     * Begins with the first version at or after a time.
     *
     * @param time the time
     * @return the query
     */
    public static ChangesQuery fromTime(Instant time) {
        return new ChangesQuery(
                Map.of("startingTimestamp", requireNonNull(time, "time").toString()));
    }

    /**
     * Ends with a version.
     *
     * @param version the last version, not negative
     * @return a changed copy
     * @throws IllegalArgumentException if it is negative or before the first, or a time ends the feed already
     */
    public ChangesQuery toVersion(long version) {
        requireOneEnd("endingTimestamp");
        String first = parameters.get("startingVersion");
        if (first != null && Long.parseLong(first) > version) {
            throw new IllegalArgumentException("version " + version + " is before the first, " + first);
        }
        return with("endingVersion", number(version));
    }

    /**
     * Ends with the last version at or before a time.
     *
     * @param time the time
     * @return a changed copy
     * @throws IllegalArgumentException if a version ends the feed already
     */
    public ChangesQuery toTime(Instant time) {
        requireOneEnd("endingVersion");
        return with("endingTimestamp", requireNonNull(time, "time").toString());
    }

    /**
     * Asks for the metadata of the time too, wherever it changed.
     *
     * @return a changed copy
     */
    public ChangesQuery includeHistoricalMetadata() {
        return with("includeHistoricalMetadata", "true");
    }

    /**
     * Has the server answer in pages, which are fetched as the files are read.
     *
     * @param files the most files of a page, more than zero
     * @return a changed copy
     */
    public ChangesQuery maxFiles(int files) {
        if (files <= 0) {
            throw new IllegalArgumentException("maxFiles must be more than zero; it is " + files);
        }
        return with("maxFiles", String.valueOf(files));
    }

    Map<String, String> parameters() {
        return parameters;
    }

    private static String number(long version) {
        if (version < 0) {
            throw new IllegalArgumentException("a version must not be negative; it is " + version);
        }
        return String.valueOf(version);
    }

    private void requireOneEnd(String other) {
        if (parameters.containsKey(other)) {
            throw new IllegalArgumentException("the feed ends with a version or at a time; set one");
        }
    }

    private ChangesQuery with(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(parameters);
        changed.put(name, value);
        return new ChangesQuery(Collections.unmodifiableMap(changed));
    }

    /** {@return from where to where} */
    @Override
    public String toString() {
        return "ChangesQuery[" + end("starting") + " to " + end("ending") + "]";
    }

    private String end(String which) {
        String version = parameters.get(which + "Version");
        return version != null ? "version " + version : parameters.getOrDefault(which + "Timestamp", "the newest");
    }
}
