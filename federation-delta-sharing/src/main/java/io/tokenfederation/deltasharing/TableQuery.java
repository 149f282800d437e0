// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which files of a table to ask for.
 *
 * <pre>{@code
 * TableQuery.all()
 * TableQuery.all().predicateHint("date >= '2026-11-01'").limitHint(1_000)
 * TableQuery.all().version(12)
 * }</pre>
 *
 * <p>Hints are hints: the server may bring more files than they ask for, with more rows, so whoever reads the files still
 * filters. Immutable; each method returns a changed copy.
 *
 * @see <a href="https://github.com/delta-io/delta-sharing/blob/main/PROTOCOL.md#read-data-from-a-table">Delta Sharing
 *     protocol: read data from a table</a>
 */
public final class TableQuery {
    private static final TableQuery ALL = new TableQuery(Map.of());

    /** One of them says which version; two would contradict each other. */
    private static final Set<String> VERSIONS = Set.of("version", "timestamp", "startingVersion", "refreshToken");

    private static final Set<String> SHOWN = Set.of(
            "predicateHints",
            "jsonPredicateHints",
            "limitHint",
            "version",
            "timestamp",
            "startingVersion",
            "endingVersion",
            "maxFiles",
            "includeRefreshToken");

    private final Map<String, Object> fields;

    private TableQuery(Map<String, Object> fields) {
        this.fields = fields;
    }

    /** {@return a query for all files of the present version} */
    public static TableQuery all() {
        return ALL;
    }

    /**
     * Adds a condition in SQL, which all rows that are of interest meet.
     *
     * @param sql one comparison, such as {@code country = 'NO'}
     * @return a changed copy
     */
    public TableQuery predicateHint(String sql) {
        List<Object> hints = new ArrayList<>((List<?>) fields.getOrDefault("predicateHints", List.of()));
        hints.add(requireNonNull(sql, "sql"));
        return with("predicateHints", List.copyOf(hints));
    }

    /**
     * Sets the condition in the protocol's own form, which newer servers prefer.
     *
     * @param json a JSON object with {@code op} and {@code children}
     * @return a changed copy
     * @throws IllegalArgumentException if it is no JSON object
     */
    public TableQuery jsonPredicateHints(String json) {
        if (!Json.isObject(requireNonNull(json, "json"))) {
            throw new IllegalArgumentException("jsonPredicateHints must be one JSON object with op and children");
        }
        return with("jsonPredicateHints", json);
    }

    /**
     * Says how many rows are of interest.
     *
     * @param rows the number, not negative
     * @return a changed copy
     */
    public TableQuery limitHint(int rows) {
        return with("limitHint", notNegative(rows, "limitHint"));
    }

    /**
     * Asks for the table as it was in a version. The provider must share its history.
     *
     * @param version the version, not negative
     * @return a changed copy
     * @throws IllegalArgumentException if another version has been set
     */
    public TableQuery version(long version) {
        return with("version", notNegative(version, "version"));
    }

    /**
     * Asks for the table as it was at a time. The provider must share its history.
     *
     * @param time the time
     * @return a changed copy
     * @throws IllegalArgumentException if another version has been set
     */
    public TableQuery asOf(Instant time) {
        return with("timestamp", requireNonNull(time, "time").toString());
    }

    /**
     * Asks for the files that came and went since a version, that version included, and for the metadata of the time.
     *
     * @param version the first version, not negative
     * @return a changed copy
     * @throws IllegalArgumentException if another version has been set
     */
    public TableQuery startingVersion(long version) {
        return with("startingVersion", notNegative(version, "startingVersion"));
    }

    /**
     * Says at which version {@link #startingVersion} may end. A hint: later files may come all the same.
     *
     * @param version the last version, not negative
     * @return a changed copy
     */
    public TableQuery endingVersion(long version) {
        return with("endingVersion", notNegative(version, "endingVersion"));
    }

    /**
     * Has the server answer in pages. They are fetched as the files are read; one page's addresses need not outlive the
     * reading of the whole table.
     *
     * @param files the most files of a page, more than zero
     * @return a changed copy
     */
    public TableQuery maxFiles(int files) {
        if (files <= 0) {
            throw new IllegalArgumentException("maxFiles must be more than zero; it is " + files);
        }
        return with("maxFiles", files);
    }

    /**
     * Asks for a token by which the same files can be had again with new addresses: {@link EndOfFiles#refreshToken()}.
     *
     * @return a changed copy
     */
    public TableQuery includeRefreshToken() {
        return with("includeRefreshToken", true);
    }

    /**
     * Asks for the files of an earlier query again, with new addresses, whatever has happened to the table since. To be
     * asked with the same hints.
     *
     * @param refreshToken what that query brought
     * @return a changed copy
     * @throws IllegalArgumentException if another version has been set
     */
    public TableQuery refresh(String refreshToken) {
        return with("refreshToken", requireNonNull(refreshToken, "refreshToken"));
    }

    String json() {
        return Json.text(fields);
    }

    String jsonOfPage(String pageToken) {
        Map<String, Object> page = new LinkedHashMap<>(fields);
        page.put("pageToken", pageToken);
        return Json.text(page);
    }

    private static <N extends Number> N notNegative(N value, String name) {
        if (value.longValue() < 0) {
            throw new IllegalArgumentException(name + " must not be negative; it is " + value);
        }
        return value;
    }

    private TableQuery with(String name, Object value) {
        if (VERSIONS.contains(name)) {
            for (String other : VERSIONS) {
                if (!other.equals(name) && fields.containsKey(other)) {
                    throw new IllegalArgumentException(name + " and " + other + " each say which version; set one");
                }
            }
        }
        Map<String, Object> changed = new LinkedHashMap<>(fields);
        changed.put(name, value);
        return new TableQuery(Collections.unmodifiableMap(changed));
    }

    /** {@return what is asked for; a refresh token only by name} */
    @Override
    public String toString() {
        Map<String, Object> shown = new LinkedHashMap<>(fields);
        shown.replaceAll((name, value) -> SHOWN.contains(name) ? value : "redacted");
        return "TableQuery" + shown;
    }
}
