// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.internal.SafeText;
import org.jspecify.annotations.Nullable;

/** What to say of an exception somebody else threw. */
final class Failures {
    private Failures() {}

    /** {@return its name and what it says, scrubbed} */
    static String name(@Nullable Throwable failure) {
        if (failure == null) {
            return "no reason is known";
        }
        String said = failure.getMessage() == null ? "" : ": " + SafeText.of(failure.getMessage());
        return failure.getClass().getSimpleName() + said;
    }
}
