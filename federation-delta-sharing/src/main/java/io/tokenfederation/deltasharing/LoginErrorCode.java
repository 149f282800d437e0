// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.deltasharing;

import io.tokenfederation.IdpTokenException;
import io.tokenfederation.Problem;

/** What can go wrong while a person logs in, and what is done about it. */
enum LoginErrorCode {
    LOGIN_REQUIRED(
            false,
            "Call login() while the person is there; to go on without them for longer, ask for refresh tokens, mostly by the scope offline_access."),
    LOGIN_REFUSED(
            false,
            "Read the error: the person declined, or the identity provider does not allow this client, scope or redirect."),
    LOGIN_TIMED_OUT(
            true,
            "Log in again; if the browser shows an error of the identity provider, it is about the client id or the redirect in the message, which must be registered exactly so."),
    LOGIN_CANCELLED(true, "Nothing: the application or the person ended the login."),
    LOGIN_PORT_TAKEN(
            true,
            "End what listens on this port; or set a redirect without a port, where the identity provider allows any port on this machine."),
    LOGIN_BROWSER_FAILED(
            false, "Give browser(...) something that works here: on a machine without a desktop, print the address.");

    private final boolean retryable;
    private final String fix;

    LoginErrorCode(boolean retryable, String fix) {
        this.retryable = retryable;
        this.fix = fix;
    }

    Problem problem(String message) {
        return Problem.of(name(), message, fix).retryable(retryable);
    }

    IdpTokenException exception(String message) {
        return new IdpTokenException(problem(message));
    }

    Problem of(Problem known) {
        return known.kind(name(), fix).retryable(retryable);
    }
}
