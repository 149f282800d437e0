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
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Sets up an {@link OidcTokenSource}. Not thread-safe. */
public final class OidcTokenSourceBuilder {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** These have a method each; given twice, a request would say two things. */
    private static final Set<String> TAKEN =
            Set.of("grant_type", "client_id", "client_secret", "client_assertion", "client_assertion_type", "scope");

    @Nullable String issuer;

    private @Nullable URI tokenEndpoint;
    private @Nullable String clientId;
    private @Nullable Supplier<String> clientSecret;
    private @Nullable ClientAssertion clientAssertion;
    private @Nullable SSLContext sslContext;
    private boolean basic;
    Set<String> scopes = Set.of();
    final Map<String, String> parameters = new LinkedHashMap<>();
    private Duration requestTimeout = Duration.ofSeconds(10);
    private @Nullable HttpClient httpClient;
    InstantSource clock = InstantSource.system();
    private LongSupplier nanos = System::nanoTime;

    OidcTokenSourceBuilder() {}

    /**
     * The issuer, character for character as its JWTs name it. Its discovery document says where tokens are issued (OpenID
     * Connect Discovery §4), on the issuer's own host; where that is another host, set {@link #tokenEndpoint} too. Each JWT
     * must name this issuer. Required, or the token endpoint.
     *
     * @param issuer an https URL
     * @return this builder
     * @throws IllegalArgumentException if it is no https URL, or has a query or fragment
     */
    public OidcTokenSourceBuilder issuer(String issuer) {
        URI uri = HttpTransport.requireSecure(
                HttpTransport.parse(Credentials.require(issuer, "issuer"), "the issuer"), "the issuer");
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("the issuer has a query or fragment; an issuer never has");
        }
        if (issuer.contains("/.well-known/")) {
            throw new IllegalArgumentException("this is the discovery document's URL; the issuer is what stands before"
                    + " /.well-known/, with or without a slash as the document's 'issuer' says");
        }
        this.issuer = issuer;
        return this;
    }

    /**
     * The provider's token endpoint. Default: what the issuer's discovery document says. Required, or the issuer.
     *
     * @param url an https URL
     * @return this builder
     * @throws IllegalArgumentException if it is no https URL
     */
    public OidcTokenSourceBuilder tokenEndpoint(String url) {
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
    public OidcTokenSourceBuilder clientId(String id) {
        this.clientId = Credentials.require(id, "clientId");
        return this;
    }

    /**
     * The client secret of the M2M application. Required, or another way to authenticate.
     *
     * @param secret the secret
     * @return this builder
     */
    public OidcTokenSourceBuilder clientSecret(String secret) {
        Credentials.require(secret, "clientSecret");
        this.clientSecret = () -> secret;
        return this;
    }

    /**
     * The client secret of the M2M application, where it may change while the application runs.
     *
     * @param secret asked before each request, from several threads at once
     * @return this builder
     */
    public OidcTokenSourceBuilder clientSecret(Supplier<String> secret) {
        this.clientSecret = requireNonNull(secret, "secret");
        return this;
    }

    /**
     * Sends id and secret in an {@code Authorization: Basic} header, form-encoded (RFC 6749 §2.3.1), as Okta wants it.
     * Default: in the body ({@code client_secret_post}), as Auth0 and Entra ID want it.
     *
     * @return this builder
     */
    public OidcTokenSourceBuilder clientSecretBasic() {
        this.basic = true;
        return this;
    }

    /**
     * Authenticates by a signed JWT instead of a secret (RFC 7523).
     *
     * @param assertion where the JWT of each request comes from
     * @return this builder
     */
    public OidcTokenSourceBuilder clientAssertion(ClientAssertion assertion) {
        this.clientAssertion = requireNonNull(assertion, "assertion");
        return this;
    }

    /**
     * Authenticates by the TLS certificate of a key in this context ({@code tls_client_auth}, RFC 8705 §2.1), unless a secret
     * or an assertion is set too. A provider that binds its tokens to the certificate is of no use: Databricks takes bearer
     * tokens only.
     *
     * @param context holds the client's key and what servers it trusts
     * @return this builder
     */
    public OidcTokenSourceBuilder sslContext(SSLContext context) {
        this.sslContext = requireNonNull(context, "context");
        return this;
    }

    /**
     * The audience to ask for, where the provider takes one. Default: none is sent.
     *
     * @param audience what the JWT's {@code aud} is to be; must be what the federation policy lists
     * @return this builder
     */
    public OidcTokenSourceBuilder audience(String audience) {
        return parameter("audience", audience);
    }

    /**
     * The resource to ask for (RFC 8707), where the provider takes one. Default: none is sent.
     *
     * @param resource what the token is for
     * @return this builder
     */
    public OidcTokenSourceBuilder resource(String resource) {
        return parameter("resource", resource);
    }

    /**
     * The scopes to ask for. Default: none is sent.
     *
     * @param scopes the scopes, without spaces in them
     * @return this builder
     */
    public OidcTokenSourceBuilder scopes(String... scopes) {
        for (String scope : scopes) {
            if (Credentials.require(scope, "a scope").chars().anyMatch(Character::isWhitespace)) {
                throw new IllegalArgumentException("a scope holds white space; give each scope by itself");
            }
        }
        this.scopes = new LinkedHashSet<>(List.of(scopes));
        return this;
    }

    /**
     * A further parameter of the request, as some providers want.
     *
     * @param name its name
     * @param value its value
     * @return this builder
     * @throws IllegalArgumentException if this builder has a method for it
     */
    public OidcTokenSourceBuilder parameter(String name, String value) {
        if (TAKEN.contains(Credentials.require(name, "name"))) {
            throw new IllegalArgumentException(name + " is set by the builder's own methods");
        }
        parameters.put(name, Credentials.require(value, name));
        return this;
    }

    /**
     * How long a request may take, its reply's body included. Default: 10 seconds.
     *
     * @param timeout more than zero, at most a day
     * @return this builder
     */
    public OidcTokenSourceBuilder requestTimeout(Duration timeout) {
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
    public OidcTokenSourceBuilder httpClient(HttpClient client) {
        this.httpClient = requireNonNull(client, "client");
        return this;
    }

    OidcTokenSourceBuilder clocks(InstantSource clock, LongSupplier nanos) {
        this.clock = clock;
        this.nanos = nanos;
        return this;
    }

    /**
     * Builds the source. Nothing is sent yet.
     *
     * @return the source
     * @throws IllegalStateException if a required setting is missing, or two contradict each other
     * @throws IllegalArgumentException if the client follows redirects or keeps cookies
     */
    public OidcTokenSource build() {
        if (tokenEndpoint == null && issuer == null) {
            throw new IllegalStateException(
                    "set issuer(url), whose discovery document names the token endpoint, or tokenEndpoint(url) itself");
        }
        if (clientId == null) {
            throw new IllegalStateException("set clientId(id): the M2M application's client id");
        }
        if (sslContext != null && httpClient != null) {
            throw new IllegalStateException(
                    "set sslContext(context) or httpClient(client), not both: give the client the"
                            + " context when you build it");
        }
        return new OidcTokenSource(this, clientId, credential());
    }

    private ClientCredential credential() {
        if (clientSecret != null && clientAssertion != null) {
            throw new IllegalStateException(
                    "set clientSecret(secret) or clientAssertion(assertion), not both: providers"
                            + " refuse a client that authenticates in two ways");
        }
        if (clientAssertion != null) {
            return new ClientCredential.Assertion(clientAssertion);
        }
        if (clientSecret != null) {
            return new ClientCredential.Secret(clientSecret, basic);
        }
        if (sslContext != null) {
            return new ClientCredential.Tls();
        }
        throw new IllegalStateException(
                "set clientSecret(secret), clientAssertion(assertion) or sslContext(context): how"
                        + " the M2M application shows who it is");
    }

    TokenEndpointOfIssuer endpoint() {
        HttpTransport transport = transport();
        return tokenEndpoint != null
                ? TokenEndpointOfIssuer.at(tokenEndpoint, transport)
                : TokenEndpointOfIssuer.discovered(
                        requireNonNull(issuer), transport, clientSecret == null && clientAssertion == null, nanos);
    }

    private HttpTransport transport() {
        if (sslContext != null) {
            HttpClient own = HttpClient.newBuilder()
                    .sslContext(sslContext)
                    .connectTimeout(CONNECT_TIMEOUT)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
            return HttpTransport.over(own, requestTimeout);
        }
        return httpClient == null
                ? HttpTransport.create(CONNECT_TIMEOUT, requestTimeout)
                : HttpTransport.over(httpClient, requestTimeout);
    }
}
