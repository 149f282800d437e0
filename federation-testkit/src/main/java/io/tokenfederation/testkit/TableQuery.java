// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** The body of a query: every field optional, none that the protocol does not know, each of its type. */
final class TableQuery {
    private static final Map<String, Predicate<JsonNode>> FIELDS = Map.ofEntries(
            Map.entry("predicateHints", TableQuery::isTexts),
            Map.entry("jsonPredicateHints", JsonNode::isTextual),
            Map.entry("limitHint", JsonNode::isInt),
            Map.entry("version", JsonNode::isIntegralNumber),
            Map.entry("timestamp", JsonNode::isTextual),
            Map.entry("startingVersion", JsonNode::isIntegralNumber),
            Map.entry("endingVersion", JsonNode::isIntegralNumber),
            Map.entry("maxFiles", JsonNode::isInt),
            Map.entry("pageToken", JsonNode::isTextual),
            Map.entry("includeRefreshToken", JsonNode::isBoolean),
            Map.entry("refreshToken", JsonNode::isTextual),
            Map.entry("idempotencyKey", JsonNode::isTextual),
            Map.entry("queryDeltaLog", JsonNode::isBoolean));

    private final JsonNode body;

    private TableQuery(JsonNode body) {
        this.body = body;
    }

    static TableQuery read(HttpCall call) {
        if (!call.hasJson()) {
            throw new Refusal(Reply.text(415, "text/plain; charset=utf-8", "415 Unsupported Media Type"));
        }
        JsonNode body = call.json().orElseThrow(() -> SharingReplies.malformed("the body is not a JSON object"));
        for (Iterator<String> names = body.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            Predicate<JsonNode> type = FIELDS.get(name);
            if (type == null) {
                throw SharingReplies.malformed("Cannot find field: " + name + " in message QueryTableRequest");
            }
            if (!body.path(name).isNull() && !type.test(body.path(name))) {
                throw SharingReplies.malformed("Unexpected value for field " + name);
            }
        }
        TableQuery query = new TableQuery(body);
        query.requireSense();
        return query;
    }

    OptionalLong number(String name) {
        JsonNode value = body.path(name);
        return value.isIntegralNumber() ? OptionalLong.of(value.asLong()) : OptionalLong.empty();
    }

    Optional<String> text(String name) {
        return Optional.of(body.path(name).asText()).filter(text -> !text.isEmpty());
    }

    boolean flag(String name) {
        return body.path(name).asBoolean();
    }

    /** What a page token is bound to: everything but the page. */
    String sense() {
        StringBuilder sense = new StringBuilder();
        FIELDS.keySet().stream()
                .sorted()
                .filter(name -> !name.equals("pageToken") && !name.equals("maxFiles") && !name.equals("idempotencyKey"))
                .forEach(name -> sense.append(body.path(name)).append(';'));
        return sense.toString();
    }

    private void requireSense() {
        long versions = FIELDS.keySet().stream()
                .filter(name -> name.equals("version") || name.equals("timestamp") || name.equals("startingVersion"))
                .filter(body::hasNonNull)
                .count();
        if (versions > 1) {
            throw SharingReplies.invalid("Please only provide one of: version,timestamp,startingVersion");
        }
        for (String name : new String[] {"version", "startingVersion", "endingVersion", "limitHint"}) {
            if (number(name).orElse(0) < 0) {
                throw SharingReplies.invalid(name + " cannot be negative.");
            }
        }
        if (number("maxFiles").orElse(1) < 1) {
            throw SharingReplies.invalid("maxFiles must be positive.");
        }
        if (number("startingVersion").orElse(0) > number("endingVersion").orElse(Long.MAX_VALUE)) {
            throw SharingReplies.invalid("startingVersion must be smaller than or equal to endingVersion.");
        }
    }

    private static boolean isTexts(JsonNode value) {
        for (JsonNode one : value) {
            if (!one.isTextual()) {
                return false;
            }
        }
        return value.isArray();
    }
}
