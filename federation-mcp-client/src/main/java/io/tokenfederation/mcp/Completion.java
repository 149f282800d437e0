// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import java.util.List;

/**
 * What a server suggests for an argument that somebody has begun to type.
 *
 * @param values the suggestions, the best first; at most 100
 * @param total how many there are in all; zero if the server does not say
 * @param hasMore whether there are more than these
 */
public record Completion(List<String> values, int total, boolean hasMore) {
    /**
     * Copies the suggestions.
     *
     * @param values the suggestions
     * @param total how many there are
     * @param hasMore whether there are more
     */
    public Completion {
        values = List.copyOf(values);
    }
}
