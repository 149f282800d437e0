// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Auth0's login: an API by {@code audience}, claims of one's own that lose names Auth0 keeps for itself, opaque tokens. */
final class Auth0Login implements LoginDialect {
    private static final String OLD_LOGOUT_PATH = "/v2/logout";
    private static final Duration OPAQUE_LIFETIME = Duration.ofDays(1);

    /** The names that an action may set in vain, and so those of the protocol. */
    private static final Set<String> RESTRICTED = Set.of(
            "acr",
            "act",
            "active",
            "amr",
            "at_hash",
            "aud",
            "auth_time",
            "authorization_details",
            "azp",
            "c_hash",
            "client_id",
            "cnf",
            "entitlements",
            "events",
            "exp",
            "groups",
            "gty",
            "htm",
            "htu",
            "iat",
            "iss",
            "jti",
            "may_act",
            "nbf",
            "nonce",
            "org_id",
            "org_name",
            "permissions",
            "roles",
            "s_hash",
            "scope",
            "sid",
            "sub",
            "typ",
            "uuid");

    private final URI base;
    private final Tenant tenant;
    private final Auth0Rules rules;

    Auth0Login(URI base, Tenant tenant, Auth0Rules rules) {
        this.base = base;
        this.tenant = tenant;
        this.rules = rules;
    }

    @Override
    public Endpoints endpoints() {
        return new Endpoints(base.resolve("/authorize"), base.resolve("/userinfo"), base.resolve("/oidc/logout"));
    }

    @Override
    public List<String> authorizePaths() {
        return List.of("/authorize");
    }

    @Override
    public List<String> userInfoPaths() {
        return List.of("/userinfo");
    }

    @Override
    public List<String> logoutPaths() {
        return List.of("/oidc/logout", OLD_LOGOUT_PATH);
    }

    @Override
    public String issuer(HttpCall call) {
        return rules.issuer(call);
    }

    /** Scopes that are not to be had are left out without a word. */
    @Override
    public LoginTarget target(AuthorizationRequest request) {
        Optional<String> audience = request.get("audience");
        Optional<Tenant.Api> api = audience.map(asked ->
                tenant.api(asked).orElseThrow(() -> request.refusal("access_denied", "Service not found: " + asked)));
        String clientId = request.application().clientId();
        List<String> granted = api.map(found -> tenant.grant(clientId, found.identifier())
                        .orElseThrow(() -> request.refusal(
                                "access_denied",
                                "Client \"" + clientId + "\" is not authorized to access resource server \""
                                        + found.identifier() + "\"."))
                        .scopes())
                .orElse(List.of());
        return new LoginTarget(
                api,
                request.scopes().stream()
                        .filter(scope -> OPENID_SCOPES.contains(scope) || granted.contains(scope))
                        .toList());
    }

    @Override
    public String subject(Authorization login) {
        String id = Tenant.idFor("person " + login.person().username()).replace("-", "");
        return "auth0|" + id.substring(0, 24);
    }

    @Override
    public Map<String, Object> identity(Authorization login) {
        Map<String, Object> claims = login.person().claims(login.target());
        claims.keySet().removeAll(RESTRICTED);
        claims.putAll(roles(login.person()));
        claims.put("sid", login.sid());
        return claims;
    }

    @Override
    public AccessToken accessToken(Authorization login) {
        Optional<Tenant.Api> api = login.target().api();
        if (api.isEmpty()) {
            return new AccessToken(OneTimeTokens.random(), OPAQUE_LIFETIME);
        }
        String audience = api.get().identifier();
        boolean rfc9068 = rules.isRfc9068(audience);
        long now = tenant.now().getEpochSecond();
        Map<String, Object> claims = login.person().customClaims();
        claims.keySet().removeAll(RESTRICTED);
        claims.putAll(roles(login.person()));
        claims.put("iss", login.issuer());
        claims.put("sub", subject(login));
        claims.put("aud", login.target().has("openid") ? List.of(audience, login.issuer() + "userinfo") : audience);
        claims.put("iat", now);
        claims.put("exp", now + api.get().lifetime().toSeconds());
        claims.put(rfc9068 ? "client_id" : "azp", login.clientId());
        claims.put("scope", String.join(" ", login.target().scopes()));
        if (rfc9068) {
            claims.put("jti", UUID.randomUUID().toString());
        }
        if (rules.hasPermissions(audience)) {
            claims.put("permissions", List.of());
        }
        String type = rfc9068 ? "at+jwt" : "JWT";
        return new AccessToken(
                tenant.keys().sign(api.get().algorithm(), type, claims),
                api.get().lifetime());
    }

    @Override
    public Refusal refusal(GrantFlaw flaw) {
        return switch (flaw) {
            case CODE_UNKNOWN, CODE_USED, CODE_EXPIRED -> Auth0Replies.invalidGrant("Invalid authorization code");
            case CODE_OF_ANOTHER_CLIENT ->
                Auth0Replies.invalidGrant("The authorization code was issued to another client");
            case WRONG_REDIRECT_URI ->
                Auth0Replies.invalidGrant(
                        "The redirect URI is wrong. You sent another than when you asked for the code");
            case WRONG_VERIFIER -> Auth0Replies.invalidGrant("Failed to verify code verifier");
            case REFRESH_TOKEN_INVALID -> Auth0Replies.invalidGrant("Unknown or invalid refresh token.");
            case MORE_SCOPES_THAN_GRANTED -> Auth0Replies.invalidScope("More scopes than the person granted");
        };
    }

    @Override
    public String unknownApplication(String clientId) {
        return "Unknown client: " + clientId;
    }

    @Override
    public String wrongRedirectUri(String clientId) {
        return "Callback URL mismatch. The provided redirect_uri is not in the list of allowed callback URLs.";
    }

    @Override
    public String returnParameter(HttpCall call) {
        return call.path().equals(OLD_LOGOUT_PATH) ? "returnTo" : LoginDialect.super.returnParameter(call);
    }

    private Map<String, Object> roles(Person person) {
        Map<String, Object> claims = new LinkedHashMap<>();
        if (!person.roles().isEmpty()) {
            claims.put(rules.roleClaim(), person.roles());
        }
        return claims;
    }
}
