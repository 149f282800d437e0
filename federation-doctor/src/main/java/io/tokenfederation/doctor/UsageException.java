// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.doctor;

/** The command line cannot be understood; the message says why, and what was probably meant. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message, null, false, false);
    }
}
