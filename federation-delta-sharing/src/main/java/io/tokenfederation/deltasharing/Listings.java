// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What there is to read: shares, their schemas, their tables.
 *
 * @param calls how the server is asked
 * @param pageSize how many to ask for at once; empty for as many as the server likes
 */
record Listings(SharingCalls calls, Optional<Integer> pageSize) {
    Stream<Share> shares() {
        return all(SharingRequest.get("the shares", "shares"), Listings::share);
    }

    Share share(String name) {
        SharingRequest request = SharingRequest.get("the share " + name, "shares", TableName.require(name, "share"));
        return calls.send(request, answer -> {
            JsonNode reply = ListPage.object(answer, calls.timeout());
            return share(reply.path("share")).orElseThrow(() -> answer.unreadable("it has no share with a name"));
        });
    }

    Stream<ShareSchema> schemas(String share) {
        return all(
                SharingRequest.get("the schemas of " + share, "shares", TableName.require(share, "share"), "schemas"),
                item -> Json.text(item, "name")
                        .map(name -> new ShareSchema(Json.text(item, "share").orElse(share), name)));
    }

    Stream<SharedTable> tables(String share, String schema) {
        return all(
                SharingRequest.get(
                        "the tables of " + share + "." + schema,
                        "shares",
                        TableName.require(share, "share"),
                        "schemas",
                        TableName.require(schema, "schema"),
                        "tables"),
                item -> table(item, share, schema));
    }

    Stream<SharedTable> allTables(String share) {
        return all(
                SharingRequest.get("all tables of " + share, "shares", TableName.require(share, "share"), "all-tables"),
                item -> table(item, share, null));
    }

    private static Optional<Share> share(JsonNode item) {
        return Json.text(item, "name").map(name -> new Share(name, Json.text(item, "id")));
    }

    private Optional<SharedTable> table(JsonNode item, String share, @Nullable String schema) {
        Optional<String> in = Json.text(item, "schema").or(() -> Optional.ofNullable(schema));
        Optional<String> name = Json.text(item, "name");
        if (in.isEmpty() || name.isEmpty()) {
            return Optional.empty();
        }
        try {
            TableName named = new TableName(Json.text(item, "share").orElse(share), in.get(), name.get());
            return Optional.of(new SharedTable(
                    calls,
                    named,
                    Json.text(item, "id").orElse(null),
                    Json.text(item, "shareId").orElse(null)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private <T> Stream<T> all(SharingRequest request, Function<JsonNode, Optional<T>> reader) {
        SharingRequest sized = pageSize.map(most -> request.with("maxResults", String.valueOf(most)))
                .orElse(request);
        int kind = Spliterator.ORDERED | Spliterator.NONNULL;
        return StreamSupport.stream(
                () -> Spliterators.spliteratorUnknownSize(new ListPages<>(calls, sized, reader), kind), kind, false);
    }
}
