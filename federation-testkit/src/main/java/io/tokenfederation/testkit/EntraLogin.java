// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Entra ID's login at the endpoints of version 2: a resource by its scopes, and codes that only browsers may redeem. */
final class EntraLogin implements LoginDialect {
    private static final String USER_INFO = "/oidc/userinfo";

    private final Tenant tenant;
    private final EntraRules rules;
    private final EntraReplies replies;
    private final EntraPeople people;

    EntraLogin(Tenant tenant, EntraRules rules, EntraReplies replies) {
        this.tenant = tenant;
        this.rules = rules;
        this.replies = replies;
        this.people = new EntraPeople(tenant, rules);
    }

    @Override
    public Endpoints endpoints() {
        String at = rules.authority() + "/" + rules.tenantId() + "/oauth2/v2.0/";
        return new Endpoints(
                URI.create(at + "authorize"), rules.authority().resolve(USER_INFO), URI.create(at + "logout"));
    }

    @Override
    public List<String> authorizePaths() {
        return List.of("/{}/oauth2/v2.0/authorize");
    }

    /** The real one is Microsoft Graph's. */
    @Override
    public List<String> userInfoPaths() {
        return List.of(USER_INFO);
    }

    @Override
    public List<String> logoutPaths() {
        return List.of("/{}/oauth2/v2.0/logout");
    }

    @Override
    public void check(HttpCall call) {
        if (!call.path().equals(USER_INFO) && !call.path().startsWith("/" + rules.tenantId() + "/")) {
            throw LoginPage.refusal(400, "AADSTS90002: Tenant not found. Check to make sure you have the correct ID.");
        }
    }

    @Override
    public String issuer(HttpCall call) {
        return people.issuer();
    }

    @Override
    public LoginTarget target(AuthorizationRequest request) {
        if (request.get("resource").isPresent()) {
            throw refusal(request, "invalid_request", 901002);
        }
        if (request.scopes().isEmpty()) {
            throw request.refusal(
                    "invalid_request", "AADSTS900144: The request body must contain the following parameter: 'scope'.");
        }
        Set<Tenant.Api> apis = new LinkedHashSet<>();
        for (String scope : request.scopes()) {
            if (!OPENID_SCOPES.contains(scope)) {
                apis.add(granted(request, scope));
            }
        }
        if (apis.size() > 1) {
            throw refusal(request, "invalid_scope", 700022);
        }
        return new LoginTarget(apis.stream().findFirst(), request.scopes());
    }

    /** The resource of this scope, if the application may have the scope. */
    private Tenant.Api granted(AuthorizationRequest request, String scope) {
        int slash = scope.lastIndexOf('/');
        if (slash <= 0) {
            throw refusal(request, "invalid_scope", 70011);
        }
        Tenant.Api api = rules.resource(scope.substring(0, slash))
                .orElseThrow(() -> refusal(request, "invalid_resource", 500011));
        Tenant.Grant grant = tenant.grant(request.application().clientId(), api.identifier())
                .orElseThrow(() -> request.refusal(
                        "consent_required",
                        "AADSTS65001: The user or administrator has not consented to use the application."));
        String name = scope.substring(slash + 1);
        if (!name.equals(".default") && !grant.scopes().contains(name)) {
            throw request.refusal(
                    "invalid_client",
                    "AADSTS650053: The application asked for scope '" + name + "' that doesn't exist on the resource.");
        }
        return api;
    }

    private static Refusal refusal(AuthorizationRequest request, String error, int code) {
        return request.refusal(error, "AADSTS" + code + ": " + Aadsts.of(code).text());
    }

    @Override
    public String subject(Authorization login) {
        return people.subject(login.person(), login.clientId());
    }

    @Override
    public Map<String, Object> identity(Authorization login) {
        return people.identity(login);
    }

    /** For no API of one's own it is a token for Microsoft Graph, which nobody else can verify. */
    @Override
    public AccessToken accessToken(Authorization login) {
        Optional<Tenant.Api> api = login.target().api();
        if (api.isEmpty()) {
            return new AccessToken(OneTimeTokens.random(), EntraRules.LIFETIME);
        }
        return new AccessToken(
                tenant.keys().sign(api.get().algorithm(), people.accessTokenClaims(login, api.get())),
                api.get().lifetime());
    }

    @Override
    public boolean opensUserInfo(Authorization login) {
        return login.target().api().isEmpty();
    }

    @Override
    public Refusal refusal(GrantFlaw flaw) {
        return switch (flaw) {
            case CODE_UNKNOWN, CODE_OF_ANOTHER_CLIENT -> replies.refusal(70000);
            case CODE_USED -> replies.refusal(54005);
            case CODE_EXPIRED -> replies.refusal(70008);
            case WRONG_REDIRECT_URI -> replies.refusal(500112);
            case WRONG_VERIFIER -> replies.refusal(501481);
            case REFRESH_TOKEN_INVALID -> replies.refusal(700084);
            case MORE_SCOPES_THAN_GRANTED -> replies.refusal(70011);
        };
    }

    /** Codes of a single-page application are for browsers, which say where their script comes from. */
    @Override
    public void checkRedemption(HttpCall call) {
        if (call.header("Origin").isEmpty()) {
            throw replies.refusal(9002327);
        }
    }

    @Override
    public String unknownApplication(String clientId) {
        return "AADSTS700016: Application with identifier '" + clientId + "' was not found in the directory '"
                + rules.tenantId() + "'.";
    }

    @Override
    public String wrongRedirectUri(String clientId) {
        return "AADSTS50011: The redirect URI specified in the request does not match the redirect URIs configured for"
                + " the application '" + clientId + "'.";
    }

    @Override
    public boolean returnsToAny() {
        return true;
    }
}
