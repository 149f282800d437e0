// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** The endpoints of one identity provider: which paths they have, how they fail, how often they were asked. */
final class IdpServer implements AutoCloseable {
    /** One kind of endpoint, on however many paths. */
    record Endpoint(Faults faults, List<LongAdder> counts) {
        long requests() {
            return counts.stream().mapToLong(LongAdder::sum).sum();
        }
    }

    private final LoopbackHttp http;
    private final Tenant tenant;
    private final Dialect dialect;
    private final Clock clock;
    private final Endpoint token;
    private final Endpoint discovery;
    private final Endpoint jwks;

    IdpServer(Dialect.Factory factory, Clock clock) {
        this.http = LoopbackHttp.start("loopback-idp");
        this.tenant = new Tenant(clock);
        this.dialect = factory.create(http.base(), tenant);
        this.clock = clock;
        token = endpoint(dialect.tokenMethod(), dialect.tokenPaths(), dialect::token);
        discovery = endpoint("GET", dialect.discoveryPaths(), dialect::discovery);
        jwks = endpoint(
                "GET",
                dialect.jwksPaths(),
                call -> Reply.json(200, tenant.keys().published()));
    }

    Tenant tenant() {
        return tenant;
    }

    Dialect dialect() {
        return dialect;
    }

    Endpoint token() {
        return token;
    }

    Endpoint discovery() {
        return discovery;
    }

    Endpoint jwks() {
        return jwks;
    }

    /** The rules of this kind of provider; refuses to give those of another. */
    <R> R rules(Class<R> kind) {
        Object rules = dialect.rules();
        if (!kind.isInstance(rules)) {
            throw new IllegalArgumentException(
                    "this identity provider has " + rules.getClass().getSimpleName() + ", not " + kind.getSimpleName());
        }
        return kind.cast(rules);
    }

    void recover() {
        List.of(token, discovery, jwks).forEach(endpoint -> endpoint.faults().recover());
    }

    @Override
    public void close() {
        http.close();
        tenant.keys().close();
    }

    private Endpoint endpoint(String method, List<String> paths, LoopbackHttp.Handler handler) {
        Faults faults = new Faults(wait -> dialect.rateLimited(wait, clock.instant()));
        return new Endpoint(
                faults,
                paths.stream()
                        .map(path -> http.on(method, path, faults, handler))
                        .toList());
    }
}
