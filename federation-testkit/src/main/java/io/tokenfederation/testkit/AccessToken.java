// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.time.Duration;

/** A person's access token: a JWT, or a value only its provider understands. */
record AccessToken(String value, Duration lifetime) {
    @Override
    public String toString() {
        return "AccessToken[redacted]";
    }
}
