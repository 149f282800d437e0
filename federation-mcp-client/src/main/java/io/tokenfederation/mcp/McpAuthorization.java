// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.DatabricksTokenSource;
import io.tokenfederation.IdpTokenSource;
import io.tokenfederation.SigningKey;
import io.tokenfederation.internal.HttpTransport;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * MCP's own authorization, for machines: gets the token a server wants from the authorization server that the server names,
 * instead of a Databricks token.
 *
 * <pre>{@code
 * McpAuthorization authorization = McpAuthorization.clientCredentials(id, secret)
 *     .issuer("https://login.example.com")
 *     .scopes("files:read");
 * McpClient mcp = McpClient.builder("https://files.example.com/mcp").authorization(authorization).build();
 * }</pre>
 *
 * <p>When first used, and when a token was refused, the client asks the server which authorization server it trusts
 * (RFC 9728), asks that one where it issues tokens (RFC 8414, OpenID Connect Discovery), and gets a token for this server
 * (RFC 8707). The token is kept and renewed as {@link DatabricksTokenSource#renewing} does, for each client built.
 *
 * <p>A credential goes to one issuer only: the one that is {@linkplain #issuer set}; where none is, one on the server's own
 * host, and from the first token on always the same. Other hosts are asked nothing, whatever the server says. Resource and
 * issuer in the metadata must be the ones asked for; redirects are not followed; https, except to loopback.
 *
 * <p>Calls throw {@link McpException} with {@code MCP_AUTH_…} where there is no token to be had, and with
 * {@code MCP_INSUFFICIENT_SCOPE} where the token is not for what the call does: scopes are not widened by themselves.
 * Immutable and thread-safe; each method returns a changed copy. {@link #toString()} shows nothing secret.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization">MCP: Authorization</a>
 */
public final class McpAuthorization {
    private final Grant grant;
    private final RegisteredClient client;
    private final @Nullable String issuer;
    private final List<String> scopes;

    private McpAuthorization(Grant grant, RegisteredClient client, @Nullable String issuer, List<String> scopes) {
        this.grant = grant;
        this.client = client;
        this.issuer = issuer;
        this.scopes = scopes;
    }

    private static McpAuthorization of(Grant grant, RegisteredClient client) {
        return new McpAuthorization(grant, client, null, List.of());
    }

    /**
     * The application for itself, with a secret (RFC 6749 §4.4): as HTTP Basic, or in the body where the authorization server
     * takes only that.
     *
     * @param clientId the application's id at the authorization server
     * @param clientSecret its secret
     * @return the authorization
     */
    public static McpAuthorization clientCredentials(String clientId, String clientSecret) {
        return of(new Grant.ClientCredentials(), secret(clientId, clientSecret));
    }

    /**
     * The application for itself, with a secret that may change while it runs.
     *
     * @param clientId the application's id at the authorization server
     * @param clientSecret asked for each token, on another thread
     * @return the authorization
     */
    public static McpAuthorization clientCredentials(String clientId, Supplier<String> clientSecret) {
        return of(
                new Grant.ClientCredentials(),
                new RegisteredClient.WithSecret(
                        requireText(clientId, "clientId"), requireNonNull(clientSecret, "clientSecret")));
    }

    /**
     * The application for itself, with a key ({@code private_key_jwt}, RFC 7523 §2.2). It signs as the key says, or in
     * another way the key can, where the authorization server takes only others.
     *
     * @param clientId the application's id at the authorization server
     * @param key signs who it is
     * @return the authorization
     */
    public static McpAuthorization clientCredentials(String clientId, SigningKey key) {
        return of(new Grant.ClientCredentials(), key(clientId, key));
    }

    /**
     * The application for itself, with the JWT of the platform it runs on, and no secret at all (workload identity
     * federation, RFC 7523 §2.1). The authorization server must trust the platform's issuer, and the JWT's {@code aud} be what
     * it wants there: its issuer or its token endpoint.
     *
     * @param jwts gives the JWT, asked for each request for a token; a refusal is final, and no other grant is tried
     * @return the authorization
     */
    public static McpAuthorization workloadIdentity(IdpTokenSource jwts) {
        return of(new Grant.Workload(requireNonNull(jwts, "jwts")), new RegisteredClient.Unknown());
    }

    /**
     * As {@link #workloadIdentity(IdpTokenSource)}, for an authorization server that wants a client id beside the JWT.
     *
     * @param clientId the application's id at the authorization server
     * @param jwts gives the JWT, asked for each request for a token; a refusal is final, and no other grant is tried
     * @return the authorization
     */
    public static McpAuthorization workloadIdentity(String clientId, IdpTokenSource jwts) {
        return of(
                new Grant.Workload(requireNonNull(jwts, "jwts")),
                new RegisteredClient.Named(requireText(clientId, "clientId")));
    }

    /**
     * A person, for whom the company's identity provider vouches (enterprise-managed authorization). Such a client acts as
     * that person: build one per person, and give its views to nobody else.
     *
     * @param clientId the application's id at the MCP server's authorization server
     * @param clientSecret its secret there
     * @param person the person, and the provider
     * @return the authorization
     */
    public static McpAuthorization enterpriseManaged(String clientId, String clientSecret, IdentityAssertion person) {
        return of(new Grant.Person(requireNonNull(person, "person")), secret(clientId, clientSecret));
    }

    /**
     * A person, for whom the company's identity provider vouches, and an application with a key.
     *
     * @param clientId the application's id at the MCP server's authorization server
     * @param key signs who it is there
     * @param person the person, and the provider
     * @return the authorization
     */
    public static McpAuthorization enterpriseManaged(String clientId, SigningKey key, IdentityAssertion person) {
        return of(new Grant.Person(requireNonNull(person, "person")), key(clientId, key));
    }

    /**
     * Sets the only authorization server that gets this client's credential, character for character as the MCP server's
     * metadata names it. Default: one at the MCP server's own origin (scheme, host and port; on loopback, any port of the same
     * host). A server that publishes no metadata is taken to trust it.
     *
     * @param issuer an https URL, or http to loopback
     * @return a changed copy
     * @throws IllegalArgumentException if it is no such URL, or has a query or fragment
     */
    public McpAuthorization issuer(String issuer) {
        String checked = AuthorizationDiscovery.requireIssuer(requireText(issuer, "issuer"));
        return new McpAuthorization(grant, client, checked, scopes);
    }

    /**
     * Sets the scopes to ask for. Default: those the server asks for in its refusal, else all it says it knows, else none.
     *
     * @param scopes the scopes, without spaces in them
     * @return a changed copy
     * @throws IllegalArgumentException if one is blank or holds white space
     */
    public McpAuthorization scopes(String... scopes) {
        for (String scope : scopes) {
            if (requireText(scope, "a scope").chars().anyMatch(Character::isWhitespace)) {
                throw new IllegalArgumentException("a scope holds white space; give each scope by itself");
            }
        }
        return new McpAuthorization(
                grant, client, issuer, Stream.of(scopes).distinct().toList());
    }

    /** {@return the tokens for this server, got through this transport} */
    DatabricksTokenSource tokensFor(URI server, HttpTransport transport) {
        Clock clock = Clock.systemUTC();
        AuthorizationDiscovery discovery =
                new AuthorizationDiscovery(server, transport, new MetadataDocuments(transport, clock));
        return new AuthorizedTokens(discovery, this, new TokenDesk(transport, clock), clock);
    }

    Grant grant() {
        return grant;
    }

    RegisteredClient client() {
        return client;
    }

    @Nullable String issuer() {
        return issuer;
    }

    List<String> scopesAsked() {
        return scopes;
    }

    static String requireText(String text, String name) {
        if (requireNonNull(text, name).isBlank()) {
            throw new IllegalArgumentException(name + " is blank");
        }
        if (!text.equals(text.strip())) {
            throw new IllegalArgumentException(
                    name + " begins or ends with white space, as a file's last line does; strip it");
        }
        return text;
    }

    private static RegisteredClient secret(String clientId, String secret) {
        String checked = requireText(secret, "clientSecret");
        return new RegisteredClient.WithSecret(requireText(clientId, "clientId"), () -> checked);
    }

    private static RegisteredClient key(String clientId, SigningKey key) {
        return new RegisteredClient.WithKey(requireText(clientId, "clientId"), requireNonNull(key, "key"));
    }

    /** {@return on what grounds, and of whom} */
    @Override
    public String toString() {
        return "McpAuthorization[" + grant.what() + (issuer == null ? "]" : ", issuer " + issuer + "]");
    }
}
