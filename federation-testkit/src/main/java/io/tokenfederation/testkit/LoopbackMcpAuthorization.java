// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * The authorization server of an MCP server, on this machine: MCP's own authorization, for machines.
 *
 * <pre>{@code
 * try (LoopbackMcpAuthorization login = LoopbackMcpAuthorization.start();
 *         LoopbackMcpServer server = LoopbackMcpServer.start(login)) {
 *     login.m2mClient("app-1", "secret").grant("app-1", server.uri(), "files:read");
 *     McpAuthorization mine = McpAuthorization.clientCredentials("app-1", "secret").issuer(login.issuer());
 *     McpClient mcp = McpClient.builder(server.uri()).authorization(mine).build();
 *     mcp.callTool("whoami", Map.of());
 * }
 * }</pre>
 *
 * <p>Issues tokens for client credentials (secret or {@code private_key_jwt}), for the JWTs of workloads' platforms and for
 * ID-JAGs of identity providers, such as {@link OidcRules#vouchFor} has them made. It is strict: {@code resource} must be
 * that of a server started with it, an assertion is good once and for this issuer alone, signatures are verified with the
 * keys their issuers publish. It knows nobody until told. Listens on 127.0.0.1 only. Thread-safe. For tests only.
 */
public final class LoopbackMcpAuthorization implements AutoCloseable {
    private static final Duration LIFETIME = Duration.ofHours(1);

    private final LoopbackHttp http = LoopbackHttp.start("loopback-mcp-authorization");
    private final Faults tokenFaults = new Faults(OidcReplies::rateLimited);
    private final Faults metadataFaults = new Faults(OidcReplies::rateLimited);
    private final McpAccessTokens tokens = new McpAccessTokens();
    private final Tenant tenant;
    private final McpIssuer issuer;
    private final McpAssertions assertions;
    private final LongAdder tokenRequests;
    private final LongAdder metadataRequests;

    LoopbackMcpAuthorization(Clock clock, String path) {
        tenant = new Tenant(clock);
        issuer = new McpIssuer(http.base(), path);
        // RFC 7523 lets a client name the token endpoint too; MCP's clients name the issuer alone.
        ClientAuthentication clients =
                new ClientAuthentication(tenant, new OidcClients(Set.of(issuer.name()), issuer::takes));
        assertions = new McpAssertions(
                issuer.name(), Set.of(issuer.name(), issuer.tokenEndpoint().toString()), tenant, clients);
        McpTokenEndpoint endpoint = new McpTokenEndpoint(tenant, clients, assertions, tokens);
        tokenRequests = http.on("POST", issuer.tokenEndpoint().getPath(), tokenFaults, endpoint::token);
        metadataRequests = http.on("GET", issuer.metadataPath(), metadataFaults, call -> issuer.metadata());
    }

    /**
     * Starts one whose issuer has no path.
     *
     * @return the authorization server, to be closed
     */
    public static LoopbackMcpAuthorization start() {
        return builder().start();
    }

    /** {@return a builder, for one with a clock or an issuer with a path} */
    public static LoopbackMcpAuthorizationBuilder builder() {
        return new LoopbackMcpAuthorizationBuilder();
    }

    /** {@return its name, exactly} */
    public String issuer() {
        return issuer.name();
    }

    /** {@return where tokens are asked for} */
    public URI tokenEndpoint() {
        return issuer.tokenEndpoint();
    }

    /**
     * Registers an application with a secret; a second time, to change it.
     *
     * @param clientId its client id
     * @param secret its secret
     * @return this
     */
    public LoopbackMcpAuthorization m2mClient(String clientId, String secret) {
        tenant.registerSecret(clientId, requireNonNull(secret, "secret"));
        return this;
    }

    /**
     * Registers an application that signs assertions ({@code private_key_jwt}); a second time, for one more key.
     *
     * @param clientId its client id
     * @param publicKey its public key: an X.509 certificate or public key in PEM, or a JWK
     * @return this
     */
    public LoopbackMcpAuthorization m2mClientWithKey(String clientId, String publicKey) {
        tenant.registerKey(clientId, ClientKey.read(requireNonNull(publicKey, "publicKey")));
        return this;
    }

    /**
     * Registers an application that shows the JWT of the platform it runs on. The JWT's audience must be {@link #issuer()} or
     * {@link #tokenEndpoint()}; its issuer must publish its keys by discovery, as every {@link LoopbackIdp} does.
     *
     * @param clientId its client id, which its requests may leave out
     * @param issuer the platform's issuer
     * @param subject the JWT's subject
     * @return this
     */
    public LoopbackMcpAuthorization workload(String clientId, String issuer, String subject) {
        if (tenant.client(clientId).isEmpty()) {
            tenant.registerPublic(clientId);
        }
        assertions.trustWorkload(clientId, issuer, subject);
        return this;
    }

    /**
     * Takes an identity provider's ID-JAGs; the clients that show them authenticate as well.
     *
     * @param issuer the provider's issuer, such as a {@link LoopbackIdp}'s
     * @return this
     */
    public LoopbackMcpAuthorization identityProvider(String issuer) {
        assertions.trustIdentityProvider(requireNonNull(issuer, "issuer"));
        return this;
    }

    /**
     * Lets a client have tokens for an MCP server.
     *
     * @param clientId a registered client
     * @param resource the {@link LoopbackMcpServer#uri()} of a server that was started with this
     * @param scopes the scopes it may have; all of them are in a token that asks for none
     * @return this
     */
    public LoopbackMcpAuthorization grant(String clientId, URI resource, String... scopes) {
        tenant.grant(clientId, resource.toString(), new Tenant.Grant(List.of(scopes), Optional.empty()));
        return this;
    }

    /**
     * Sets how clients may authenticate, as the metadata says. Default: {@code client_secret_basic} and
     * {@code private_key_jwt}.
     *
     * @param methods of these, and {@code client_secret_post}
     * @return this
     */
    public LoopbackMcpAuthorization authMethods(String... methods) {
        issuer.methods(List.of(methods));
        return this;
    }

    /**
     * Changes the lifetime of tokens from now on. Default: one hour.
     *
     * @param lifetime the lifetime, in whole seconds
     * @return this
     */
    public LoopbackMcpAuthorization lifetime(Duration lifetime) {
        tenant.lifetime(lifetime);
        return this;
    }

    /**
     * Has the metadata name another issuer, which clients must not believe.
     *
     * @param issuer what it says from now on
     */
    public void claimIssuer(String issuer) {
        this.issuer.claim(requireNonNull(issuer, "issuer"));
    }

    /** Ends all tokens at once, before their time. */
    public void revokeTokens() {
        tokens.revokeAll();
    }

    /**
     * Lets the next token requests fail.
     *
     * @param times how many
     * @param fault what to do instead of answering
     */
    public void failNext(int times, Fault fault) {
        tokenFaults.failNext(times, fault);
    }

    /**
     * Lets all token requests fail.
     *
     * @param fault what to do instead of answering
     */
    public void failAlways(Fault fault) {
        tokenFaults.failAlways(fault);
    }

    /** {@return the faults of the metadata} */
    public Faults metadata() {
        return metadataFaults;
    }

    /** Forgets all faults. */
    public void recover() {
        tokenFaults.recover();
        metadataFaults.recover();
    }

    /** {@return how many token requests came in, failed ones included} */
    public long tokenRequests() {
        return tokenRequests.sum();
    }

    /** {@return how often the metadata was asked for} */
    public long metadataRequests() {
        return metadataRequests.sum();
    }

    /** {@return how many tokens were issued} */
    public long tokensIssued() {
        return tenant.issued();
    }

    /** Stops listening, at once. */
    @Override
    public void close() {
        http.close();
    }

    /** {@return the issuer} */
    @Override
    public String toString() {
        return "LoopbackMcpAuthorization[" + issuer() + "]";
    }

    /** From now on tokens may be asked for this resource. */
    void register(String resource) {
        tenant.register(new Tenant.Api(resource, SigningAlgorithm.RS256, LIFETIME));
    }

    /** What a token is good for now; empty if it is none of this server's, or is over. */
    Optional<McpAccessTokens.Access> access(String token) {
        return tokens.find(token, tenant.now());
    }
}
