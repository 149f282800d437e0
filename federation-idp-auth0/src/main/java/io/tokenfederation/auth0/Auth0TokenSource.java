// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.auth0;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.IdpToken;
import io.tokenfederation.IdpTokenException;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.OidcTokenSource;
import io.tokenfederation.OidcTokenSourceBuilder;
import io.tokenfederation.SigningKey;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * JWTs from Auth0, for a machine-to-machine application with a secret, a private key or a TLS certificate.
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
 * audience asked for: that is what the federation policy must say. An API with {@code agent_subject_claims} has another
 * {@code sub}, without {@code @clients}; copy it from a real JWT. What Auth0 refuses is told apart by its texts, and each
 * exception says what to change in the Auth0 dashboard.
 *
 * <p>Immutable and thread-safe; caches nothing.
 *
 * @see <a href="https://auth0.com/docs/get-started/authentication-and-authorization-flow/client-credentials-flow">Auth0:
 *     client credentials flow</a>
 */
public final class Auth0TokenSource implements IdpTokenSource {
    private final OidcTokenSource tokens;
    private final Auth0Refusals refusals;
    private final Auth0TokenCheck check;

    private Auth0TokenSource(OidcTokenSource tokens, Auth0Client client) {
        this.tokens = tokens;
        this.refusals = new Auth0Refusals(client);
        this.check = new Auth0TokenCheck(client);
    }

    /** {@return a builder; domain, client id, audience, and a secret, private key or certificate are required} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Gets a new JWT.
     *
     * @return the JWT: a bearer token, signed in a way that Databricks takes
     * @throws IdpTokenException if Auth0 cannot be asked, refuses, or issues a token of another kind
     */
    @Override
    public IdpToken mint() {
        try {
            return check.require(tokens.mint());
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
        private final OidcTokenSourceBuilder tokens = OidcTokenSource.builder();
        private @Nullable String origin;
        private String clientId = "";
        private @Nullable String audience;
        private @Nullable Supplier<SigningKey> key;
        private Auth0Authentication bySecret = Auth0Authentication.SECRET_IN_BODY;
        private boolean hasSecret;
        private boolean hasCertificate;

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
            String base = Auth0Domain.origin(domain);
            tokens.tokenEndpoint(base + "/oauth/token");
            this.origin = base;
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
         * The client secret of the M2M application. Required, or another way to authenticate.
         *
         * @param secret the secret
         * @return this builder
         */
        public Builder clientSecret(String secret) {
            tokens.clientSecret(secret);
            this.hasSecret = true;
            return this;
        }

        /**
         * The client secret of the M2M application, where it may change while the application runs.
         *
         * @param secret asked before each request, from several threads at once
         * @return this builder
         */
        public Builder clientSecret(Supplier<String> secret) {
            tokens.clientSecret(secret);
            this.hasSecret = true;
            return this;
        }

        /**
         * Sends id and secret in an {@code Authorization: Basic} header, for an application whose authentication method is
         * Client Secret (Basic). Default: in the body, for Client Secret (Post).
         *
         * @return this builder
         */
        public Builder clientSecretBasic() {
            tokens.clientSecretBasic();
            this.bySecret = Auth0Authentication.SECRET_IN_HEADER;
            return this;
        }

        /**
         * The private key whose public key the application has as a credential (Private Key JWT); no secret is sent then.
         * Each request carries a new assertion for the tenant's issuer, which lives a minute.
         *
         * @param key an RSA key that signs RS256, RS384 or PS256, with the Key ID that Auth0 shows as its {@code keyId}
         * @return this builder
         * @throws IllegalArgumentException if it signs in another way
         * @see <a
         *     href="https://auth0.com/docs/get-started/authentication-and-authorization-flow/authenticate-with-private-key-jwt">Auth0:
         *     authenticate with private key JWT</a>
         */
        public Builder privateKey(SigningKey key) {
            SigningKey checked = Auth0Keys.require(requireNonNull(key, "key"));
            return privateKey(() -> checked);
        }

        /**
         * The private key, where it may change while the application runs.
         *
         * @param key asked before each request, from several threads at once
         * @return this builder
         */
        public Builder privateKey(Supplier<SigningKey> key) {
            this.key = requireNonNull(key, "key");
            return this;
        }

        /**
         * Authenticates by the TLS certificate of a key in this context (mTLS, RFC 8705), unless a secret or private key is
         * set too; the domain must then be the custom domain whose edge asks for certificates. Tokens that Auth0 binds to the
         * certificate are refused: Databricks takes bearer tokens only.
         *
         * @param context holds the client's key and what servers it trusts
         * @return this builder
         */
        public Builder sslContext(SSLContext context) {
            tokens.sslContext(context);
            this.hasCertificate = true;
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
         * The scopes to ask for, of those that the client grant allows. Default: none is sent, and Auth0 gives them all.
         *
         * @param scopes the scopes, without spaces in them
         * @return this builder
         */
        public Builder scopes(String... scopes) {
            tokens.scopes(scopes);
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
         * @param client must neither follow redirects nor keep cookies
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
         * @throws IllegalStateException if a required setting is missing, or two contradict each other
         * @throws IllegalArgumentException if the client follows redirects or keeps cookies, or a client id is too
         *     long for a private key
         */
        public Auth0TokenSource build() {
            if (origin == null) {
                throw new IllegalStateException("set domain(name): the Auth0 tenant, such as dev-1.us.auth0.com");
            }
            if (audience == null) {
                throw new IllegalStateException("set audience(identifier): without it Auth0 issues an opaque token");
            }
            if (clientId.isEmpty()) {
                throw new IllegalStateException("set clientId(id): the M2M application's client id");
            }
            Auth0Client client = new Auth0Client(Auth0Domain.host(origin), clientId, audience, authentication(origin));
            return new Auth0TokenSource(tokens.build(), client);
        }

        /** Sets how the client authenticates, and says how that is. */
        private Auth0Authentication authentication(String origin) {
            if (hasSecret && key != null) {
                throw new IllegalStateException(
                        "set clientSecret(secret) or privateKey(key), not both: an application of"
                                + " Auth0 authenticates in one way");
            }
            if (!hasSecret && bySecret == Auth0Authentication.SECRET_IN_HEADER) {
                throw new IllegalStateException("set clientSecret(secret), or leave out clientSecretBasic()");
            }
            if (key != null) {
                Auth0Keys.requireClientId(clientId);
                tokens.clientAssertion(Auth0Keys.assertion(key, origin + "/"));
                return Auth0Authentication.PRIVATE_KEY;
            }
            if (hasSecret) {
                return bySecret;
            }
            if (hasCertificate) {
                return Auth0Authentication.CERTIFICATE;
            }
            throw new IllegalStateException(
                    "set clientSecret(secret), privateKey(key) or sslContext(context): how the M2M"
                            + " application shows who it is");
        }
    }
}
