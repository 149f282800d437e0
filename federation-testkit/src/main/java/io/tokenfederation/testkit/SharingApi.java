// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiFunction;

/** The paths of the sharing protocol: who calls, which share, schema and table are meant, and whether they may be read. */
final class SharingApi {
    private final Metastore metastore;
    private final SharingAccess access;
    private final TableApi tables;
    private final Sealed sealed;
    private final String path;
    private final List<LongAdder> requests = new ArrayList<>();
    private final List<LongAdder> queries = new ArrayList<>();

    SharingApi(Metastore metastore, SharingAccess access, TableApi tables, Sealed sealed) {
        this.metastore = metastore;
        this.access = access;
        this.tables = tables;
        this.sealed = sealed;
        this.path = "/api/2.0/delta-sharing/metastores/" + metastore.id();
    }

    /** A call of a known recipient, with the names in its path: share, schema, table. */
    private record Named(HttpCall call, Recipient recipient, List<String> names) {}

    /** Answers a call of a known recipient. */
    @FunctionalInterface
    private interface Answer {
        Reply to(Named named);
    }

    void listen(LoopbackHttp http, Faults faults) {
        for (String prefix : List.of(path, path + "/recipients/{}")) {
            on(http, faults, "GET", prefix + "/shares", this::shares);
            on(http, faults, "GET", prefix + "/shares/{}", this::share);
            on(http, faults, "GET", prefix + "/shares/{}/all-tables", this::allTables);
            on(http, faults, "GET", prefix + "/shares/{}/schemas", this::schemas);
            String ofSchema = prefix + "/shares/{}/schemas/{}/tables";
            on(http, faults, "GET", ofSchema, this::tables);
            on(http, faults, "GET", ofSchema + "/{}/version", named -> ofTable(named, tables::version));
            on(http, faults, "GET", ofSchema + "/{}/metadata", named -> ofTable(named, tables::metadata));
            queries.add(on(http, faults, "POST", ofSchema + "/{}/query", named -> ofTable(named, tables::query)));
            queries.add(on(http, faults, "GET", ofSchema + "/{}/changes", named -> ofTable(named, tables::changes)));
        }
    }

    String path() {
        return path;
    }

    long requests() {
        return requests.stream().mapToLong(LongAdder::sum).sum();
    }

    long queries() {
        return queries.stream().mapToLong(LongAdder::sum).sum();
    }

    private LongAdder on(LoopbackHttp http, Faults faults, String method, String route, Answer answer) {
        int shares = route.substring(0, route.indexOf("/shares")).split("/", -1).length;
        LongAdder count = http.on(method, route, faults, call -> answer.to(named(call, shares)));
        requests.add(count);
        return count;
    }

    private Named named(HttpCall call, int shares) {
        String[] segments = call.path().split("/", -1);
        List<String> names = new ArrayList<>();
        // shares/{share}/schemas/{schema}/tables/{table}
        for (int i = shares + 1; i < segments.length; i += 2) {
            names.add(segments[i]);
        }
        return new Named(call, access.recipient(call, path), names);
    }

    private Reply shares(Named named) {
        return SharingPage.of(
                named.call(),
                sealed,
                metastore.sharesOf(named.recipient()).stream()
                        .map(SharingApi::json)
                        .toList());
    }

    private Reply share(Named named) {
        return Reply.json(200, Map.of("share", json(granted(named))));
    }

    private Reply schemas(Named named) {
        Share share = granted(named);
        return SharingPage.of(
                named.call(),
                sealed,
                share.schemas().stream()
                        .map(schema -> Map.of("name", schema.name(), "share", share.name()))
                        .toList());
    }

    private Reply tables(Named named) {
        Share share = granted(named);
        Share.Schema schema = schema(named, share);
        return SharingPage.of(
                named.call(),
                sealed,
                schema.tables().values().stream()
                        .map(table -> share.json(schema, table))
                        .toList());
    }

    private Reply allTables(Named named) {
        return SharingPage.of(named.call(), sealed, granted(named).tables());
    }

    private Reply ofTable(Named named, BiFunction<HttpCall, LoopbackTable, Reply> answer) {
        Share share = granted(named);
        String name = named.names().get(2);
        LoopbackTable table = schema(named, share)
                .table(name)
                .orElseThrow(() -> SharingReplies.absent("Share/Schema/Table '" + share.name() + "/"
                        + named.names().get(1) + "/" + name + "'"));
        return answer.apply(named.call(), table);
    }

    /** A share that is not granted looks like one that does not exist. */
    private Share granted(Named named) {
        String name = named.names().get(0);
        return metastore
                .share(name)
                .filter(share -> named.recipient().shares().contains(Share.key(name)))
                .orElseThrow(() -> SharingReplies.absent("Share '" + name + "'"));
    }

    private static Share.Schema schema(Named named, Share share) {
        String name = named.names().get(1);
        return share.schema(name)
                .orElseThrow(() -> SharingReplies.absent("Share/Schema '" + share.name() + "/" + name + "'"));
    }

    private static Map<String, Object> json(Share share) {
        return Map.of("name", share.name(), "id", share.id());
    }
}
