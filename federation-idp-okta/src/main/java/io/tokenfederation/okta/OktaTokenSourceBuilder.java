// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.okta;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.OidcTokenSource;
import io.tokenfederation.OidcTokenSourceBuilder;
import io.tokenfederation.SigningKey;
import io.tokenfederation.internal.HttpTransport;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sets up an {@link OktaTokenSource}. Not thread-safe. */
public final class OktaTokenSourceBuilder {
    private static final Set<String> FOR_PEOPLE =
            Set.of("openid", "profile", "email", "address", "phone", "offline_access");

    private final OidcTokenSourceBuilder tokens = OidcTokenSource.builder();
    private @Nullable String origin;
    private String server = "default";
    private String clientId = "";
    private boolean hasSecret;
    private @Nullable Supplier<SigningKey> key;
    private String scopes = "";
    private @Nullable String issuer;
    private @Nullable String expectedAudience;

    OktaTokenSourceBuilder() {}

    /**
     * The org's domain, or its custom domain. Required.
     *
     * @param domain such as {@code dev-1.okta.com}; a whole URL without a path is understood too
     * @return this builder
     * @throws IllegalArgumentException if it is no domain, or that of the admin console
     */
    public OktaTokenSourceBuilder domain(String domain) {
        this.origin = OktaOrg.origin(domain);
        return this;
    }

    /**
     * The custom authorization server. Default: {@code default}, the one that Okta makes. That of the org itself, which has
     * no id, is of no use: nobody but Okta can verify its tokens.
     *
     * @param id what follows {@code /oauth2/} in its issuer URI, such as {@code aus1a2b3c4d5e6f7G8h9}
     * @return this builder
     * @throws IllegalArgumentException if it is no such id
     */
    public OktaTokenSourceBuilder authorizationServer(String id) {
        this.server = OktaOrg.server(id);
        return this;
    }

    /**
     * The client id of the API Services application. Required.
     *
     * @param id the client id
     * @return this builder
     */
    public OktaTokenSourceBuilder clientId(String id) {
        tokens.clientId(id);
        this.clientId = id;
        return this;
    }

    /**
     * The client secret; it is sent as HTTP Basic. Required, or a private key.
     *
     * @param secret the secret
     * @return this builder
     */
    public OktaTokenSourceBuilder clientSecret(String secret) {
        tokens.clientSecret(secret);
        this.hasSecret = true;
        return this;
    }

    /**
     * The client secret, where it may change while the application runs.
     *
     * @param secret asked before each request, from several threads at once
     * @return this builder
     */
    public OktaTokenSourceBuilder clientSecret(Supplier<String> secret) {
        tokens.clientSecret(secret);
        this.hasSecret = true;
        return this;
    }

    /**
     * The private key whose public key is saved with the application ({@code private_key_jwt}); no secret is sent then. Each
     * request carries a new assertion for the token endpoint, which lives five minutes. Required, or a client secret.
     *
     * @param key an RSA or EC key with the KID that Okta shows as its {@code keyId}
     * @return this builder
     * @throws IllegalArgumentException if it signs in a way that Okta does not take
     * @see <a href="https://developer.okta.com/docs/api/openapi/okta-oauth/guides/client-auth/">Okta: client
     *     authentication methods</a>
     */
    public OktaTokenSourceBuilder privateKey(SigningKey key) {
        SigningKey checked = OktaKeys.require(requireNonNull(key, "key"));
        return privateKey(() -> checked);
    }

    /**
     * The private key, where it may change while the application runs.
     *
     * @param key asked before each request, from several threads at once
     * @return this builder
     */
    public OktaTokenSourceBuilder privateKey(Supplier<SigningKey> key) {
        this.key = requireNonNull(key, "key");
        return this;
    }

    /**
     * The scopes to ask for, at least one of your own: Okta issues no token without. Required.
     *
     * @param scopes custom scopes of the authorization server
     * @return this builder
     * @throws IllegalArgumentException if one is blank, or a scope of OpenID Connect, which only people can have
     */
    public OktaTokenSourceBuilder scopes(String... scopes) {
        for (String scope : scopes) {
            if (FOR_PEOPLE.contains(scope)) {
                throw new IllegalArgumentException(
                        "scope '" + scope + "' is for people, and Okta refuses it to an"
                                + " application of its own; leave it out, and ask for a custom scope of the authorization server");
            }
        }
        tokens.scopes(scopes);
        this.scopes = String.join(" ", scopes);
        return this;
    }

    /**
     * The issuer that the JWTs must name, where it is not that of the domain: an authorization server keeps the org's URL as
     * its issuer when the org gets a custom domain. Default: {@code https://<domain>/oauth2/<server>}.
     *
     * @param issuer the Issuer URI that the authorization server's settings show, character for character
     * @return this builder
     * @throws IllegalArgumentException if it is no https URL, or the org's own
     */
    public OktaTokenSourceBuilder issuer(String issuer) {
        HttpTransport.requireSecure(HttpTransport.parse(requireNonNull(issuer, "issuer"), "the issuer"), "the issuer");
        if (!issuer.contains("/oauth2/")) {
            throw new IllegalArgumentException(
                    "the issuer has no /oauth2/ in it, so it is that of the org: " + OktaOrg.NO_ORG_SERVER);
        }
        this.issuer = issuer;
        return this;
    }

    /**
     * The audience that the JWTs must have; the federation policy's. It is checked and not sent: Okta gives all tokens of an
     * authorization server the same audience. Default: it is not checked.
     *
     * @param audience the Audience that the authorization server's settings show, character for character
     * @return this builder
     */
    public OktaTokenSourceBuilder expectedAudience(String audience) {
        if (requireNonNull(audience, "audience").isBlank()) {
            throw new IllegalArgumentException("expectedAudience is blank");
        }
        this.expectedAudience = audience;
        return this;
    }

    /**
     * A further parameter of the request. Default: none is needed.
     *
     * @param name its name
     * @param value its value
     * @return this builder
     * @throws IllegalArgumentException if this builder has a method for it, or it is {@code audience}
     */
    public OktaTokenSourceBuilder parameter(String name, String value) {
        if (name.toLowerCase(Locale.ROOT).equals("audience")) {
            throw new IllegalArgumentException(
                    "no request can choose the audience in Okta: it is set at Security > API > the"
                            + " authorization server > Settings; to have it checked, use expectedAudience(audience)");
        }
        tokens.parameter(name, value);
        return this;
    }

    /**
     * How long a request may take, its reply's body included. Default: 10 seconds.
     *
     * @param timeout more than zero, at most a day
     * @return this builder
     */
    public OktaTokenSourceBuilder requestTimeout(Duration timeout) {
        tokens.requestTimeout(timeout);
        return this;
    }

    /**
     * The client that talks to Okta: your proxy, trust store and executor. Default: a client that sources share, with a
     * connect timeout of 5 seconds.
     *
     * @param client must neither follow redirects nor keep cookies
     * @return this builder
     */
    public OktaTokenSourceBuilder httpClient(HttpClient client) {
        tokens.httpClient(client);
        return this;
    }

    /**
     * Builds the source. Nothing is sent yet.
     *
     * @return the source
     * @throws IllegalStateException if a required setting is missing, or both a secret and a private key are set
     * @throws IllegalArgumentException if the client follows redirects or keeps cookies
     */
    public OktaTokenSource build() {
        if (origin == null) {
            throw new IllegalStateException("set domain(name): the Okta org, such as dev-1.okta.com");
        }
        if (hasSecret == (key != null)) {
            throw new IllegalStateException(
                    hasSecret
                            ? "set clientSecret(secret) or privateKey(key), not both: Okta refuses a client that"
                                    + " authenticates in two ways"
                            : "set clientSecret(secret) or privateKey(key): how the application shows who it is");
        }
        if (scopes.isEmpty()) {
            throw new IllegalStateException("set scopes(name): Okta issues no token without a custom scope of the"
                    + " authorization server '" + server + "' (Security > API > " + server + " > Scopes)");
        }
        String address = origin + "/oauth2/" + server;
        tokens.tokenEndpoint(address + "/v1/token");
        if (key == null) {
            tokens.clientSecretBasic();
        } else {
            tokens.clientAssertion(OktaKeys.assertion(key));
        }
        OktaClient client = new OktaClient(OktaOrg.host(origin), server, clientId, scopes, key != null);
        return new OktaTokenSource(
                tokens.build(),
                new OktaRefusals(client),
                new OktaTokenCheck(client, issuer == null ? address : issuer, expectedAudience));
    }
}
