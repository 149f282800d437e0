// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What an administrator of an Okta org can set beyond registering clients.
 *
 * <pre>{@code
 * try (LoopbackIdp okta = LoopbackIdp.okta().start()) {
 *     okta.api("api://databricks").m2mClient("backend", "secret").grant("backend", "api://databricks", "databricks");
 *     OktaRules.of(okta).requireDpop("backend");
 * }
 * }</pre>
 *
 * <p>{@link LoopbackIdp#api} sets the one audience of the authorization server {@code default};
 * {@link LoopbackIdp#grant} is the access policy's rule that lets a client have scopes, and configures these scopes.
 * Thread-safe.
 */
public final class OktaRules {
    static final String DEFAULT = "default";
    static final Duration LIFETIME = Duration.ofHours(1);

    private final URI base;
    private final Tenant tenant;
    /** The audience of each custom authorization server. */
    private final Map<String, String> audiences = new ConcurrentHashMap<>();

    private final Set<String> scopes = ConcurrentHashMap.newKeySet();
    private final Set<String> consentScopes = ConcurrentHashMap.newKeySet();
    private final Set<String> dpopClients = ConcurrentHashMap.newKeySet();
    private volatile List<String> defaultScopes = List.of();
    private volatile Optional<String> subject = Optional.empty();
    private volatile boolean subjectFails;
    private volatile boolean dynamicIssuer;

    OktaRules(URI base, Tenant tenant) {
        this.base = base;
        this.tenant = tenant;
        authorizationServer(DEFAULT, "api://default");
    }

    /**
     * The rules of an Okta org.
     *
     * @param idp one that {@link LoopbackIdp#okta()} made
     * @return its rules
     * @throws IllegalArgumentException if it is of another kind
     */
    public static OktaRules of(LoopbackIdp idp) {
        return idp.server().rules(OktaRules.class);
    }

    /**
     * The org's own address, as an {@code OktaTokenSource} wants it.
     *
     * <pre>{@code
     * OktaTokenSource.builder().domain(OktaRules.of(okta).domain())
     * }</pre>
     *
     * @return the address without a path, such as {@code http://127.0.0.1:40123}
     */
    public String domain() {
        return base.toString();
    }

    /**
     * Adds a custom authorization server.
     *
     * @param id the segment of the path that names it
     * @param audience the one audience of its tokens
     * @return this
     */
    public OktaRules authorizationServer(String id, String audience) {
        return authorizationServer(id, new Tenant.Api(audience, SigningAlgorithm.RS256, LIFETIME));
    }

    /**
     * The issuer of an authorization server.
     *
     * @param id its id
     * @return the issuer, without a slash at its end
     */
    public String issuer(String id) {
        return base + "/oauth2/" + requireNonNull(id, "id");
    }

    /**
     * The token endpoint of an authorization server.
     *
     * @param id its id
     * @return the endpoint
     */
    public URI tokenEndpoint(String id) {
        return URI.create(issuer(id) + "/v1/token");
    }

    /** {@return the token endpoint of the org itself, which is of no use here: nobody can verify its tokens} */
    public URI orgTokenEndpoint() {
        return URI.create(base + "/oauth2/v1/token");
    }

    /**
     * Configures scopes without granting them to anybody.
     *
     * @param names the scopes, on every authorization server
     * @return this
     */
    public OktaRules scope(String... names) {
        scopes.addAll(List.of(names));
        return this;
    }

    /**
     * Says what a token request has that names no scope. Default: none, so that it is refused.
     *
     * @param names the default scopes
     * @return this
     */
    public OktaRules defaultScope(String... names) {
        defaultScopes = List.of(names);
        return this;
    }

    /**
     * Configures a scope that needs a person's consent, which no {@code client_credentials} request has.
     *
     * @param name the scope
     * @return this
     */
    public OktaRules consentScope(String name) {
        consentScopes.add(requireNonNull(name, "name"));
        return this;
    }

    /**
     * Ticks "Require Demonstrating Proof of Possession" for a client (RFC 9449); its tokens are then no bearer tokens.
     *
     * @param clientId the client
     * @return this
     */
    public OktaRules requireDpop(String clientId) {
        dpopClients.add(requireNonNull(clientId, "clientId"));
        return this;
    }

    /**
     * Overrides the {@code sub} claim of M2M tokens, as the authorization server's claim settings can.
     *
     * @param subject the subject of all tokens from now on
     * @return this
     */
    public OktaRules subject(String subject) {
        this.subject = Optional.of(subject);
        return this;
    }

    /**
     * Overrides {@code sub} with an expression that only a person has a value for, so that M2M requests fail.
     *
     * @return this
     */
    public OktaRules subjectCannotBeEvaluated() {
        subjectFails = true;
        return this;
    }

    /**
     * Sets the issuer to "Dynamic (based on request domain)": {@code iss} names the host that was asked.
     *
     * @param dynamic whether it is; default: it is not
     * @return this
     */
    public OktaRules dynamicIssuer(boolean dynamic) {
        dynamicIssuer = dynamic;
        return this;
    }

    OktaRules authorizationServer(String id, Tenant.Api api) {
        tenant.register(api);
        audiences.put(requireNonNull(id, "id"), api.identifier());
        return this;
    }

    /** The id of the custom authorization server in the path. */
    static String server(HttpCall call) {
        return call.path().split("/", -1)[2];
    }

    /** The one API of an authorization server. */
    Optional<Tenant.Api> api(String id) {
        return Optional.ofNullable(audiences.get(id)).flatMap(tenant::api);
    }

    /** What a request without {@code scope} asks for. */
    List<String> defaultScopes() {
        return defaultScopes;
    }

    boolean isConfigured(String scope, String audience) {
        return scopes.contains(scope)
                || consentScopes.contains(scope)
                || defaultScopes.contains(scope)
                || tenant.scopesOf(audience).contains(scope);
    }

    boolean needsConsent(String scope) {
        return consentScopes.contains(scope);
    }

    boolean requiresDpop(String clientId) {
        return dpopClients.contains(clientId);
    }

    String subjectOf(String clientId) {
        return subject.orElse(clientId);
    }

    /** False if the expression for {@code sub} has no value for a client. */
    boolean hasSubject() {
        return !subjectFails;
    }

    /** The origin that issuers are made of: the one asked, or always the same. */
    String origin(HttpCall call) {
        return dynamicIssuer ? call.origin() : base.toString();
    }
}
