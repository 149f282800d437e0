// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

import io.tokenfederation.internal.SafeText;

/** The command line cannot be understood; the message says why, and what was probably meant. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
        this(message, "");
    }

    /** The help is the program's own text, so it stays as it is. */
    UsageException(String message, String help) {
        super(SafeText.of(message) + help, null, false, false);
    }
}
