// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

/**
 * The caller has no role that is mapped to a service principal, and is therefore denied.
 */
public final class RoleNotMappedException extends FederationException {
    /**
     * Creates the exception.
     *
     * @param problem what went wrong
     */
    public RoleNotMappedException(Problem problem) {
        super(problem);
    }
}
