// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** A plain OpenID Connect provider, in shape like a Keycloak realm: an issuer with a path, audiences by mapper. */
final class OidcDialect implements Dialect {
    private static final String REALM = "/realms/test";
    private static final String PROTOCOL = REALM + "/protocol/openid-connect";

    /** The audience of a token that no mapper gives one. */
    static final Tenant.Api ACCOUNT_API = new Tenant.Api("account", SigningAlgorithm.RS256, Duration.ofMinutes(5));

    private static final Set<String> BUILT_IN_SCOPES = Set.of("openid", "profile", "email");

    private final URI base;
    private final Tenant tenant;
    private final OidcRules rules = new OidcRules();
    private final ClientAuthentication clients;
    private final IdJagGrant idJags;
    private final Login login;

    OidcDialect(URI base, Tenant tenant) {
        this.base = base;
        this.tenant = tenant;
        this.idJags = new IdJagGrant(issuer(), tenant, rules);
        OidcClients words = new OidcClients(issuer(), tokenEndpoint());
        this.clients = new ClientAuthentication(tenant, words);
        this.login = new Login(base, tenant, new OidcLogin(base, tenant, issuer(), PROTOCOL), words);
    }

    @Override
    public String issuer() {
        return base + REALM;
    }

    @Override
    public URI tokenEndpoint() {
        return base.resolve(PROTOCOL + "/token");
    }

    @Override
    public List<String> tokenPaths() {
        return List.of(PROTOCOL + "/token");
    }

    @Override
    public List<String> discoveryPaths() {
        return List.of(REALM + "/.well-known/openid-configuration");
    }

    @Override
    public List<String> jwksPaths() {
        return List.of(PROTOCOL + "/certs");
    }

    @Override
    public Duration defaultLifetime() {
        return Duration.ofMinutes(5);
    }

    @Override
    public void register(Tenant.Api api) {
        tenant.register(api);
    }

    /** The id of the client's service account, which nobody chooses. */
    @Override
    public String subjectOf(String clientId) {
        return Tenant.idFor("service account " + clientId);
    }

    @Override
    public Optional<Login> login() {
        return Optional.of(login);
    }

    @Override
    public Object rules() {
        return rules;
    }

    @Override
    public Reply rateLimited(Duration retryAfter, Instant now) {
        return OidcReplies.rateLimited(retryAfter);
    }

    @Override
    public Reply discovery(HttpCall call) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("issuer", issuer());
        document.put("authorization_endpoint", base + PROTOCOL + "/auth");
        document.put("token_endpoint", tokenEndpoint().toString());
        document.put("jwks_uri", base + PROTOCOL + "/certs");
        document.put("userinfo_endpoint", base + PROTOCOL + "/userinfo");
        document.put("end_session_endpoint", base + PROTOCOL + "/logout");
        document.put("subject_types_supported", List.of("public"));
        document.put("scopes_supported", List.of("openid", "profile", "email", "offline_access"));
        document.put("authorization_response_iss_parameter_supported", true);
        Login.describe(document);
        document.put(
                "token_endpoint_auth_methods_supported",
                List.of("client_secret_basic", "client_secret_post", "private_key_jwt", "none"));
        return Reply.json(200, document);
    }

    @Override
    public Reply token(HttpCall call) {
        TokenRequest request = TokenRequest.read(call, OidcReplies::invalidRequest);
        String grantType = request.required("grant_type");
        if (CodeGrant.isFor(grantType)) {
            return login.codes().token(request);
        }
        if (grantType.equals(IdJagGrant.GRANT_TYPE)) {
            return idJags.token(request, clients.authenticate(request));
        }
        if (!grantType.equals("client_credentials")) {
            throw OidcReplies.unsupportedGrantType();
        }
        String clientId = clients.authenticate(request);
        Map<String, Tenant.Grant> grants = grants(request, clientId);
        String scope = scope(request, grants);
        Tenant.Api api = grants.keySet().stream()
                .flatMap(audience -> tenant.api(audience).stream())
                .findFirst()
                .orElse(ACCOUNT_API);
        Map<String, Object> claims = claims(clientId, api, List.copyOf(grants.keySet()));
        claims.put("scope", scope);
        Map<String, Object> reply = new LinkedHashMap<>();
        reply.put("access_token", tenant.issue(api, claims));
        reply.put("expires_in", tenant.lifetimeFor(api).toSeconds());
        reply.put("token_type", "Bearer");
        reply.put("scope", scope);
        return Reply.json(200, reply).header("Cache-Control", "no-store");
    }

    /** What the token is for: all that mappers give the client, or the one resource it names; no {@code audience} is read. */
    private Map<String, Tenant.Grant> grants(TokenRequest request, String clientId) {
        Map<String, Tenant.Grant> all = tenant.grants(clientId);
        Optional<String> asked = request.get("resource");
        if (asked.isEmpty()) {
            return all;
        }
        Tenant.Grant one = all.get(asked.get());
        if (one == null) {
            throw OidcReplies.invalidTarget(asked.get());
        }
        return new TreeMap<>(Map.of(asked.get(), one));
    }

    private static String scope(TokenRequest request, Map<String, Tenant.Grant> grants) {
        Set<String> known = new TreeSet<>();
        grants.values().forEach(grant -> known.addAll(grant.scopes()));
        Optional<String> asked = request.get("scope");
        if (asked.isEmpty()) {
            return String.join(" ", known);
        }
        known.addAll(BUILT_IN_SCOPES);
        if (!known.containsAll(List.of(asked.get().split(" ", -1)))) {
            throw OidcReplies.invalidScope(asked.get());
        }
        return asked.get();
    }

    private Map<String, Object> claims(String clientId, Tenant.Api api, List<String> audiences) {
        long now = tenant.now().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("exp", now + tenant.lifetimeFor(api).toSeconds());
        claims.put("iat", now);
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("iss", issuer());
        claims.put("aud", audiences.size() > 1 ? audiences : api.identifier());
        if (rules.hasSubject()) {
            claims.put("sub", tenant.forgery().subject(clientId, subjectOf(clientId)));
        }
        claims.put("typ", "Bearer");
        claims.put("azp", clientId);
        claims.put("client_id", clientId);
        claims.put("preferred_username", "service-account-" + clientId);
        return claims;
    }
}
