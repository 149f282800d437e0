// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.auth0;

/** How an application shows Auth0 who it is. */
enum Auth0Authentication {
    SECRET_IN_BODY("secret", "Client Secret (Post)"),
    SECRET_IN_HEADER("secret", "Client Secret (Basic)"),
    PRIVATE_KEY("private key", "Private Key JWT"),
    CERTIFICATE("certificate", "mTLS");

    private final String credential;
    private final String title;

    Auth0Authentication(String credential, String title) {
        this.credential = credential;
        this.title = title;
    }

    /** {@return what the application has to keep} */
    String credential() {
        return credential;
    }

    /** {@return how the dashboard calls it} */
    String title() {
        return title;
    }
}
