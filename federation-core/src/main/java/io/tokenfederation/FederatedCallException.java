// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

/**
 * A call made with a federated token failed. Modules that carry the token somewhere (MCP, policies, sharing) extend it.
 */
public non-sealed class FederatedCallException extends FederationException {
    /**
     * Creates the exception.
     *
     * @param problem what went wrong
     */
    public FederatedCallException(Problem problem) {
        super(problem);
    }
}
