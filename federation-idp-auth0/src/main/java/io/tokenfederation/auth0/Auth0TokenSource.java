// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.auth0;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.OidcTokenSource;
import io.tokenfederation.OidcTokenSourceBuilder;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * JWTs from Auth0, for a machine-to-machine application with id and secret.
 *
 * <pre>{@code
 * IdpTokenSource idp = Auth0TokenSource.builder()
 *     .domain("dev-1.us.auth0.com")
 *     .clientId(id)
 *     .clientSecret(secret)
 *     .audience("https://adb-1234567890123456.7.azuredatabricks.net")
 *     .build();
 * }</pre>
 *
 * <p>The JWTs have {@code iss} = {@code https://<domain>/} with the slash, {@code sub} = {@code <client id>@clients}, and the
 * audience asked for: that is what the federation policy must say. What Auth0 refuses is told apart by its texts, and
 * each exception says what to change in the Auth0 dashboard.
 *
 * <p>Immutable and thread-safe; caches nothing.
 *
 * @see <a href="https://auth0.com/docs/get-started/authentication-and-authorization-flow/client-credentials-flow">Auth0:
 *     client credentials flow</a>
 */
public final class Auth0TokenSource implements IdpTokenSource {
    private final OidcTokenSource tokens;
    private final Auth0Refusals refusals;

    private Auth0TokenSource(OidcTokenSource tokens, Auth0Refusals refusals) {
        this.tokens = tokens;
        this.refusals = refusals;
    }

    /** {@return a builder; domain, client id, client secret and audience are required} */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public IdpToken mint() {
        try {
            return tokens.mint();
        } catch (IdpTokenException e) {
            throw refusals.explain(e);
        }
    }

    /** {@return token endpoint and client id} */
    @Override
    public String toString() {
        return "Auth0" + tokens;
    }

    /** Sets up an {@link Auth0TokenSource}. Not thread-safe. */
    public static final class Builder {
        /** A host name, or the loopback address of a stand-in with its scheme and port. */
        private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]+(:\\d{1,5})?");

        private final OidcTokenSourceBuilder tokens = OidcTokenSource.builder();
        private @Nullable String domain;
        private @Nullable String clientId;
        private @Nullable String audience;

        private Builder() {}

        /**
         * The tenant's domain, or its custom domain. The issuer follows the domain that is asked, so it must be the one
         * in the federation policy. Required.
         *
         * @param domain such as {@code dev-1.us.auth0.com}; a whole URL is understood too
         * @return this builder
         * @throws IllegalArgumentException if it is no domain
         */
        public Builder domain(String domain) {
            String base = requireNonNull(domain, "domain").strip();
            base = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
            if (!base.startsWith("https://") && !base.startsWith("http://")) {
                base = "https://" + base;
            }
            String host = base.substring(base.indexOf("://") + 3);
            if (!HOST.matcher(host).matches()) {
                throw new IllegalArgumentException(
                        "domain must be the Auth0 domain alone, such as dev-1.us.auth0.com;" + " leave out the path");
            }
            tokens.tokenEndpoint(base + "/oauth/token");
            this.domain = host;
            return this;
        }

        /**
         * The client id of the M2M application. Required.
         *
         * @param id the client id
         * @return this builder
         */
        public Builder clientId(String id) {
            tokens.clientId(id);
            this.clientId = id;
            return this;
        }

        /**
         * The client secret of the M2M application. Required.
         *
         * @param secret the secret
         * @return this builder
         */
        public Builder clientSecret(String secret) {
            tokens.clientSecret(secret);
            return this;
        }

        /**
         * The Identifier of the API the M2M application is authorised for; the federation policy's audience. Required:
         * without it Auth0 issues an opaque token.
         *
         * @param audience such as the workspace URL, character for character as in the Auth0 dashboard
         * @return this builder
         */
        public Builder audience(String audience) {
            tokens.audience(audience);
            this.audience = audience;
            return this;
        }

        /**
         * The organization the token is for. Default: none is sent, and Auth0 applies the application's default.
         *
         * @param organization its name or id
         * @return this builder
         */
        public Builder organization(String organization) {
            tokens.parameter("organization", organization);
            return this;
        }

        /**
         * How long a request may take, its reply's body included. Default: 10 seconds.
         *
         * @param timeout longer than zero
         * @return this builder
         */
        public Builder requestTimeout(Duration timeout) {
            tokens.requestTimeout(timeout);
            return this;
        }

        /**
         * The client that talks to Auth0: your proxy, trust store and executor. Default: a client of its own, with a
         * connect timeout of 5 seconds.
         *
         * @param client must not follow redirects
         * @return this builder
         */
        public Builder httpClient(HttpClient client) {
            tokens.httpClient(client);
            return this;
        }

        /**
         * Builds the source. Nothing is sent yet.
         *
         * @return the source
         * @throws IllegalStateException if a required setting is missing
         * @throws IllegalArgumentException if the client follows redirects
         */
        public Auth0TokenSource build() {
            if (domain == null) {
                throw new IllegalStateException("set domain(name): the Auth0 tenant, such as dev-1.us.auth0.com");
            }
            if (audience == null) {
                throw new IllegalStateException("set audience(identifier): without it Auth0 issues an opaque token");
            }
            OidcTokenSource built = tokens.build();
            return new Auth0TokenSource(built, new Auth0Refusals(domain, clientId == null ? "" : clientId, audience));
        }
    }
}
