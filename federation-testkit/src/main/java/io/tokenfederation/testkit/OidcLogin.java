// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The login of a plain provider in shape like a Keycloak realm: realm roles in the access token, audiences by mapper. */
final class OidcLogin implements LoginDialect {
    private final Tenant tenant;
    private final String issuer;
    private final String protocolPath;
    private final URI protocol;

    OidcLogin(URI base, Tenant tenant, String issuer, String protocolPath) {
        this.tenant = tenant;
        this.issuer = issuer;
        this.protocolPath = protocolPath;
        this.protocol = base.resolve(protocolPath + "/");
    }

    @Override
    public Endpoints endpoints() {
        return new Endpoints(protocol.resolve("auth"), protocol.resolve("userinfo"), protocol.resolve("logout"));
    }

    @Override
    public List<String> authorizePaths() {
        return List.of(protocolPath + "/auth");
    }

    @Override
    public List<String> userInfoPaths() {
        return List.of(protocolPath + "/userinfo");
    }

    @Override
    public List<String> logoutPaths() {
        return List.of(protocolPath + "/logout");
    }

    @Override
    public String issuer(HttpCall call) {
        return issuer;
    }

    /** Without an API named, the token is for all that the application has a mapper for. */
    @Override
    public LoginTarget target(AuthorizationRequest request) {
        Map<String, Tenant.Grant> grants = tenant.grants(request.application().clientId());
        Optional<String> asked = request.get("audience").or(() -> request.get("resource"));
        if (asked.filter(audience -> !grants.containsKey(audience)).isPresent()) {
            throw request.refusal("invalid_target", "Requested audience not available: " + asked.get());
        }
        Set<String> known = new HashSet<>(OPENID_SCOPES);
        grants.values().forEach(grant -> known.addAll(grant.scopes()));
        if (!known.containsAll(request.scopes())) {
            throw request.refusal("invalid_scope", "Invalid scopes: " + String.join(" ", request.scopes()));
        }
        return new LoginTarget(asked.flatMap(tenant::api), request.scopes());
    }

    @Override
    public String subject(Authorization login) {
        return Tenant.idFor("person " + login.person().username());
    }

    @Override
    public Map<String, Object> identity(Authorization login) {
        Map<String, Object> claims = userInfo(login);
        claims.put("typ", "ID");
        claims.put("azp", login.clientId());
        claims.put("sid", login.sid());
        claims.put("jti", UUID.randomUUID().toString());
        return claims;
    }

    @Override
    public Map<String, Object> userInfo(Authorization login) {
        Map<String, Object> claims = login.person().claims(login.target());
        if (login.target().has("profile")) {
            claims.put("preferred_username", login.person().username());
        }
        if (!login.person().groups().isEmpty()) {
            claims.put("groups", login.person().groups());
        }
        return claims;
    }

    @Override
    public AccessToken accessToken(Authorization login) {
        List<Tenant.Api> apis = login.target().api().map(List::of).orElseGet(() -> mapped(login.clientId()));
        Tenant.Api first = apis.get(0);
        long now = tenant.now().getEpochSecond();
        Map<String, Object> claims = userInfo(login);
        claims.put("exp", now + first.lifetime().toSeconds());
        claims.put("iat", now);
        claims.put("auth_time", login.authTime().getEpochSecond());
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("iss", issuer);
        claims.put(
                "aud",
                apis.size() == 1
                        ? first.identifier()
                        : apis.stream().map(Tenant.Api::identifier).toList());
        claims.put("sub", subject(login));
        claims.put("typ", "Bearer");
        claims.put("azp", login.clientId());
        claims.put("sid", login.sid());
        claims.put("scope", String.join(" ", login.target().scopes()));
        claims.put("realm_access", Map.of("roles", realmRoles(login.person())));
        return new AccessToken(tenant.keys().sign(first.algorithm(), claims), first.lifetime());
    }

    private List<Tenant.Api> mapped(String clientId) {
        List<Tenant.Api> apis = tenant.grants(clientId).keySet().stream()
                .flatMap(audience -> tenant.api(audience).stream())
                .toList();
        return apis.isEmpty() ? List.of(OidcDialect.ACCOUNT_API) : apis;
    }

    private static List<String> realmRoles(Person person) {
        List<String> roles = new ArrayList<>(List.of("default-roles-test"));
        roles.addAll(person.roles());
        return roles;
    }

    @Override
    public Refusal refusal(GrantFlaw flaw) {
        return switch (flaw) {
            case CODE_UNKNOWN, CODE_USED, CODE_EXPIRED -> OidcReplies.invalidGrant("Code not valid");
            case CODE_OF_ANOTHER_CLIENT -> OidcReplies.invalidGrant("Auth error");
            case WRONG_REDIRECT_URI -> OidcReplies.invalidGrant("Incorrect redirect_uri");
            case WRONG_VERIFIER -> OidcReplies.invalidGrant("PKCE verification failed: Code mismatch");
            case REFRESH_TOKEN_INVALID -> OidcReplies.invalidGrant("Invalid refresh token");
            case MORE_SCOPES_THAN_GRANTED -> OidcReplies.invalidScope("more than the person granted");
        };
    }

    @Override
    public String unknownApplication(String clientId) {
        return "Client not found.";
    }

    @Override
    public String wrongRedirectUri(String clientId) {
        return "Invalid parameter: redirect_uri";
    }

    @Override
    public boolean namesIssuer() {
        return true;
    }
}
