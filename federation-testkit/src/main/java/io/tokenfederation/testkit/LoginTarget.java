// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.util.List;
import java.util.Optional;

/** What a login is for: an API, if one was asked for, and the scopes that are granted, as they were asked for. */
record LoginTarget(Optional<Tenant.Api> api, List<String> scopes) {
    boolean has(String scope) {
        return scopes.contains(scope);
    }

    /** The same for some of the scopes only. */
    LoginTarget narrowedTo(List<String> fewer) {
        return new LoginTarget(api, fewer);
    }
}
