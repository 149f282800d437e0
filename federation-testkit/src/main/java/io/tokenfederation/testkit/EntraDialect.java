// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Not yet. */
final class EntraDialect implements Dialect {
    private final URI base;

    EntraDialect(URI base, Tenant tenant) {
        this.base = base;
    }

    @Override
    public String issuer() {
        return base.toString();
    }

    @Override
    public URI tokenEndpoint() {
        return base;
    }

    @Override
    public List<String> tokenPaths() {
        return List.of();
    }

    @Override
    public List<String> discoveryPaths() {
        return List.of();
    }

    @Override
    public List<String> jwksPaths() {
        return List.of();
    }

    @Override
    public Reply discovery(HttpCall call) {
        return Later.yet(Reply.empty(500));
    }

    @Override
    public Reply token(HttpCall call) {
        return Later.yet(Reply.empty(500));
    }

    @Override
    public Reply rateLimited(Duration retryAfter, Instant now) {
        return Later.yet(Reply.empty(500));
    }

    @Override
    public Duration defaultLifetime() {
        return Duration.ofHours(1);
    }

    @Override
    public void register(Tenant.Api api) {
        Later.yet(this);
    }

    @Override
    public String subjectOf(String clientId) {
        return Later.yet("");
    }

    @Override
    public Object rules() {
        return Later.yet(this);
    }
}
