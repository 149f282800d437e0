// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

/**
 * The caller's token was not accepted, so nobody knows who is calling. Answer 401, without these details.
 */
public final class CallerRejectedException extends FederationException {
    /**
     * Creates the exception.
     *
     * @param problem what went wrong
     */
    public CallerRejectedException(Problem problem) {
        super(problem);
    }
}
