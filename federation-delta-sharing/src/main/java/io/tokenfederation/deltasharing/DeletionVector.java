// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which rows of a data file are deleted. A reader that leaves it out shows rows the provider has deleted.
 *
 * @param storageType where it is: {@code i} inline, {@code p} at an address, {@code u} beside the table
 * @param pathOrInline the vector itself, or its address, which is presigned
 * @param offset where in that file it begins; empty for its beginning
 * @param sizeInBytes its length
 * @param cardinality how many rows it deletes
 * @see <a href="https://github.com/delta-io/delta/blob/master/PROTOCOL.md#deletion-vectors">Delta protocol: deletion
 *     vectors</a>
 */
public record DeletionVector(
        String storageType, String pathOrInline, OptionalLong offset, long sizeInBytes, long cardinality) {
    /**
     * Checks that nothing is missing.
     *
     * @param storageType where it is
     * @param pathOrInline the vector itself, or its address
     * @param offset where in that file it begins
     * @param sizeInBytes its length
     * @param cardinality how many rows it deletes
     */
    public DeletionVector {
        requireNonNull(storageType, "storageType");
        requireNonNull(pathOrInline, "pathOrInline");
        requireNonNull(offset, "offset");
    }

    static Optional<DeletionVector> of(JsonNode vector) {
        if (!vector.isObject()) {
            return Optional.empty();
        }
        return Optional.of(new DeletionVector(
                vector.path("storageType").asText(),
                vector.path("pathOrInlineDv").asText(),
                Json.number(vector, "offset"),
                vector.path("sizeInBytes").asLong(),
                vector.path("cardinality").asLong()));
    }

    /** {@return everything but vector and address} */
    @Override
    public String toString() {
        return "DeletionVector[" + storageType + ", " + cardinality + " rows, " + sizeInBytes + " bytes]";
    }
}
