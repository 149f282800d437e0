// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import static java.util.Objects.requireNonNull;

/** A statement failed; Databricks answers that with HTTP status 200 and state {@code FAILED}. */
public final class SqlFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Not serialised: what the message says is all that travels. */
    private final transient String errorCode;

    /**
     * Creates the failure.
     *
     * @param errorCode the error code, such as {@code BAD_REQUEST}
     * @param message what is wrong with the statement
     */
    public SqlFailure(String errorCode, String message) {
        super(requireNonNull(message, "message"));
        this.errorCode = requireNonNull(errorCode, "errorCode");
    }

    /** {@return the error code} */
    public String errorCode() {
        return errorCode;
    }
}
