// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A share: what a provider shares as one.
 *
 * @param name its name; upper and lower case are the same
 * @param id what it is called for good; empty if the server does not say
 */
public record Share(String name, Optional<String> id) {
    /**
     * Checks that nothing is missing.
     *
     * @param name its name
     * @param id what it is called for good
     */
    public Share {
        requireNonNull(name, "name");
        requireNonNull(id, "id");
    }
}
