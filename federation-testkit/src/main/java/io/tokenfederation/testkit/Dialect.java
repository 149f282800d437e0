// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How one kind of identity provider speaks: its addresses, its rules for a token, its words for a refusal. */
sealed interface Dialect permits Auth0Dialect, OktaDialect, EntraDialect, OidcDialect, RuntimeDialect {
    /** Makes the dialect of one provider that listens at an address. */
    @FunctionalInterface
    interface Factory {
        Dialect create(URI base, Tenant tenant);
    }

    String issuer();

    /** Where tokens are asked for; {@code {}} in a path of the lists below stands for any one segment. */
    URI tokenEndpoint();

    default String tokenMethod() {
        return "POST";
    }

    List<String> tokenPaths();

    List<String> discoveryPaths();

    List<String> jwksPaths();

    /** The reply to a request for the discovery document; may throw a {@link Refusal}. */
    Reply discovery(HttpCall call);

    /** The reply to a token request; may throw a {@link Refusal}. */
    Reply token(HttpCall call);

    Reply rateLimited(Duration retryAfter, Instant now);

    /** How long the tokens of an API live unless it says otherwise. */
    Duration defaultLifetime();

    void register(Tenant.Api api);

    /** The {@code sub} of this client's tokens. */
    String subjectOf(String clientId);

    /** What only this kind of provider can be told: one of the public {@code …Rules}. */
    Object rules();

    /** How people log in; empty for a runtime, where there are none. */
    default Optional<Login> login() {
        return Optional.empty();
    }

    /** The variables a job on this runtime finds. */
    default Map<String, String> environment() {
        return Map.of();
    }
}
