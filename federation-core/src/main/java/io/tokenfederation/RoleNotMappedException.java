// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

/**
 * The caller has no role that is mapped to a service principal, and is therefore denied. Answer 403.
 *
 * <p>The message lists the caller's roles and those that are configured: it is for the log.
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

    static RoleNotMappedException of(ErrorCode code, String message) {
        return new RoleNotMappedException(Problem.of(code, message));
    }

    /** {@return what the remote caller may read: nothing of the token, the configuration or the reason} */
    public String publicMessage() {
        return "You have no role in this application.";
    }
}
