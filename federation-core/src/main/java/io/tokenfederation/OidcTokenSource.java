// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation;

import static java.util.Objects.requireNonNull;

import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import io.tokenfederation.internal.HttpTransport;
import io.tokenfederation.internal.Timeouts;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * JWTs from any OAuth 2.0 token endpoint, by the client credentials grant (RFC 6749 §4.4) with client id and
 * secret.
 *
 * <pre>{@code
 * IdpTokenSource idp = OidcTokenSource.builder()
 *     .tokenEndpoint("https://idp.example.com/oauth/token")
 *     .clientId(id)
 *     .clientSecret(secret)
 *     .audience("https://adb-1234567890123456.7.azuredatabricks.net")
 *     .build();
 * }</pre>
 *
 * <p>Where there is a module for the provider (Auth0 …), prefer it: it knows the defaults and explains the errors.
 * Immutable and thread-safe. {@link #mint()} asks the provider each time and runs on the calling thread.
 */
public final class OidcTokenSource implements IdpTokenSource {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final TokenEndpoint endpoint;
    private final String clientId;
    private final String clientSecret;
    private final @Nullable Scope scope;
    private final Map<String, String> parameters;
    private final boolean basic;

    private OidcTokenSource(Builder settings, URI tokenEndpoint, String clientId, String clientSecret) {
        HttpTransport transport = settings.httpClient == null
                ? HttpTransport.create(CONNECT_TIMEOUT, settings.requestTimeout)
                : HttpTransport.over(settings.httpClient, settings.requestTimeout);
        this.endpoint = new TokenEndpoint(transport, tokenEndpoint, Side.IDP);
        this.clientId = clientId;
        this.clientSecret = clientSecret;
        this.scope = settings.scopes.isEmpty() ? null : new Scope(settings.scopes.toArray(String[]::new));
        this.parameters = Map.copyOf(settings.parameters);
        this.basic = settings.basic;
    }

    /** {@return a builder; token endpoint, client id and client secret are required} */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public IdpToken mint() {
        TokenReply reply = endpoint.post(request(), Set.of(clientSecret));
        if (reply instanceof TokenReply.Refused refused) {
            boolean client = refused.status() == 401 || refused.said().error().equals("invalid_client");
            throw new IdpTokenException(TokenEndpoint.problem(
                    client ? ErrorCode.IDP_CLIENT_REJECTED : ErrorCode.IDP_REFUSED,
                    endpoint.who() + " answered " + refused.status() + " to the request for a token of client '"
                            + clientId + "'",
                    refused));
        }
        TokenReply.Issued issued = (TokenReply.Issued) reply;
        if (!issued.bearer()) {
            throw new IdpTokenException(Problem.of(
                    ErrorCode.IDP_TOKEN_NOT_BEARER,
                    endpoint.who() + " issued a token of another type than Bearer to client '" + clientId + "'"));
        }
        return IdpToken.parse(issued.accessToken());
    }

    private TokenRequest request() {
        ClientID id = new ClientID(clientId);
        Secret secret = new Secret(clientSecret);
        TokenRequest.Builder request = new TokenRequest.Builder(
                endpoint.uri(),
                basic ? new ClientSecretBasic(id, secret) : new ClientSecretPost(id, secret),
                new ClientCredentialsGrant());
        if (scope != null) {
            request.scope(scope);
        }
        parameters.forEach(request::customParameter);
        return request.build();
    }

    /** {@return endpoint and client id} */
    @Override
    public String toString() {
        return "OidcTokenSource[" + endpoint.uri() + ", client " + clientId + "]";
    }

    /** Sets up an {@link OidcTokenSource}. Not thread-safe. */
    public static final class Builder {
        private @Nullable URI tokenEndpoint;
        private @Nullable String clientId;
        private @Nullable String clientSecret;
        private Set<String> scopes = Set.of();
        private final Map<String, String> parameters = new LinkedHashMap<>();
        private boolean basic;
        private Duration requestTimeout = Duration.ofSeconds(10);
        private @Nullable HttpClient httpClient;

        private Builder() {}

        /**
         * The provider's token endpoint. Required.
         *
         * @param url an https URL
         * @return this builder
         * @throws IllegalArgumentException if it is no https URL
         */
        public Builder tokenEndpoint(String url) {
            this.tokenEndpoint = HttpTransport.requireSecure(
                    HttpTransport.parse(requireNonNull(url, "url"), "the token endpoint"), "the token endpoint");
            return this;
        }

        /**
         * The client id of the M2M application. Required.
         *
         * @param id the client id
         * @return this builder
         */
        public Builder clientId(String id) {
            this.clientId = requireText(id, "clientId");
            return this;
        }

        /**
         * The client secret of the M2M application. Required.
         *
         * @param secret the secret
         * @return this builder
         */
        public Builder clientSecret(String secret) {
            this.clientSecret = requireText(secret, "clientSecret");
            return this;
        }

        /**
         * Sends id and secret in an {@code Authorization: Basic} header, form-encoded (RFC 6749 §2.3.1), as Okta wants it.
         * Default: in the body ({@code client_secret_post}), as Auth0 and Entra ID want it.
         *
         * @return this builder
         */
        public Builder clientSecretBasic() {
            this.basic = true;
            return this;
        }

        /**
         * The audience to ask for, where the provider takes one. Default: none is sent.
         *
         * @param audience what the JWT's {@code aud} is to be; must be what the federation policy lists
         * @return this builder
         */
        public Builder audience(String audience) {
            return parameter("audience", audience);
        }

        /**
         * The scopes to ask for. Default: none is sent.
         *
         * @param scopes the scopes
         * @return this builder
         */
        public Builder scopes(String... scopes) {
            this.scopes = Set.copyOf(List.of(scopes));
            return this;
        }

        /**
         * A further parameter of the request, as some providers want.
         *
         * @param name its name
         * @param value its value
         * @return this builder
         */
        public Builder parameter(String name, String value) {
            parameters.put(requireText(name, "name"), requireText(value, name));
            return this;
        }

        /**
         * How long a request may take, its reply's body included. Default: 10 seconds.
         *
         * @param timeout more than zero, at most a day
         * @return this builder
         */
        public Builder requestTimeout(Duration timeout) {
            this.requestTimeout = Timeouts.require(timeout, "requestTimeout");
            return this;
        }

        /**
         * The client that talks to the provider: your proxy, trust store and executor. Default: a client of its own,
         * with a connect timeout of 5 seconds.
         *
         * @param client must not follow redirects
         * @return this builder
         */
        public Builder httpClient(HttpClient client) {
            this.httpClient = requireNonNull(client, "client");
            return this;
        }

        /**
         * Builds the source. Nothing is sent yet.
         *
         * @return the source
         * @throws IllegalStateException if a required setting is missing
         * @throws IllegalArgumentException if the client follows redirects
         */
        public OidcTokenSource build() {
            if (tokenEndpoint == null) {
                throw new IllegalStateException("set tokenEndpoint(url): where the provider issues tokens");
            }
            if (clientId == null) {
                throw new IllegalStateException("set clientId(id): the M2M application's client id");
            }
            if (clientSecret == null) {
                throw new IllegalStateException("set clientSecret(secret): the M2M application's secret");
            }
            return new OidcTokenSource(this, tokenEndpoint, clientId, clientSecret);
        }

        private static String requireText(String value, String name) {
            if (requireNonNull(value, name).isBlank()) {
                throw new IllegalArgumentException(name + " is blank");
            }
            return value;
        }
    }
}
