// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;

/** Which version of a table is meant: by its number, or by a time. */
final class TableVersions {
    private static final DateTimeFormatter LOCAL = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-M-d HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter();

    private final LoopbackTable table;

    TableVersions(LoopbackTable table) {
        this.table = table;
    }

    long require(long version, String name) {
        if (version > table.version()) {
            throw SharingReplies.invalid(
                    name + "(" + version + ") is after the latest version(" + table.version() + ") of the table.");
        }
        return version;
    }

    /** The version that was the newest at this time. Delta takes no time after the newest version's. */
    long at(String timestamp) {
        Instant time = parse(timestamp);
        List<TableCommit> commits = table.commits();
        if (time.isAfter(commits.get(commits.size() - 1).at())) {
            throw SharingReplies.invalid(
                    "The provided timestamp (" + timestamp + ") is after the latest version available");
        }
        return commits.stream()
                .filter(commit -> !commit.at().isAfter(time))
                .mapToLong(TableCommit::version)
                .max()
                .orElseThrow(() -> SharingReplies.invalid(
                        "The provided timestamp (" + timestamp + ") is before the earliest version available"));
    }

    /** The first version from this time on. */
    long from(String timestamp) {
        Instant time = parse(timestamp);
        return table.commits().stream()
                .filter(commit -> !commit.at().isBefore(time))
                .mapToLong(TableCommit::version)
                .min()
                .orElseThrow(() -> SharingReplies.invalid(
                        "The provided timestamp (" + timestamp + ") is after the latest version available"));
    }

    void requireHistory() {
        if (!table.historyShared()) {
            throw SharingReplies.invalid(
                    "Reading table by version or timestamp is not supported because history sharing is"
                            + " not enabled on table: " + table.name());
        }
    }

    /** ISO 8601 with a zone, or the older form without one, which the stand-in takes for UTC. */
    private static Instant parse(String timestamp) {
        try {
            return timestamp.contains("T")
                    ? OffsetDateTime.parse(timestamp).toInstant()
                    : LocalDateTime.parse(timestamp, LOCAL).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw SharingReplies.invalid("Invalid timestamp: " + timestamp);
        }
    }
}
