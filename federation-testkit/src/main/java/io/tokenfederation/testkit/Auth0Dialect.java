// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Auth0: a slash at the issuer's end, {@code @clients} at the subject's, an opaque token for a forgotten audience. */
final class Auth0Dialect implements Dialect {
    private static final String CLIENT_CREDENTIALS = "client_credentials";
    private static final String TOKEN_PATH = "/oauth/token";
    private static final String DISCOVERY_PATH = "/.well-known/openid-configuration";
    private static final String JWKS_PATH = "/.well-known/jwks.json";

    private final URI base;
    private final Tenant tenant;
    private final Auth0Rules rules;
    private final ClientAuthentication clients;
    private final Login login;

    Auth0Dialect(URI base, Tenant tenant) {
        this.base = base;
        this.tenant = tenant;
        this.rules = new Auth0Rules(base, tenant);
        Auth0Clients words = new Auth0Clients(rules);
        this.clients = new ClientAuthentication(tenant, words);
        this.login = new Login(base, tenant, new Auth0Login(base, tenant, rules), words);
    }

    @Override
    public String issuer() {
        return base + "/";
    }

    @Override
    public URI tokenEndpoint() {
        return base.resolve(TOKEN_PATH);
    }

    @Override
    public List<String> tokenPaths() {
        return List.of(TOKEN_PATH);
    }

    @Override
    public List<String> discoveryPaths() {
        return List.of(DISCOVERY_PATH);
    }

    @Override
    public List<String> jwksPaths() {
        return List.of(JWKS_PATH);
    }

    @Override
    public Duration defaultLifetime() {
        return Duration.ofDays(1);
    }

    @Override
    public void register(Tenant.Api api) {
        tenant.register(api);
    }

    @Override
    public String subjectOf(String clientId) {
        return clientId + "@clients";
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
    public Reply discovery(HttpCall call) {
        String issuer = rules.issuer(call);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("issuer", issuer);
        document.put("authorization_endpoint", issuer + "authorize");
        document.put("token_endpoint", issuer + TOKEN_PATH.substring(1));
        document.put("jwks_uri", issuer + JWKS_PATH.substring(1));
        document.put("userinfo_endpoint", issuer + "userinfo");
        document.put("end_session_endpoint", issuer + "oidc/logout");
        document.put("subject_types_supported", List.of("public"));
        document.put("scopes_supported", List.of("openid", "profile", "email", "offline_access"));
        Login.describe(document);
        document.put(
                "token_endpoint_auth_methods_supported",
                List.of("client_secret_basic", "client_secret_post", "private_key_jwt", "none"));
        return Reply.json(200, document);
    }

    @Override
    public Reply rateLimited(Duration retryAfter, Instant now) {
        return Auth0Replies.rateLimited(retryAfter, now);
    }

    @Override
    public Reply token(HttpCall call) {
        TokenRequest request = TokenRequest.readFormOrJson(call, Auth0Replies::invalidRequest);
        String grantType = request.required("grant_type");
        if (CodeGrant.isFor(grantType)) {
            return login.codes().token(request);
        }
        if (!grantType.equals(CLIENT_CREDENTIALS)) {
            throw Auth0Replies.unsupportedGrantType(grantType);
        }
        String clientId = clients.authenticate(request);
        Optional<String> audience = request.get("audience");
        if (audience.isEmpty()) {
            return opaque();
        }
        Tenant.Api api = tenant.api(audience.get()).orElseThrow(() -> Auth0Replies.noSuchApi(audience.get()));
        Tenant.Grant grant = tenant.grant(clientId, api.identifier())
                .orElseThrow(() -> Auth0Replies.noClientGrant(api.identifier()));
        Optional<String> organization = organization(request, grant);
        String scope = scope(request, grant);
        Optional<String> quota = rules.takeQuota(clientId);
        Map<String, Object> claims = claims(clientId, api, rules.issuer(call));
        if (!scope.isEmpty()) {
            claims.put("scope", scope);
        }
        organization.ifPresent(id -> claims.put("org_id", id));
        String type = rules.isRfc9068(api.identifier()) ? "at+jwt" : "JWT";
        Reply reply = issued(tenant.issue(api, type, claims), tenant.lifetimeFor(api), scope);
        return quota.map(left -> reply.header("Auth0-Client-Quota-Limit", left)).orElse(reply);
    }

    private static Optional<String> organization(TokenRequest request, Tenant.Grant grant) {
        Optional<String> asked = request.get("organization");
        if (!asked.equals(grant.organization())) {
            throw Auth0Replies.organizationRequired();
        }
        return asked;
    }

    private static String scope(TokenRequest request, Tenant.Grant grant) {
        Optional<String> asked = request.get("scope");
        if (asked.isEmpty()) {
            return String.join(" ", grant.scopes());
        }
        for (String one : asked.get().split(" ", -1)) {
            if (!grant.scopes().contains(one)) {
                throw Auth0Replies.scopeNotGranted(one);
            }
        }
        return asked.get();
    }

    /** The claims of the "Auth0" or the "RFC 9068" access token profile. */
    private Map<String, Object> claims(String clientId, Tenant.Api api, String issuer) {
        String audience = api.identifier();
        String subject = rules.hasAgentSubjects(audience) ? clientId : subjectOf(clientId);
        long now = tenant.now().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer);
        claims.put("sub", tenant.forgery().subject(clientId, subject));
        claims.put("aud", audience);
        claims.put("iat", now);
        claims.put("exp", now + tenant.lifetimeFor(api).toSeconds());
        if (rules.isRfc9068(audience)) {
            claims.put("client_id", clientId);
            claims.put("jti", UUID.randomUUID().toString());
        } else {
            claims.put("gty", "client-credentials");
            claims.put("azp", clientId);
        }
        if (rules.hasPermissions(audience)) {
            claims.put("permissions", List.of());
        }
        return claims;
    }

    private static Reply issued(String token, Duration lifetime, String scope) {
        Map<String, Object> reply = new LinkedHashMap<>();
        reply.put("access_token", token);
        if (!scope.isEmpty()) {
            reply.put("scope", scope);
        }
        reply.put("expires_in", lifetime.toSeconds());
        reply.put("token_type", "Bearer");
        return Reply.json(200, reply).header("Cache-Control", "no-store");
    }

    /** Not an error for Auth0: a token for its own userinfo endpoint, and no JWT. */
    private Reply opaque() {
        tenant.countIssued();
        String token = UUID.randomUUID().toString().replace("-", "");
        return issued(token, Duration.ofDays(1), "");
    }
}
