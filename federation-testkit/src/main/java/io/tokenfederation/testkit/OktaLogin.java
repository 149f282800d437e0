// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Okta's login at a custom authorization server: no audience to ask for, groups in both tokens, two kinds of subject. */
final class OktaLogin implements LoginDialect {
    private static final String AT = "/oauth2/{}/v1/";

    private final Tenant tenant;
    private final OktaRules rules;

    OktaLogin(Tenant tenant, OktaRules rules) {
        this.tenant = tenant;
        this.rules = rules;
    }

    @Override
    public Endpoints endpoints() {
        String at = rules.issuer(OktaRules.DEFAULT) + "/v1/";
        return new Endpoints(URI.create(at + "authorize"), URI.create(at + "userinfo"), URI.create(at + "logout"));
    }

    @Override
    public List<String> authorizePaths() {
        return List.of(AT + "authorize");
    }

    @Override
    public List<String> userInfoPaths() {
        return List.of(AT + "userinfo");
    }

    @Override
    public List<String> logoutPaths() {
        return List.of(AT + "logout");
    }

    @Override
    public void check(HttpCall call) {
        if (rules.api(OktaRules.server(call)).isEmpty()) {
            throw LoginPage.refusal(400, "The authorization server id is invalid.");
        }
    }

    @Override
    public String issuer(HttpCall call) {
        return rules.origin(call) + "/oauth2/" + OktaRules.server(call);
    }

    @Override
    public LoginTarget target(AuthorizationRequest request) {
        Tenant.Api api = rules.api(OktaRules.server(request.call())).orElseThrow();
        List<String> scopes = request.scopes().isEmpty() ? rules.defaultScopes() : request.scopes();
        if (scopes.isEmpty()) {
            throw request.refusal(
                    "invalid_scope",
                    "The authorization server resource does not have any configured default scopes, 'scope' must be"
                            + " provided.");
        }
        List<String> custom =
                scopes.stream().filter(scope -> !OPENID_SCOPES.contains(scope)).toList();
        if (!custom.stream().allMatch(scope -> rules.isConfigured(scope, api.identifier()))) {
            throw request.refusal(
                    "invalid_scope", "One or more scopes are not configured for the authorization server resource.");
        }
        List<String> allowed = tenant.grant(request.application().clientId(), api.identifier())
                .orElseThrow(() -> request.refusal(
                        "access_denied",
                        "Policy evaluation failed for this request, please check the policy configurations."))
                .scopes();
        List<String> denied =
                custom.stream().filter(scope -> !allowed.contains(scope)).toList();
        if (!denied.isEmpty()) {
            throw request.refusal(
                    "access_denied",
                    "Some of the requested scopes were denied by the policy. Denied scopes: " + denied + ".");
        }
        return new LoginTarget(Optional.of(api), scopes);
    }

    /** The user's id; the access token's subject is the login. */
    @Override
    public String subject(Authorization login) {
        return id("00u", "person " + login.person().username());
    }

    @Override
    public Map<String, Object> identity(Authorization login) {
        Map<String, Object> claims = userInfo(login);
        claims.put("ver", 1);
        claims.put("jti", "ID." + UUID.randomUUID());
        claims.put("idp", id("00o", "org"));
        claims.put("amr", List.of("pwd"));
        return claims;
    }

    @Override
    public Map<String, Object> userInfo(Authorization login) {
        Map<String, Object> claims = login.person().claims(login.target());
        if (login.target().has("profile")) {
            claims.put("preferred_username", login.person().username());
        }
        claims.put("groups", groups(login.person()));
        return claims;
    }

    @Override
    public AccessToken accessToken(Authorization login) {
        Tenant.Api api = login.target().api().orElseThrow();
        long now = tenant.now().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>(login.person().customClaims());
        claims.put("ver", 1);
        claims.put("jti", "AT." + UUID.randomUUID());
        claims.put("iss", login.issuer());
        claims.put("aud", api.identifier());
        claims.put("iat", now);
        claims.put("exp", now + api.lifetime().toSeconds());
        claims.put("cid", login.clientId());
        claims.put("uid", subject(login));
        claims.put("scp", login.target().scopes());
        claims.put("auth_time", login.authTime().getEpochSecond());
        claims.put("sub", login.person().username());
        claims.put("groups", groups(login.person()));
        return new AccessToken(tenant.keys().sign(api.algorithm(), claims), api.lifetime());
    }

    @Override
    public Refusal refusal(GrantFlaw flaw) {
        return switch (flaw) {
            case CODE_UNKNOWN, CODE_USED, CODE_EXPIRED, CODE_OF_ANOTHER_CLIENT ->
                OktaReplies.invalidGrant("The authorization code is invalid or has expired.");
            case WRONG_REDIRECT_URI ->
                OktaReplies.invalidGrant(
                        "The 'redirect_uri' does not match the redirection URI used in the authorization request.");
            case WRONG_VERIFIER -> OktaReplies.invalidGrant("PKCE verification failed.");
            case REFRESH_TOKEN_INVALID -> OktaReplies.invalidGrant("The refresh token is invalid or expired.");
            case MORE_SCOPES_THAN_GRANTED -> OktaReplies.unknownScope();
        };
    }

    @Override
    public boolean isServerOf(Authorization login, HttpCall call) {
        return login.issuer().endsWith("/oauth2/" + OktaRules.server(call));
    }

    @Override
    public String unknownApplication(String clientId) {
        return "Invalid value for 'client_id' parameter.";
    }

    @Override
    public String wrongRedirectUri(String clientId) {
        return "The 'redirect_uri' parameter must be a Login redirect URI in the client app settings.";
    }

    @Override
    public boolean logoutNeedsHint() {
        return true;
    }

    /** Everybody is in one group at least. */
    private static List<String> groups(Person person) {
        Set<String> groups = new LinkedHashSet<>(List.of("Everyone"));
        groups.addAll(person.groups());
        groups.addAll(person.roles());
        return new ArrayList<>(groups);
    }

    private static String id(String prefix, String name) {
        return prefix + Tenant.idFor(name).replace("-", "").substring(0, 17);
    }
}
