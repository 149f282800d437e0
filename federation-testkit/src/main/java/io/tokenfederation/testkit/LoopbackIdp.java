// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An identity provider on this machine that keeps to the rules of a real one.
 *
 * <pre>{@code
 * try (LoopbackIdp idp = LoopbackIdp.auth0().start()) {
 *     idp.api("https://adb-1.example.com").m2mClient("backend", "secret").grant("backend", "https://adb-1.example.com");
 *     // POST idp.tokenEndpoint() with grant_type=client_credentials …
 * }
 * }</pre>
 *
 * <p>It serves discovery, keys, {@code client_credentials} and, where people log in, what {@link BrowserLogin} describes. It
 * listens on 127.0.0.1 only, and knows nobody until told. Thread-safe. For tests and samples only.
 */
public final class LoopbackIdp implements AutoCloseable {
    private final IdpServer server;
    private final Tenant tenant;

    LoopbackIdp(IdpServer server) {
        this.server = server;
        this.tenant = server.tenant();
    }

    /** {@return a builder for one that speaks as Auth0 does} */
    public static LoopbackIdpBuilder auth0() {
        return new LoopbackIdpBuilder(Auth0Dialect::new);
    }

    /** {@return a builder for an Okta org with the authorization server {@code default}; see {@link OktaRules}} */
    public static LoopbackIdpBuilder okta() {
        return new LoopbackIdpBuilder(OktaDialect::new);
    }

    /** {@return a builder for an Entra ID tenant; see {@link EntraRules}} */
    public static LoopbackIdpBuilder entra() {
        return new LoopbackIdpBuilder(EntraDialect::new);
    }

    /** {@return a builder for a plain OpenID Connect provider, in shape like a Keycloak realm; see {@link OidcRules}} */
    public static LoopbackIdpBuilder oidc() {
        return new LoopbackIdpBuilder(OidcDialect::new);
    }

    /** {@return a builder for the token service of GitHub Actions; see {@link WorkloadRules}} */
    public static LoopbackIdpBuilder gitHubActions() {
        return new LoopbackIdpBuilder(GitHubDialect::new);
    }

    /** {@return a builder for the token service of Azure Pipelines; see {@link WorkloadRules}} */
    public static LoopbackIdpBuilder azureDevOps() {
        return new LoopbackIdpBuilder(AzureDevOpsDialect::new);
    }

    /** {@return a builder for the metadata server of a Google virtual machine; see {@link WorkloadRules}} */
    public static LoopbackIdpBuilder googleMetadata() {
        return new LoopbackIdpBuilder(GoogleDialect::new);
    }

    /** {@return what {@code iss} says in its tokens, exactly} */
    public String issuer() {
        return server.dialect().issuer();
    }

    /** {@return where tokens are asked for} */
    public URI tokenEndpoint() {
        return server.dialect().tokenEndpoint();
    }

    /**
     * What {@code sub} says in a client's tokens, which is what a federation policy must name.
     *
     * @param clientId a client id
     * @return the subject
     */
    public String subjectOf(String clientId) {
        return server.dialect().subjectOf(requireNonNull(clientId, "clientId"));
    }

    /** {@return the environment variables a job on this runtime finds; none for a provider that is no runtime} */
    public Map<String, String> environment() {
        return server.dialect().environment();
    }

    /**
     * Registers an API whose tokens are signed with RS256 and live as long as this kind of provider has it by default.
     *
     * @param identifier the audience
     * @return this
     */
    public LoopbackIdp api(String identifier) {
        return api(identifier, SigningAlgorithm.RS256, server.dialect().defaultLifetime());
    }

    /**
     * Registers an API.
     *
     * @param identifier the audience
     * @param algorithm how its tokens are signed
     * @param lifetime how long they live
     * @return this
     */
    public LoopbackIdp api(String identifier, SigningAlgorithm algorithm, Duration lifetime) {
        server.dialect().register(new Tenant.Api(identifier, algorithm, lifetime));
        return this;
    }

    /**
     * Registers an application that may use {@code client_credentials}; a second time, to change its secret.
     *
     * @param clientId its client id
     * @param secret its secret
     * @return this
     */
    public LoopbackIdp m2mClient(String clientId, String secret) {
        tenant.registerSecret(clientId, requireNonNull(secret, "secret"));
        return this;
    }

    /**
     * Registers an application that authenticates with assertions it signs (RFC 7523); a second time, for one more key.
     *
     * @param clientId its client id
     * @param publicKey its public key: an X.509 certificate or public key in PEM, or a JWK
     * @return this
     */
    public LoopbackIdp m2mClientWithKey(String clientId, String publicKey) {
        tenant.registerKey(clientId, ClientKey.read(requireNonNull(publicKey, "publicKey")));
        return this;
    }

    /**
     * Registers an application that may not use {@code client_credentials}.
     *
     * @param clientId its client id
     * @return this
     */
    public LoopbackIdp application(String clientId) {
        tenant.registerPublic(clientId);
        return this;
    }

    /**
     * Registers an application in the browser, whose people log in here; {@link #grant} says for which APIs.
     *
     * @param clientId its client id
     * @param redirectUris the exact addresses people may be sent back to, https or to this machine; scripts of their
     *     origins, and of no others, may read this provider's answers
     * @return this
     */
    public LoopbackIdp browserApplication(String clientId, String... redirectUris) {
        tenant.people().register(clientId, List.of(redirectUris));
        return application(clientId);
    }

    /**
     * Registers somebody who can log in; a second time, to change them.
     *
     * @param person the person
     * @return this
     */
    public LoopbackIdp person(Person person) {
        tenant.people().register(person);
        return this;
    }

    /** {@return what there is for people who log in; a runtime has none, and throws an IllegalArgumentException} */
    public BrowserLogin login() {
        return new BrowserLogin(server);
    }

    /**
     * Lets a client have tokens for an API.
     *
     * @param clientId a registered client
     * @param audience a registered API
     * @param scopes the scopes it may have; all of them are in a token that asks for none
     * @return this
     */
    public LoopbackIdp grant(String clientId, String audience, String... scopes) {
        tenant.grant(clientId, audience, new Tenant.Grant(List.of(scopes), Optional.empty()));
        return this;
    }

    /**
     * Changes the lifetime of M2M tokens from now on, of whatever API.
     *
     * @param lifetime the lifetime; negative for tokens that have expired when they are issued
     */
    public void lifetime(Duration lifetime) {
        tenant.lifetime(lifetime);
    }

    /** {@return what is to be wrong with M2M tokens} */
    public Forgery forgery() {
        return tenant.forgery();
    }

    /**
     * Begins a person's token.
     *
     * @param subject its {@code sub}
     * @return the token in the making
     */
    public UserToken userToken(String subject) {
        return new UserToken(issuer(), tenant, subject);
    }

    /** Signs with a new key from now on; the old one stays published. */
    public void rotateKeys() {
        tenant.keys().rotate();
    }

    /** Publishes the newest key only, so that tokens signed with an older one can no longer be verified. */
    public void dropOldKeys() {
        tenant.keys().dropOld();
    }

    /**
     * Lets the next token requests fail.
     *
     * @param times how many
     * @param fault what to do instead of answering
     */
    public void failNext(int times, Fault fault) {
        server.token().faults().failNext(times, fault);
    }

    /**
     * Lets all token requests fail.
     *
     * @param fault what to do instead of answering
     */
    public void failAlways(Fault fault) {
        server.token().faults().failAlways(fault);
    }

    /** Forgets all faults, those of discovery and keys too. */
    public void recover() {
        server.recover();
    }

    /** {@return the faults of the discovery document} */
    public Faults discovery() {
        return server.discovery().faults();
    }

    /** {@return the faults of the key set} */
    public Faults jwks() {
        return server.jwks().faults();
    }

    /** {@return how many token requests came in, failed ones included} */
    public long tokenRequests() {
        return server.token().requests();
    }

    /** {@return how often the discovery document was asked for} */
    public long discoveryRequests() {
        return server.discovery().requests();
    }

    /** {@return how often the key set was asked for} */
    public long jwksRequests() {
        return server.jwks().requests();
    }

    /** {@return how many M2M tokens were issued, opaque ones included} */
    public long tokensIssued() {
        return tenant.issued();
    }

    /** Stops listening, at once. */
    @Override
    public void close() {
        server.close();
    }

    IdpServer server() {
        return server;
    }

    /** {@return the issuer} */
    @Override
    public String toString() {
        return "LoopbackIdp[" + issuer() + "]";
    }
}
