// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A statement to be run, and on whose behalf: what a row filter of Unity Catalog would go by.
 *
 * @param text the SQL
 * @param warehouseId the warehouse that was asked for
 * @param currentUser what {@code current_user()} is: a service principal's application id, or a user's name
 * @param groups the groups {@code is_account_group_member()} is true for
 * @param parameters the named parameters; a null value is SQL's NULL
 */
public record SqlStatement(
        String text,
        String warehouseId,
        String currentUser,
        Set<String> groups,
        Map<String, @Nullable String> parameters) {
    /**
     * Copies the groups and parameters.
     *
     * @param text the SQL
     * @param warehouseId the warehouse
     * @param currentUser on whose behalf
     * @param groups that one's groups
     * @param parameters the named parameters
     */
    public SqlStatement {
        requireNonNull(text, "text");
        requireNonNull(warehouseId, "warehouseId");
        requireNonNull(currentUser, "currentUser");
        groups = Set.copyOf(groups);
        // Not Map.copyOf, which takes no nulls.
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
}
