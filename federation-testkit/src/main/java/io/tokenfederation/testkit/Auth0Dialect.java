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

    @Override
    public String issuer(URI base) {
        return base + "/";
    }

    @Override
    public String discoveryPath() {
        return "/.well-known/openid-configuration";
    }

    @Override
    public String jwksPath() {
        return "/.well-known/jwks.json";
    }

    @Override
    public String tokenPath() {
        return "/oauth/token";
    }

    @Override
    public String subjectSuffix() {
        return "@clients";
    }

    @Override
    public Map<String, Object> discovery(URI base) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("issuer", issuer(base));
        document.put("authorization_endpoint", base + "/authorize");
        document.put("token_endpoint", base + tokenPath());
        document.put("jwks_uri", base + jwksPath());
        document.put("response_types_supported", List.of("code"));
        document.put("subject_types_supported", List.of("public"));
        document.put("id_token_signing_alg_values_supported", List.of("HS256", "RS256", "PS256"));
        document.put("token_endpoint_auth_methods_supported", List.of("client_secret_basic", "client_secret_post"));
        document.put("code_challenge_methods_supported", List.of("S256"));
        return document;
    }

    @Override
    public Reply rateLimited(Duration retryAfter, Instant now) {
        return Auth0Replies.rateLimited(retryAfter, now);
    }

    @Override
    public Reply token(HttpCall call, String issuer, Tenant tenant) {
        ClientCredentials request = ClientCredentials.read(call, Auth0Replies::invalidRequest);
        String grantType = request.required("grant_type");
        if (!grantType.equals(CLIENT_CREDENTIALS)) {
            throw Auth0Replies.unsupportedGrantType(grantType);
        }
        String clientId = authenticated(request, tenant);
        Optional<String> audience = request.get("audience");
        if (audience.isEmpty()) {
            return opaque(tenant);
        }
        Tenant.Api api = tenant.api(audience.get()).orElseThrow(() -> Auth0Replies.noSuchApi(audience.get()));
        Tenant.Grant grant = tenant.grant(clientId, api.identifier())
                .orElseThrow(() -> Auth0Replies.noClientGrant(api.identifier()));
        Optional<String> organization = organization(request, grant);
        String scope = scope(request, grant);
        Map<String, Object> claims = claims(clientId, api, issuer, tenant);
        if (!scope.isEmpty()) {
            claims.put("scope", scope);
        }
        organization.ifPresent(id -> claims.put("org_id", id));
        String jwt = tenant.issue(api, claims);
        return issued(jwt, tenant.lifetimeFor(api), scope);
    }

    private static String authenticated(ClientCredentials request, Tenant tenant) {
        String clientId = request.get("client_id").orElseThrow(Auth0Replies::unauthorized);
        if (tenant.knows(clientId) && !tenant.isM2m(clientId)) {
            throw Auth0Replies.grantTypeNotAllowed(CLIENT_CREDENTIALS);
        }
        if (!tenant.hasSecret(clientId, request.get("client_secret").orElse(""))) {
            throw Auth0Replies.unauthorized();
        }
        return clientId;
    }

    private static Optional<String> organization(ClientCredentials request, Tenant.Grant grant) {
        Optional<String> asked = request.get("organization");
        if (!asked.equals(grant.organization())) {
            throw Auth0Replies.organizationRequired();
        }
        return asked;
    }

    private static String scope(ClientCredentials request, Tenant.Grant grant) {
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

    /** The claims of the "Auth0" access token profile. */
    private Map<String, Object> claims(String clientId, Tenant.Api api, String issuer, Tenant tenant) {
        long now = tenant.now().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer);
        claims.put("sub", clientId + tenant.forgery().subjectSuffix(this));
        claims.put("aud", api.identifier());
        claims.put("iat", now);
        claims.put("exp", now + tenant.lifetimeFor(api).toSeconds());
        claims.put("gty", "client-credentials");
        claims.put("azp", clientId);
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
    private static Reply opaque(Tenant tenant) {
        tenant.countIssued();
        String token = UUID.randomUUID().toString().replace("-", "");
        return issued(token, Duration.ofDays(1), "");
    }
}
