// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.internal.HttpTransport;
import io.tokenfederation.internal.Timeouts;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sets up a {@link JwtBearerTokenSource}. Not thread-safe. */
public final class JwtBearerTokenSourceBuilder {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** These are made for each grant. */
    private static final Set<String> TAKEN = Set.of("iss", "sub", "aud", "iat", "exp", "jti");

    private @Nullable URI tokenEndpoint;
    String clientId = "";
    String audience = "";
    private @Nullable Supplier<SigningKey> key;
    Set<String> scopes = Set.of();
    final Map<String, Object> claims = new LinkedHashMap<>();
    private Duration requestTimeout = Duration.ofSeconds(10);
    private @Nullable HttpClient httpClient;
    InstantSource clock = InstantSource.system();

    JwtBearerTokenSourceBuilder() {}

    /**
     * The provider's token endpoint. Required.
     *
     * @param url an https URL
     * @return this builder
     * @throws IllegalArgumentException if it is no https URL
     */
    public JwtBearerTokenSourceBuilder tokenEndpoint(String url) {
        this.tokenEndpoint = HttpTransport.requireSecure(
                HttpTransport.parse(requireNonNull(url, "url"), "the token endpoint"), "the token endpoint");
        return this;
    }

    /**
     * The client id of the M2M application: the grant's {@code iss} and {@code sub}. Required.
     *
     * @param id the client id
     * @return this builder
     */
    public JwtBearerTokenSourceBuilder clientId(String id) {
        this.clientId = Credentials.require(id, "clientId");
        return this;
    }

    /**
     * Whom the grant is meant for: its {@code aud}, as the provider names itself. Default: the token endpoint's URL.
     *
     * @param audience mostly the provider's issuer identifier
     * @return this builder
     */
    public JwtBearerTokenSourceBuilder audience(String audience) {
        this.audience = Credentials.require(audience, "audience");
        return this;
    }

    /**
     * The key that signs the grants. Required.
     *
     * @param key asked before each request, from several threads at once, so that the key may change
     * @return this builder
     */
    public JwtBearerTokenSourceBuilder signingKey(Supplier<SigningKey> key) {
        this.key = requireNonNull(key, "key");
        return this;
    }

    /**
     * The scopes to ask for in the form (RFC 7521 §4.1). Default: none. Providers that want them in the grant take
     * {@code claim("scope", …)}.
     *
     * @param scopes the scopes, without spaces in them
     * @return this builder
     */
    public JwtBearerTokenSourceBuilder scopes(String... scopes) {
        for (String scope : scopes) {
            if (Credentials.require(scope, "a scope").chars().anyMatch(Character::isWhitespace)) {
                throw new IllegalArgumentException("a scope holds white space; give each scope by itself");
            }
        }
        this.scopes = new LinkedHashSet<>(List.of(scopes));
        return this;
    }

    /**
     * A further claim of the grant, as some providers want.
     *
     * @param name its name
     * @param value its value: a text, a number, or a list or map of such
     * @return this builder
     * @throws IllegalArgumentException if it is one that is made for each grant
     */
    public JwtBearerTokenSourceBuilder claim(String name, Object value) {
        if (TAKEN.contains(Credentials.require(name, "name"))) {
            throw new IllegalArgumentException(name + " is made for each grant; see clientId and audience");
        }
        claims.put(name, requireNonNull(value, "value"));
        return this;
    }

    /**
     * How long a request may take, its reply's body included. Default: 10 seconds.
     *
     * @param timeout more than zero, at most a day
     * @return this builder
     */
    public JwtBearerTokenSourceBuilder requestTimeout(Duration timeout) {
        this.requestTimeout = Timeouts.require(timeout, "requestTimeout");
        return this;
    }

    /**
     * The client that talks to the provider: your proxy, trust store and executor. Default: a client that sources share,
     * with a connect timeout of 5 seconds.
     *
     * @param client must neither follow redirects nor keep cookies
     * @return this builder
     */
    public JwtBearerTokenSourceBuilder httpClient(HttpClient client) {
        this.httpClient = requireNonNull(client, "client");
        return this;
    }

    JwtBearerTokenSourceBuilder clock(InstantSource clock) {
        this.clock = clock;
        return this;
    }

    /**
     * Builds the source. Nothing is sent yet.
     *
     * @return the source
     * @throws IllegalStateException if a required setting is missing
     * @throws IllegalArgumentException if the client follows redirects or keeps cookies
     */
    public JwtBearerTokenSource build() {
        if (tokenEndpoint == null) {
            throw new IllegalStateException("set tokenEndpoint(url): where the provider issues JWTs");
        }
        if (clientId.isEmpty()) {
            throw new IllegalStateException("set clientId(id): the M2M application's client id");
        }
        if (key == null) {
            throw new IllegalStateException("set signingKey(key): how the M2M application shows who it is");
        }
        HttpTransport transport = httpClient == null
                ? HttpTransport.create(CONNECT_TIMEOUT, requestTimeout)
                : HttpTransport.over(httpClient, requestTimeout);
        return new JwtBearerTokenSource(this, new TokenEndpoint(transport, tokenEndpoint, Side.IDP), key);
    }
}
