// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

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
    private final Endpoint authorization;

    IdpServer(Dialect.Factory factory, Clock clock) {
        this.http = LoopbackHttp.start("loopback-idp");
        this.tenant = new Tenant(clock);
        this.dialect = factory.create(http.base(), tenant);
        this.clock = clock;
        Cors cors = new Cors(tenant.people());
        token = endpoint(dialect.tokenMethod(), dialect.tokenPaths(), cors.forNamed(dialect::token));
        discovery = endpoint("GET", dialect.discoveryPaths(), cors.forAll(dialect::discovery));
        jwks = endpoint(
                "GET",
                dialect.jwksPaths(),
                cors.forAll(call -> Reply.json(200, tenant.keys().published())));
        authorization = dialect.login()
                .map(login -> listen(login, cors))
                .orElseGet(() -> endpoint("GET", List.of(), call -> Reply.empty(404)));
    }

    /** Adds the addresses for people; gives the one they begin at. */
    private Endpoint listen(Login login, Cors cors) {
        LoginDialect paths = login.dialect();
        for (String method : List.of("GET", "POST")) {
            endpoint(method, paths.logoutPaths(), login.logout()::logout);
            endpoint(method, paths.userInfoPaths(), cors.forAll(login.userInfo()::userInfo));
        }
        endpoint("POST", List.of(LoginPage.PATH), login.login()::submit);
        Stream.of(dialect.tokenPaths(), dialect.discoveryPaths(), dialect.jwksPaths(), paths.userInfoPaths())
                .forEach(shared -> endpoint("OPTIONS", shared, cors::preflight));
        // OpenID Connect Core §3.1.2.1: by GET or by POST.
        Endpoint byGet = endpoint("GET", paths.authorizePaths(), login.login()::authorize);
        return endpoint("POST", paths.authorizePaths(), login.login()::authorize, byGet);
    }

    Endpoint authorization() {
        return authorization;
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
        List.of(token, discovery, jwks, authorization)
                .forEach(endpoint -> endpoint.faults().recover());
    }

    @Override
    public void close() {
        http.close();
        tenant.keys().close();
    }

    private Endpoint endpoint(String method, List<String> paths, LoopbackHttp.Handler handler) {
        Faults faults = new Faults(wait -> dialect.rateLimited(wait, clock.instant()));
        return endpoint(method, paths, handler, new Endpoint(faults, List.of()));
    }

    /** The same for one more method of an endpoint. */
    private Endpoint endpoint(String method, List<String> paths, LoopbackHttp.Handler handler, Endpoint other) {
        Stream<LongAdder> counts = paths.stream().map(path -> http.on(method, path, other.faults(), handler));
        return new Endpoint(
                other.faults(), Stream.concat(other.counts().stream(), counts).toList());
    }
}
