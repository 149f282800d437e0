// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The people's access tokens that are good for userinfo, JWT or not. Thread-safe. */
final class LoginGrants {
    private record Issued(LoginGrant grant, Instant end) {}

    /** From this many on, those that have expired are forgotten. */
    private static final int MANY = 10_000;

    private final Tenant tenant;
    private final Map<String, Issued> good = new ConcurrentHashMap<>();

    LoginGrants(Tenant tenant) {
        this.tenant = tenant;
    }

    void add(AccessToken token, LoginGrant grant) {
        Instant now = tenant.now();
        if (good.size() > MANY) {
            good.values().removeIf(old -> old.end().isBefore(now));
        }
        good.put(token.value(), new Issued(grant, now.plus(token.lifetime())));
    }

    Optional<Authorization> find(String token) {
        return Optional.ofNullable(good.get(token))
                .filter(issued -> tenant.now().isBefore(issued.end()))
                .map(Issued::grant)
                .filter(grant -> !grant.isRevoked())
                .map(LoginGrant::login);
    }
}
