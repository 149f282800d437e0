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
import java.util.UUID;

/** Okta: authorization servers with one audience each, at least one custom scope, an access policy that must agree. */
final class OktaDialect implements Dialect {
    private static final String ORG_TOKEN_PATH = "/oauth2/v1/token";
    private static final Set<String> OPENID_SCOPES =
            Set.of("openid", "profile", "email", "address", "phone", "offline_access");

    private final URI base;
    private final Tenant tenant;
    private final OktaRules rules;
    private final ClientAuthentication clients;
    private final DpopProofs dpop;
    private final Login login;

    OktaDialect(URI base, Tenant tenant) {
        this.base = base;
        this.tenant = tenant;
        this.rules = new OktaRules(base, tenant);
        OktaClients words = new OktaClients();
        this.clients = new ClientAuthentication(tenant, words);
        this.login = new Login(base, tenant, new OktaLogin(tenant, rules), words);
        this.dpop = new DpopProofs(tenant);
    }

    @Override
    public String issuer() {
        return rules.issuer(OktaRules.DEFAULT);
    }

    @Override
    public URI tokenEndpoint() {
        return rules.tokenEndpoint(OktaRules.DEFAULT);
    }

    @Override
    public List<String> tokenPaths() {
        return List.of(ORG_TOKEN_PATH, "/oauth2/{}/v1/token");
    }

    @Override
    public List<String> discoveryPaths() {
        return List.of(
                "/.well-known/openid-configuration",
                "/oauth2/{}/.well-known/openid-configuration",
                "/oauth2/{}/.well-known/oauth-authorization-server");
    }

    /** Without that of the org: the keys of its access tokens are not published. */
    @Override
    public List<String> jwksPaths() {
        return List.of("/oauth2/{}/v1/keys");
    }

    @Override
    public Duration defaultLifetime() {
        return OktaRules.LIFETIME;
    }

    @Override
    public void register(Tenant.Api api) {
        rules.authorizationServer(OktaRules.DEFAULT, api);
    }

    @Override
    public String subjectOf(String clientId) {
        return rules.subjectOf(clientId);
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
        return OktaReplies.rateLimited(retryAfter, now);
    }

    @Override
    public Reply discovery(HttpCall call) {
        boolean org = call.path().startsWith("/.well-known/");
        if (!org && rules.api(OktaRules.server(call)).isEmpty()) {
            return Reply.empty(404);
        }
        String issuer = rules.origin(call) + (org ? "" : "/oauth2/" + OktaRules.server(call));
        String endpoints = org ? issuer + "/oauth2/v1" : issuer + "/v1";
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("issuer", issuer);
        document.put("token_endpoint", endpoints + "/token");
        document.put("jwks_uri", endpoints + "/keys");
        document.put("subject_types_supported", List.of("public"));
        Login.describe(document);
        if (org) {
            // Nobody logs in at the org's own server here.
            document.put("response_types_supported", List.of());
            document.put("grant_types_supported", List.of("client_credentials"));
        } else {
            document.put("authorization_endpoint", endpoints + "/authorize");
            document.put("userinfo_endpoint", endpoints + "/userinfo");
            document.put("end_session_endpoint", endpoints + "/logout");
        }
        document.put(
                "token_endpoint_auth_methods_supported",
                List.of("client_secret_basic", "client_secret_post", "private_key_jwt", "none"));
        return Reply.json(200, document);
    }

    @Override
    public Reply token(HttpCall call) {
        TokenRequest request = TokenRequest.read(call, OktaReplies::invalidRequest);
        boolean org = call.path().equals(ORG_TOKEN_PATH);
        Optional<Tenant.Api> api = org ? Optional.empty() : rules.api(OktaRules.server(call));
        if (!org && api.isEmpty()) {
            throw OktaReplies.noSuchServer();
        }
        String grantType = request.required("grant_type");
        if (!org && CodeGrant.isFor(grantType)) {
            return login.codes().token(request);
        }
        if (!grantType.equals("client_credentials")) {
            throw OktaReplies.unsupportedGrantType();
        }
        return clientCredentials(request, api);
    }

    private Reply clientCredentials(TokenRequest request, Optional<Tenant.Api> api) {
        HttpCall call = request.call();
        String clientId = clients.authenticate(request);
        Optional<String> keyThumbprint =
                rules.requiresDpop(clientId) ? Optional.of(dpop.verify(call, base)) : Optional.empty();
        if (api.isEmpty()) {
            throw request.get("client_assertion").isEmpty()
                    ? OktaReplies.orgServerWantsAssertion()
                    : OktaReplies.orgServerHasNoCustomScope();
        }
        List<String> scopes = scopes(request, clientId, api.get());
        Map<String, Object> claims =
                claims(clientId, api.get(), rules.origin(call) + "/oauth2/" + OktaRules.server(call));
        claims.put("scp", scopes);
        keyThumbprint.ifPresent(thumbprint -> claims.put("cnf", Map.of("jkt", thumbprint)));
        Map<String, Object> reply = new LinkedHashMap<>();
        reply.put("token_type", keyThumbprint.isPresent() ? "DPoP" : "Bearer");
        reply.put("expires_in", tenant.lifetimeFor(api.get()).toSeconds());
        reply.put("access_token", tenant.issue(api.get(), claims));
        reply.put("scope", String.join(" ", scopes));
        return Reply.json(200, reply).header("Cache-Control", "no-cache, no-store");
    }

    /** The scopes granted: all that were asked for, or a refusal. */
    private List<String> scopes(TokenRequest request, String clientId, Tenant.Api api) {
        List<String> asked =
                request.get("scope").map(scope -> List.of(scope.split(" ", -1))).orElseGet(rules::defaultScopes);
        if (asked.isEmpty()) {
            throw OktaReplies.noScope();
        }
        if (asked.stream().anyMatch(OPENID_SCOPES::contains)) {
            throw OktaReplies.openIdScope();
        }
        if (!asked.stream().allMatch(scope -> rules.isConfigured(scope, api.identifier()))) {
            throw OktaReplies.unknownScope();
        }
        List<String> consent = asked.stream().filter(rules::needsConsent).toList();
        if (!consent.isEmpty()) {
            throw OktaReplies.consentRequired(consent);
        }
        Tenant.Grant rule = tenant.grant(clientId, api.identifier()).orElseThrow(OktaReplies::noMatchingPolicy);
        List<String> denied =
                asked.stream().filter(scope -> !rule.scopes().contains(scope)).toList();
        if (denied.size() == asked.size()) {
            throw OktaReplies.noScopeAllowed();
        }
        if (!denied.isEmpty()) {
            throw OktaReplies.someScopesDenied(denied);
        }
        return asked;
    }

    /** The claims of a token without a user: no {@code uid}. */
    private Map<String, Object> claims(String clientId, Tenant.Api api, String issuer) {
        if (!rules.hasSubject()) {
            throw OktaReplies.claimNotEvaluated("sub");
        }
        long now = tenant.now().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("ver", 1);
        claims.put("jti", "AT." + UUID.randomUUID());
        claims.put("iss", issuer);
        claims.put("aud", api.identifier());
        claims.put("iat", now);
        claims.put("exp", now + tenant.lifetimeFor(api).toSeconds());
        claims.put("cid", clientId);
        claims.put("sub", tenant.forgery().subject(clientId, rules.subjectOf(clientId)));
        return claims;
    }
}
