// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.workload;

import static java.util.Objects.requireNonNull;

/** A text somebody configured, checked. */
final class Given {
    private Given() {}

    static String text(String text, String name) {
        if (requireNonNull(text, name).isBlank()) {
            throw new IllegalArgumentException(name + " must not be blank");
        }
        return text;
    }
}
