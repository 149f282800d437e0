// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

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
}
