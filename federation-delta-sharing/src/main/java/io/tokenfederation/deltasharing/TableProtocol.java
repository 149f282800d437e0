// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;

/**
 * What a reader must be able to do to read the table.
 *
 * @param minReaderVersion of the sharing protocol in the Parquet format, of the Delta protocol in the Delta format
 * @param readerFeatures the Delta protocol's features a reader must have; empty in the Parquet format
 * @param deltaProtocol the Delta log's action as JSON; empty in the Parquet format
 */
public record TableProtocol(int minReaderVersion, Set<String> readerFeatures, Optional<String> deltaProtocol) {
    /**
     * Copies the features.
     *
     * @param minReaderVersion the least version
     * @param readerFeatures the features a reader must have
     * @param deltaProtocol the Delta log's action
     */
    public TableProtocol {
        readerFeatures = Set.copyOf(readerFeatures);
    }

    static Optional<TableProtocol> of(JsonNode protocol) {
        JsonNode delta = protocol.path("deltaProtocol");
        JsonNode said = delta.isObject() ? delta : protocol;
        if (!said.path("minReaderVersion").isInt()) {
            return Optional.empty();
        }
        return Optional.of(new TableProtocol(
                said.path("minReaderVersion").intValue(),
                Set.copyOf(Json.texts(said.path("readerFeatures"))),
                delta.isObject() ? Optional.of(delta.toString()) : Optional.empty()));
    }

    /** {@return in which form the table is described} */
    ResponseFormat format() {
        return deltaProtocol.isPresent() ? ResponseFormat.DELTA : ResponseFormat.PARQUET;
    }
}
