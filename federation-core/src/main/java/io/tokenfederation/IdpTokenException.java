// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

/**
 * The identity provider gave no JWT that can be exchanged. Authors of an {@link IdpTokenSource} throw it too.
 */
public final class IdpTokenException extends FederationException {
    /**
     * Creates the exception.
     *
     * @param problem what went wrong
     */
    public IdpTokenException(Problem problem) {
        super(problem);
    }
}
