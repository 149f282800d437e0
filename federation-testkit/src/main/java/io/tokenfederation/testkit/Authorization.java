// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.time.Instant;

/** That a person let an application act for them, from which tokens are made; the session is its id, for {@code sid}. */
record Authorization(
        BrowserApplication application,
        Person person,
        Instant authTime,
        LoginTarget target,
        String issuer,
        String sid) {
    String clientId() {
        return application.clientId();
    }

    Authorization narrowedTo(LoginTarget narrower) {
        return new Authorization(application, person, authTime, narrower, issuer, sid);
    }
}
