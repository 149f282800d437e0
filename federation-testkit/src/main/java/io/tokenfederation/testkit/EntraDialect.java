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

/** Entra ID: a tenant in the path, two versions of endpoints, and tokens whose version the resource chooses. */
final class EntraDialect implements Dialect {
    private static final String DEFAULT = "/.default";
    private static final Set<String> NO_TENANT = Set.of("common", "organizations", "consumers");

    private final URI base;
    private final Tenant tenant;
    private final EntraRules rules;
    private final EntraReplies replies;
    private final EntraClients words;
    private final ClientAuthentication clients;
    private final FederatedCredentials federated;
    private final EntraTokens tokens;
    private final Login login;

    EntraDialect(URI base, Tenant tenant) {
        this.base = base;
        this.tenant = tenant;
        this.replies = new EntraReplies(tenant);
        this.federated = new FederatedCredentials(replies, tenant);
        this.rules = new EntraRules(base, tenant, federated);
        this.words = new EntraClients(rules, replies);
        this.clients = new ClientAuthentication(tenant, words);
        this.tokens = new EntraTokens(tenant, rules, replies);
        this.login = new Login(base, tenant, new EntraLogin(tenant, rules, replies), words);
    }

    @Override
    public String issuer() {
        return base + "/" + rules.tenantId() + "/v2.0";
    }

    @Override
    public URI tokenEndpoint() {
        return base.resolve("/" + rules.tenantId() + "/oauth2/v2.0/token");
    }

    @Override
    public List<String> tokenPaths() {
        return List.of("/{}/oauth2/v2.0/token", "/{}/oauth2/token");
    }

    @Override
    public List<String> discoveryPaths() {
        return List.of("/{}/v2.0/.well-known/openid-configuration", "/{}/.well-known/openid-configuration");
    }

    @Override
    public List<String> jwksPaths() {
        return List.of("/{}/discovery/v2.0/keys", "/{}/discovery/keys");
    }

    @Override
    public Duration defaultLifetime() {
        return EntraRules.LIFETIME;
    }

    @Override
    public void register(Tenant.Api api) {
        rules.requireAllowed(api.identifier());
        tenant.register(api);
    }

    @Override
    public String subjectOf(String clientId) {
        return rules.objectId(clientId);
    }

    @Override
    public Optional<Login> login() {
        return Optional.of(login);
    }

    @Override
    public Object rules() {
        return rules;
    }

    EntraTokens tokens() {
        return tokens;
    }

    @Override
    public Reply rateLimited(Duration retryAfter, Instant now) {
        return EntraReplies.rateLimited(retryAfter, now);
    }

    @Override
    public Reply discovery(HttpCall call) {
        checkTenant(call);
        boolean v2 = call.path().contains("/v2.0/");
        String at = base + "/" + rules.tenantId();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("issuer", v2 ? issuer() : rules.v1Issuer());
        document.put("token_endpoint", at + (v2 ? "/oauth2/v2.0/token" : "/oauth2/token"));
        document.put("jwks_uri", at + (v2 ? "/discovery/v2.0/keys" : "/discovery/keys"));
        document.put("subject_types_supported", List.of("pairwise"));
        Login.describe(document);
        if (v2) {
            document.put("authorization_endpoint", at + "/oauth2/v2.0/authorize");
            document.put("end_session_endpoint", at + "/oauth2/v2.0/logout");
            document.put(
                    "userinfo_endpoint", login.dialect().endpoints().userInfo().toString());
            document.put("scopes_supported", List.of("openid", "profile", "email", "offline_access"));
        } else {
            // Nobody logs in at the endpoints of version 1 here.
            document.put("response_types_supported", List.of());
            document.put("grant_types_supported", List.of("client_credentials"));
        }
        document.put(
                "token_endpoint_auth_methods_supported",
                List.of("client_secret_post", "private_key_jwt", "client_secret_basic", "none"));
        return Reply.json(200, document);
    }

    @Override
    public Reply token(HttpCall call) {
        checkTenant(call);
        TokenRequest request = TokenRequest.read(call, what -> replies.refusal(9002313));
        String grantType = request.get("grant_type").orElseThrow(() -> replies.missing("grant_type"));
        boolean v2 = call.path().endsWith("/v2.0/token");
        if (v2 && CodeGrant.isFor(grantType)) {
            return login.codes().token(request);
        }
        if (!grantType.equals("client_credentials")) {
            throw replies.refusal(70003, "The app requested an unsupported grant type '" + grantType + "'.");
        }
        String resource = v2 ? resourceOfScope(request) : resource(request);
        String clientId = authenticated(request);
        String acr = request.get("client_assertion").isPresent() ? "2" : "1";
        EntraTokens.Issued issued = tokens.issue(clientId, resource, acr);
        return v2 ? v2Reply(issued) : v1Reply(issued);
    }

    private void checkTenant(HttpCall call) {
        String asked = call.path().split("/", -1)[1];
        if (NO_TENANT.contains(asked)) {
            throw replies.refusal(9001023);
        }
        if (!asked.equals(rules.tenantId())) {
            throw replies.refusal(
                    90002,
                    "Tenant '" + asked
                            + "' not found. Check to make sure you have the correct tenant ID and are signing"
                            + " into the correct cloud. Check with your subscription administrator, this may happen if"
                            + " there are no active subscriptions for the tenant.");
        }
    }

    private String resourceOfScope(TokenRequest request) {
        if (request.get("resource").isPresent()) {
            throw replies.refusal(901002);
        }
        String scope = request.get("scope").orElseThrow(() -> replies.missing("scope"));
        List<String> scopes = List.of(scope.strip().split("\\s+"));
        for (String one : scopes) {
            if (!one.endsWith(DEFAULT)) {
                throw replies.refusal(
                        1002012,
                        "The provided value for scope " + scope + " is not valid. Client credential flows must have a"
                                + " scope value with /.default suffixed to the resource identifier (application ID"
                                + " URI).");
            }
        }
        if (scopes.size() > 1) {
            throw replies.refusal(700022);
        }
        String resource = scope.strip().substring(0, scope.strip().length() - DEFAULT.length());
        if (resource.isEmpty()) {
            throw replies.refusal(70011);
        }
        return resource;
    }

    private String resource(TokenRequest request) {
        return request.get("resource").orElseThrow(() -> replies.missing("resource"));
    }

    private String authenticated(TokenRequest request) {
        String clientId = request.basic()
                .map(TokenRequest.Basic::clientId)
                .or(() -> request.get("client_id"))
                .orElseThrow(() -> replies.missing("client_id"));
        if (tenant.client(clientId).isEmpty()) {
            throw words.unknownClient(clientId);
        }
        if (rules.isDisabled(clientId)) {
            throw replies.refusal(7000112, "Application '" + clientId + "' is disabled.");
        }
        Optional<PresentedAssertion> external = external(request, clientId);
        if (external.isPresent()) {
            federated.verify(clientId, external.get());
            return clientId;
        }
        clients.authenticate(request);
        if (request.get("client_assertion").isEmpty() && rules.isSecretExpired(clientId)) {
            throw replies.refusal(7000222, "The provided client secret keys for app '" + clientId + "' are expired.");
        }
        return clientId;
    }

    /** The assertion, if somebody else than the client issued it and it is the only credential. */
    private static Optional<PresentedAssertion> external(TokenRequest request, String clientId) {
        return request.get("client_assertion")
                .filter(text -> request.basic().isEmpty())
                .filter(text -> request.get("client_secret").isEmpty())
                .filter(text -> request.get("client_assertion_type")
                        .filter(PresentedAssertion.TYPE::equals)
                        .isPresent())
                .flatMap(PresentedAssertion::parse)
                .filter(assertion -> !assertion.issuer().equals(clientId));
    }

    private static Reply v2Reply(EntraTokens.Issued issued) {
        Map<String, Object> reply = new LinkedHashMap<>();
        reply.put("token_type", "Bearer");
        reply.put("expires_in", issued.lifetime().toSeconds());
        reply.put("ext_expires_in", issued.lifetime().toSeconds());
        reply.put("access_token", issued.jwt());
        return Reply.json(200, reply).header("Cache-Control", "no-store, no-cache");
    }

    /** Every number is a text in it. */
    private static Reply v1Reply(EntraTokens.Issued issued) {
        return Reply.json(200, issued.asTexts()).header("Cache-Control", "no-store, no-cache");
    }
}
