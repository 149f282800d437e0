// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Leaves out files that a query's hints exclude. A hint that cannot be understood is skipped, as the protocol has it, and
 * counted, for it is a client's mistake.
 */
final class FileHints {
    private final LongAdder skipped = new LongAdder();

    List<SharedFile> select(List<SharedFile> files, TableQuery query, SharedSchema schema) {
        List<SharedFile> fitting = query.text("jsonPredicateHints")
                .flatMap(text -> predicate(text, schema))
                .map(predicate -> files.stream().filter(predicate::mayHold).toList())
                .orElse(files);
        OptionalLong limit = query.number("limitHint");
        return limit.isPresent() ? upTo(limit.getAsLong(), fitting) : fitting;
    }

    long skipped() {
        return skipped.sum();
    }

    private Optional<JsonPredicate> predicate(String text, SharedSchema schema) {
        Optional<JsonNode> json = Json.object(text);
        if (json.isPresent() && JsonPredicate.isOne(json.get(), schema)) {
            return Optional.of(new JsonPredicate(json.get()));
        }
        skipped.increment();
        return Optional.empty();
    }

    private static List<SharedFile> upTo(long limit, List<SharedFile> files) {
        List<SharedFile> enough = new ArrayList<>();
        long rows = 0;
        for (SharedFile file : files) {
            if (rows >= limit) {
                break;
            }
            enough.add(file);
            rows += file.stats()
                    .flatMap(Json::object)
                    .map(stats -> stats.path("numRecords").asLong())
                    .orElse(0L);
        }
        return enough;
    }
}
