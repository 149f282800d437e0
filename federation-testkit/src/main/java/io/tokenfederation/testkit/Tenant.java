// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is registered with one identity provider, and how its tokens are to come out. Thread-safe. */
final class Tenant {
    /** An API, with the lifetime of the tokens for it. */
    record Api(String identifier, SigningAlgorithm algorithm, Duration lifetime) {
        Api {
            requireNonNull(identifier, "identifier");
            requireNonNull(algorithm, "algorithm");
            requireNonNull(lifetime, "lifetime");
        }
    }

    /** That a client may ask for an API's tokens: for which scopes, and for which organization if it must name one. */
    record Grant(List<String> scopes, Optional<String> organization) {}

    /** An application; with neither secret nor keys it is one that may not use client_credentials. */
    record Client(Optional<String> secret, List<ClientKey> keys) {
        boolean isM2m() {
            return secret.isPresent() || !keys.isEmpty();
        }

        boolean hasSecret(String presented) {
            return secret.filter(right -> MessageDigest.isEqual(bytes(right), bytes(presented)))
                    .isPresent();
        }

        @Override
        public String toString() {
            return "Client[redacted]";
        }
    }

    private record GrantKey(String clientId, String audience) {}

    private record UsedAssertion(String clientId, String jti) {}

    private static final Client NEW = new Client(Optional.empty(), List.of());

    /** Longer than any provider tolerates a wrong clock. */
    private static final Duration KEPT_AFTER_EXPIRY = Duration.ofHours(1);

    private final Clock clock;
    private final IdpKeys keys = new IdpKeys();
    private final Map<String, Api> apis = new ConcurrentHashMap<>();
    private final Map<String, Client> clients = new ConcurrentHashMap<>();
    private final Map<GrantKey, Grant> grants = new ConcurrentHashMap<>();
    private final Map<UsedAssertion, Instant> usedAssertions = new ConcurrentHashMap<>();
    private final Forgery forgery = new Forgery();
    private final Forgery idTokenForgery = new Forgery();
    private final People people = new People();
    private final LongAdder issued = new LongAdder();
    private volatile @Nullable Duration lifetime;

    Tenant(Clock clock) {
        this.clock = clock;
    }

    /** An id nobody would guess, and always the same for a name. */
    static String idFor(String name) {
        return UUID.nameUUIDFromBytes(bytes(name)).toString();
    }

    void register(Api api) {
        apis.put(api.identifier(), api);
    }

    void registerSecret(String clientId, String secret) {
        Client old = clients.getOrDefault(requireNonNull(clientId, "clientId"), NEW);
        clients.put(clientId, new Client(Optional.of(secret), old.keys()));
    }

    void registerKey(String clientId, ClientKey key) {
        Client old = clients.getOrDefault(requireNonNull(clientId, "clientId"), NEW);
        List<ClientKey> keys =
                Stream.concat(old.keys().stream(), Stream.of(key)).toList();
        clients.put(clientId, new Client(old.secret(), keys));
    }

    void registerPublic(String clientId) {
        clients.put(requireNonNull(clientId, "clientId"), NEW);
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

    Collection<Api> apis() {
        return apis.values();
    }

    Optional<Grant> grant(String clientId, String audience) {
        return Optional.ofNullable(grants.get(new GrantKey(clientId, audience)));
    }

    /** All that this client may have, by audience. */
    Map<String, Grant> grants(String clientId) {
        Map<String, Grant> found = new TreeMap<>();
        grants.forEach((key, grant) -> {
            if (key.clientId().equals(clientId)) {
                found.put(key.audience(), grant);
            }
        });
        return found;
    }

    /** The scopes that somebody may have for an API. */
    Set<String> scopesOf(String audience) {
        Set<String> scopes = new TreeSet<>();
        grants.forEach((key, grant) -> {
            if (key.audience().equals(audience)) {
                scopes.addAll(grant.scopes());
            }
        });
        return scopes;
    }

    Optional<Client> client(String clientId) {
        return Optional.ofNullable(clients.get(clientId));
    }

    /** False if this client used this assertion before. */
    boolean firstUse(String clientId, String jti, Instant expiresAt) {
        Instant now = now();
        usedAssertions.values().removeIf(end -> end.isBefore(now.minus(KEPT_AFTER_EXPIRY)));
        return usedAssertions.putIfAbsent(new UsedAssertion(clientId, jti), expiresAt) == null;
    }

    Duration lifetimeFor(Api api) {
        Duration set = lifetime;
        return set == null ? api.lifetime() : set;
    }

    /** The M2M token with these claims, once the forgery has been at them. */
    String issue(Api api, Map<String, Object> claims) {
        return issue(api, "JWT", claims);
    }

    /** The same, with another {@code typ} in its header. */
    String issue(Api api, String type, Map<String, Object> claims) {
        countIssued();
        return keys.sign(api.algorithm(), type, forgery.applyTo(claims));
    }

    Forgery forgery() {
        return forgery;
    }

    /** What is to be wrong with people's ID tokens. */
    Forgery idTokenForgery() {
        return idTokenForgery;
    }

    People people() {
        return people;
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
