// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import java.util.Optional;

/**
 * The JWT was not exchanged for a Databricks token: refused by Databricks, or Databricks could not be asked.
 */
public final class TokenExchangeException extends FederationException {
    /**
     * Creates the exception.
     *
     * @param problem what went wrong
     */
    public TokenExchangeException(Problem problem) {
        super(problem);
    }

    /**
     * {@return how the JWT and the federation policy differ, where Databricks' answer or the JWT itself shows it; the
     * message says the same in words}
     */
    public Optional<MismatchCause> mismatch() {
        return problem().mismatch();
    }
}
