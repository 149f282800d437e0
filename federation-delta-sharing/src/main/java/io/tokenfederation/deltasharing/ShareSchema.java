// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import static java.util.Objects.requireNonNull;

/**
 * A schema of a share: what groups its tables.
 *
 * @param share the share's name
 * @param name its own name
 */
public record ShareSchema(String share, String name) {
    /**
     * Checks that nothing is missing.
     *
     * @param share the share's name
     * @param name its own name
     */
    public ShareSchema {
        requireNonNull(share, "share");
        requireNonNull(name, "name");
    }
}
