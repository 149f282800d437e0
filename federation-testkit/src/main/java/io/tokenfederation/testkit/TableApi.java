// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenfederation.testkit.TableLines.Action;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a sharing server answers about one table: version, metadata, files, changes. */
final class TableApi {
    static final String VERSION_HEADER = "delta-table-version";

    private final FileStore store;
    private final Sealed sealed;
    private final FileHints hints = new FileHints();

    TableApi(FileStore store, Sealed sealed) {
        this.store = store;
        this.sealed = sealed;
    }

    /** One page of actions: how many at most, from where, and what the next page's token is to hold. */
    private record Page(List<Action> actions, OptionalLong maxFiles, int from, Bound bound) {}

    /** What a page token holds besides the place, so that the next page is of the same query and the same versions. */
    private record Bound(String table, String sense, long version, long latest) {
        Map<String, Object> at(int place) {
            return Map.of("table", table, "sense", sense, "version", version, "latest", latest, "at", place);
        }
    }

    FileHints hints() {
        return hints;
    }

    Reply version(HttpCall call, LoopbackTable table) {
        Optional<String> from = call.parameter("startingTimestamp");
        if (from.isPresent()) {
            new TableVersions(table).requireHistory();
        }
        long version = from.map(new TableVersions(table)::from).orElseGet(table::version);
        return Reply.empty(200).header(VERSION_HEADER, Long.toString(version));
    }

    Reply metadata(HttpCall call, LoopbackTable table) {
        SharingCapabilities can = SharingCapabilities.of(call);
        boolean delta = can.delta(table);
        TableLines lines = new TableLines(table, store, delta);
        long version = table.version();
        List<Object> out = new ArrayList<>(List.of(lines.protocol(), lines.metadata(version, false)));
        if (can.endStreamAction()) {
            out.add(lines.end("", ""));
        }
        return can.chosen(ndjson(out, version), delta, can.endStreamAction());
    }

    Reply query(HttpCall call, LoopbackTable table) {
        TableQuery query = TableQuery.read(call);
        TableVersions versions = new TableVersions(table);
        boolean travels =
                query.number("version").isPresent() || query.text("timestamp").isPresent();
        OptionalLong starting = query.number("startingVersion");
        if (travels || starting.isPresent()) {
            versions.requireHistory();
        }
        Optional<JsonNode> page = query.text("pageToken").map(token -> open(token, table, query.sense()));
        long latest = page.map(content -> content.path("latest").asLong()).orElseGet(table::version);
        long version = starting.isPresent()
                ? versions.require(starting.getAsLong(), "startingVersion")
                : page.map(content -> content.path("version").asLong())
                        .orElseGet(() -> snapshotVersion(query, versions, table));
        List<Action> actions = starting.isPresent()
                ? changes(table, version, Math.min(query.number("endingVersion").orElse(latest), latest), false)
                : snapshot(query, table, version, travels);
        Bound bound = new Bound(table.id(), query.sense(), version, latest);
        String refresh = query.flag("includeRefreshToken")
                ? sealed.token(Map.of("refresh", table.id(), "version", version))
                : "";
        int from = page.map(content -> content.path("at").asInt()).orElse(0);
        return answer(
                call,
                table,
                new Page(actions, query.number("maxFiles"), from, bound),
                refresh,
                travels || starting.isPresent());
    }

    private List<Action> snapshot(TableQuery query, LoopbackTable table, long version, boolean travels) {
        @Nullable TableCommit commit = travels ? table.commits().get(Math.toIntExact(version)) : null;
        return hints.select(table.files(version), query, table.schema()).stream()
                .map(file -> new Action("file", file, commit))
                .toList();
    }

    Reply changes(HttpCall call, LoopbackTable table) {
        TableVersions versions = new TableVersions(table);
        versions.requireHistory();
        String sense = Stream.of("startingVersion", "startingTimestamp", "endingVersion", "endingTimestamp")
                .map(name -> call.parameter(name).orElse(""))
                .reduce("", (all, one) -> all + one + ";");
        Optional<JsonNode> page = call.parameter("pageToken").map(token -> open(token, table, sense));
        long latest = page.map(content -> content.path("latest").asLong()).orElseGet(table::version);
        long start = bound(call, "starting", versions)
                .orElseThrow(
                        () -> SharingReplies.invalid("No startingVersion or startingTimestamp provided for CDF read."));
        long end = bound(call, "ending", versions).orElse(latest);
        if (versions.require(start, "startingVersion") > end) {
            throw SharingReplies.invalid("CDF range from start " + start + " to end " + end
                    + " was invalid. End cannot be" + " before start.");
        }
        Bound bound = new Bound(table.id(), sense, start, latest);
        Page asked = new Page(
                changes(table, start, Math.min(end, latest), true),
                call.parameter("maxFiles")
                        .map(TableApi::number)
                        .map(OptionalLong::of)
                        .orElse(OptionalLong.empty()),
                page.map(content -> content.path("at").asInt()).orElse(0),
                bound);
        return answer(call, table, asked, "", true);
    }

    private Reply answer(HttpCall call, LoopbackTable table, Page page, String refreshToken, boolean tellVersion) {
        SharingCapabilities can = SharingCapabilities.of(call);
        boolean delta = can.delta(table);
        TableLines lines = new TableLines(table, store, delta);
        long version = page.bound().version();
        int to = (int)
                Math.min(page.actions().size(), page.from() + page.maxFiles().orElse(Integer.MAX_VALUE));
        List<Object> out = new ArrayList<>(List.of(lines.protocol(), lines.metadata(version, tellVersion)));
        page.actions().subList(Math.min(page.from(), to), to).forEach(action -> out.add(lines.file(action)));
        boolean ends = can.endStreamAction() || page.maxFiles().isPresent() || !refreshToken.isEmpty();
        if (ends) {
            String next = to < page.actions().size() ? sealed.token(page.bound().at(to)) : "";
            out.add(lines.end(next, refreshToken));
        }
        return can.chosen(ndjson(out, version), delta, can.endStreamAction());
    }

    private long snapshotVersion(TableQuery query, TableVersions versions, LoopbackTable table) {
        if (query.number("version").isPresent()) {
            return versions.require(query.number("version").getAsLong(), "version");
        }
        if (query.text("timestamp").isPresent()) {
            return versions.at(query.text("timestamp").get());
        }
        return query.text("refreshToken")
                .map(token -> sealed.open(token)
                        .filter(content -> content.path("refresh").asText().equals(table.id()))
                        .orElseThrow(() -> SharingReplies.invalid("invalid refreshToken")))
                .map(content -> content.path("version").asLong())
                .orElseGet(table::version);
    }

    private JsonNode open(String token, LoopbackTable table, String sense) {
        return sealed.open(token)
                .filter(content -> content.path("table").asText().equals(table.id()))
                .filter(content -> content.path("sense").asText().equals(sense))
                .orElseThrow(() -> SharingReplies.invalid(
                        "The table specified in the page token or the query parameters do not match the request."));
    }

    private static OptionalLong bound(HttpCall call, String side, TableVersions versions) {
        Optional<String> version = call.parameter(side + "Version");
        Optional<String> time = call.parameter(side + "Timestamp");
        if (version.isPresent() && time.isPresent()) {
            throw SharingReplies.invalid("Please either provide " + side + "Version or " + side + "Timestamp.");
        }
        if (version.isPresent()) {
            return OptionalLong.of(versions.require(number(version.get()), side + "Version"));
        }
        return time.map(text -> side.equals("starting") ? versions.from(text) : versions.at(text))
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    private static long number(String text) {
        try {
            long number = Long.parseLong(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // As wrong as one that is negative.
        }
        throw SharingReplies.invalid("expected a number but the string didn't have the appropriate format");
    }

    private static List<Action> changes(LoopbackTable table, long from, long to, boolean rows) {
        List<Action> actions = new ArrayList<>();
        for (TableCommit commit : table.commits().subList(Math.toIntExact(from), Math.toIntExact(to) + 1)) {
            if (rows && !commit.changes().isEmpty()) {
                commit.changes().forEach(file -> actions.add(new Action("cdf", file, commit)));
            } else {
                commit.added().forEach(file -> actions.add(new Action("add", file, commit)));
                commit.removed().forEach(file -> actions.add(new Action("remove", file, commit)));
            }
        }
        return actions;
    }

    private static Reply ndjson(List<Object> lines, long version) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Object line : lines) {
            out.writeBytes(Json.write(line));
            out.write('\n');
        }
        return Reply.bytes(200, "application/x-ndjson; charset=utf-8", out.toByteArray())
                .header(VERSION_HEADER, Long.toString(version));
    }
}
