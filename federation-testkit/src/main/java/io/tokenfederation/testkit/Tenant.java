// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What is registered with one identity provider, and how its tokens are to come out. Thread-safe. */
final class Tenant {
    /** An API, with the lifetime of the tokens for it. */
    record Api(String identifier, SigningAlgorithm algorithm, Duration lifetime) {}

    /** That a client may ask for an API's tokens: for which scopes, and for which organization if it must name one. */
    record Grant(List<String> scopes, Optional<String> organization) {}

    /** An application; without a secret it is one that may not use client_credentials. */
    private record Client(Optional<String> secret) {
        @Override
        public String toString() {
            return "Client[redacted]";
        }
    }

    private record GrantKey(String clientId, String audience) {}

    private final Clock clock;
    private final IdpKeys keys = new IdpKeys();
    private final Map<String, Api> apis = new ConcurrentHashMap<>();
    private final Map<String, Client> clients = new ConcurrentHashMap<>();
    private final Map<GrantKey, Grant> grants = new ConcurrentHashMap<>();
    private final Forgery forgery = new Forgery();
    private final LongAdder issued = new LongAdder();
    private volatile @Nullable Duration lifetime;

    Tenant(Clock clock) {
        this.clock = clock;
    }

    void register(Api api) {
        apis.put(api.identifier(), api);
    }

    void register(String clientId, Optional<String> secret) {
        clients.put(requireNonNull(clientId, "clientId"), new Client(secret));
    }

    void grant(String clientId, String audience, Grant grant) {
        if (!clients.containsKey(clientId) || !apis.containsKey(audience)) {
            throw new IllegalArgumentException(
                    "register the client with m2mClient(…) and the audience with api(…) first");
        }
        grants.put(new GrantKey(clientId, audience), grant);
    }

    void lifetime(Duration lifetime) {
        this.lifetime = requireNonNull(lifetime, "lifetime");
    }

    Optional<Api> api(String identifier) {
        return Optional.ofNullable(apis.get(identifier));
    }

    Optional<Grant> grant(String clientId, String audience) {
        return Optional.ofNullable(grants.get(new GrantKey(clientId, audience)));
    }

    boolean knows(String clientId) {
        return clients.containsKey(clientId);
    }

    boolean isM2m(String clientId) {
        Client client = clients.get(clientId);
        return client != null && client.secret().isPresent();
    }

    boolean hasSecret(String clientId, String secret) {
        Client client = clients.get(clientId);
        return client != null
                && client.secret()
                        .filter(right -> MessageDigest.isEqual(bytes(right), bytes(secret)))
                        .isPresent();
    }

    Duration lifetimeFor(Api api) {
        Duration set = lifetime;
        return set == null ? api.lifetime() : set;
    }

    /** The M2M token with these claims, once the forgery has been at them. */
    String issue(Api api, Map<String, Object> claims) {
        countIssued();
        return keys.sign(api.algorithm(), forgery.applyTo(claims));
    }

    Forgery forgery() {
        return forgery;
    }

    void countIssued() {
        issued.increment();
    }

    long issued() {
        return issued.sum();
    }

    Instant now() {
        return clock.instant();
    }

    IdpKeys keys() {
        return keys;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
