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

    /**
     * Makes a new exception of the same class, for another thread to throw, or with more known about it: a failure of a
     * token source is remembered, and then says how long. A subclass that does not override this is thrown as it is.
     *
     * @param problem what went wrong
     * @return the new exception, or this one
     */
    protected FederatedCallException with(Problem problem) {
        return getClass() == FederatedCallException.class ? new FederatedCallException(problem) : this;
    }
}
