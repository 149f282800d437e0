// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

/** One login's permission: its code and all tokens that came of it share it, and lose it together. Thread-safe. */
final class LoginGrant {
    private final Authorization login;
    private volatile boolean revoked;

    LoginGrant(Authorization login) {
        this.login = login;
    }

    Authorization login() {
        return login;
    }

    void revoke() {
        revoked = true;
    }

    boolean isRevoked() {
        return revoked;
    }
}
