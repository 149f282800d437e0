// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * An identity provider on this machine that keeps to the rules of a real one.
 *
 * <pre>{@code
 * try (LoopbackIdp idp = LoopbackIdp.auth0().start()) {
 *     idp.api("https://adb-1.example.com").m2mClient("backend", "secret").grant("backend", "https://adb-1.example.com");
 *     // POST idp.tokenEndpoint() with grant_type=client_credentials …
 * }
 * }</pre>
 *
 * <p>It serves discovery, keys, and {@code client_credentials}, listens on 127.0.0.1 only, and knows nobody until told.
 * Thread-safe. For tests and samples only.
 */
public final class LoopbackIdp implements AutoCloseable {
    private final LoopbackHttp http;
    private final String issuer;
    private final URI tokenEndpoint;
    private final Tenant tenant;
    private final Faults tokenFaults;
    private final Faults discoveryFaults;
    private final Faults jwksFaults;
    private final LongAdder tokenRequests;
    private final LongAdder discoveryRequests;
    private final LongAdder jwksRequests;

    private LoopbackIdp(Dialect dialect, Clock clock) {
        http = LoopbackHttp.start("loopback-idp");
        issuer = dialect.issuer(http.base());
        tokenEndpoint = http.base().resolve(dialect.tokenPath());
        tenant = new Tenant(clock);
        tokenFaults = new Faults(wait -> dialect.rateLimited(wait, clock.instant()));
        discoveryFaults = new Faults(wait -> dialect.rateLimited(wait, clock.instant()));
        jwksFaults = new Faults(wait -> dialect.rateLimited(wait, clock.instant()));
        tokenRequests = http.on("POST", dialect.tokenPath(), tokenFaults, call -> dialect.token(call, issuer, tenant));
        discoveryRequests = http.on(
                "GET",
                dialect.discoveryPath(),
                discoveryFaults,
                call -> Reply.json(200, dialect.discovery(http.base())));
        jwksRequests = http.on(
                "GET",
                dialect.jwksPath(),
                jwksFaults,
                call -> Reply.json(200, tenant.keys().published()));
    }

    /** {@return a builder for one that speaks as Auth0 does} */
    public static Builder auth0() {
        return new Builder(new Auth0Dialect());
    }

    /** {@return what {@code iss} says in its tokens, exactly} */
    public String issuer() {
        return issuer;
    }

    /** {@return where tokens are asked for} */
    public URI tokenEndpoint() {
        return tokenEndpoint;
    }

    /**
     * Registers an API whose tokens are signed with RS256 and live a day.
     *
     * @param identifier the audience
     * @return this
     */
    public LoopbackIdp api(String identifier) {
        return api(identifier, SigningAlgorithm.RS256, Duration.ofDays(1));
    }

    /**
     * Registers an API.
     *
     * @param identifier the audience
     * @param algorithm how its tokens are signed
     * @param lifetime how long they live
     * @return this
     */
    public LoopbackIdp api(String identifier, SigningAlgorithm algorithm, Duration lifetime) {
        tenant.register(new Tenant.Api(
                requireNonNull(identifier, "identifier"),
                requireNonNull(algorithm, "algorithm"),
                requireNonNull(lifetime, "lifetime")));
        return this;
    }

    /**
     * Registers an application that may use {@code client_credentials}; a second time, to change its secret.
     *
     * @param clientId its client id
     * @param secret its secret
     * @return this
     */
    public LoopbackIdp m2mClient(String clientId, String secret) {
        tenant.register(clientId, Optional.of(requireNonNull(secret, "secret")));
        return this;
    }

    /**
     * Registers an application that may not use {@code client_credentials}, such as one in a browser.
     *
     * @param clientId its client id
     * @return this
     */
    public LoopbackIdp application(String clientId) {
        tenant.register(clientId, Optional.empty());
        return this;
    }

    /**
     * Lets a client have tokens for an API.
     *
     * @param clientId a registered client
     * @param audience a registered API
     * @param scopes the scopes it may have; all of them are in a token that asks for none
     * @return this
     */
    public LoopbackIdp grant(String clientId, String audience, String... scopes) {
        tenant.grant(clientId, audience, new Tenant.Grant(List.of(scopes), Optional.empty()));
        return this;
    }

    /**
     * Lets a client have tokens for an API if its request names this organization.
     *
     * @param clientId a registered client
     * @param audience a registered API
     * @param organization the organization, which the token names as {@code org_id}
     * @return this
     */
    public LoopbackIdp grantWithinOrganization(String clientId, String audience, String organization) {
        tenant.grant(clientId, audience, new Tenant.Grant(List.of(), Optional.of(organization)));
        return this;
    }

    /**
     * Changes the lifetime of M2M tokens from now on, of whatever API.
     *
     * @param lifetime the lifetime; negative for tokens that have expired when they are issued
     */
    public void lifetime(Duration lifetime) {
        tenant.lifetime(lifetime);
    }

    /** {@return what is to be wrong with M2M tokens} */
    public Forgery forgery() {
        return tenant.forgery();
    }

    /**
     * Begins a person's token.
     *
     * @param subject its {@code sub}
     * @return the token in the making
     */
    public UserToken userToken(String subject) {
        return new UserToken(issuer, tenant, subject);
    }

    /** Signs with a new key from now on; the old one stays published. */
    public void rotateKeys() {
        tenant.keys().rotate();
    }

    /** Publishes the newest key only, so that tokens signed with an older one can no longer be verified. */
    public void dropOldKeys() {
        tenant.keys().dropOld();
    }

    /**
     * Lets the next token requests fail.
     *
     * @param times how many
     * @param fault what to do instead of answering
     */
    public void failNext(int times, Fault fault) {
        tokenFaults.failNext(times, fault);
    }

    /**
     * Lets all token requests fail.
     *
     * @param fault what to do instead of answering
     */
    public void failAlways(Fault fault) {
        tokenFaults.failAlways(fault);
    }

    /** Forgets all faults, those of discovery and keys too. */
    public void recover() {
        tokenFaults.recover();
        discoveryFaults.recover();
        jwksFaults.recover();
    }

    /** {@return the faults of the discovery document} */
    public Faults discovery() {
        return discoveryFaults;
    }

    /** {@return the faults of the key set} */
    public Faults jwks() {
        return jwksFaults;
    }

    /** {@return how many token requests came in, failed ones included} */
    public long tokenRequests() {
        return tokenRequests.sum();
    }

    /** {@return how often the discovery document was asked for} */
    public long discoveryRequests() {
        return discoveryRequests.sum();
    }

    /** {@return how often the key set was asked for} */
    public long jwksRequests() {
        return jwksRequests.sum();
    }

    /** {@return how many M2M tokens were issued, opaque ones included} */
    public long tokensIssued() {
        return tenant.issued();
    }

    /** Stops listening, at once. */
    @Override
    public void close() {
        http.close();
        tenant.keys().close();
    }

    /** {@return the issuer} */
    @Override
    public String toString() {
        return "LoopbackIdp[" + issuer + "]";
    }

    /** Builds a {@link LoopbackIdp}. */
    public static final class Builder {
        private final Dialect dialect;
        private Clock clock = Clock.systemUTC();

        private Builder(Dialect dialect) {
            this.dialect = dialect;
        }

        /**
         * The clock that {@code iat} and {@code exp} come from. Default: the system's.
         *
         * @param clock the clock
         * @return this
         */
        public Builder clock(Clock clock) {
            this.clock = requireNonNull(clock, "clock");
            return this;
        }

        /**
         * Starts listening on a free port.
         *
         * @return the identity provider, to be closed
         */
        public LoopbackIdp start() {
            return new LoopbackIdp(dialect, clock);
        }
    }
}
