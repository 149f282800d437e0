// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** A share: its schemas and their tables. Names are told apart by more than their case, as the protocol has it. */
final class Share {
    private final String id = UUID.randomUUID().toString();
    private final String name;
    private final ConcurrentNavigableMap<String, Schema> schemas = new ConcurrentSkipListMap<>();
    private volatile String owner = "";

    /** A schema and its tables. */
    record Schema(String name, ConcurrentNavigableMap<String, LoopbackTable> tables) {
        Optional<LoopbackTable> table(String asked) {
            return Optional.ofNullable(tables.get(key(asked)));
        }
    }

    Share(String name) {
        this.name = name;
    }

    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    String id() {
        return id;
    }

    String name() {
        return name;
    }

    /** Its owner's user name; empty if nobody said so. */
    String owner() {
        return owner;
    }

    void ownedBy(String userName) {
        owner = userName;
    }

    void add(String schema, LoopbackTable table) {
        Schema kept = schemas.computeIfAbsent(key(schema), key -> new Schema(schema, new ConcurrentSkipListMap<>()));
        if (kept.tables().putIfAbsent(key(table.name()), table) != null) {
            throw new IllegalArgumentException("there is such a table already: " + table.name());
        }
    }

    List<Schema> schemas() {
        return List.copyOf(schemas.values());
    }

    Optional<Schema> schema(String asked) {
        return Optional.ofNullable(schemas.get(key(asked)));
    }

    /** A table as the protocol's lists have it. */
    Map<String, Object> json(Schema schema, LoopbackTable table) {
        return Map.of("name", table.name(), "schema", schema.name(), "share", name, "shareId", id, "id", table.id());
    }

    List<Map<String, Object>> tables() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Schema schema : schemas.values()) {
            schema.tables().values().forEach(table -> all.add(json(schema, table)));
        }
        return all;
    }
}
