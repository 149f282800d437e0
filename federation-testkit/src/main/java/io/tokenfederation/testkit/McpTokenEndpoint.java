// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The token endpoint of an MCP authorization server: every token is for one resource, which the request names (RFC 8707). */
final class McpTokenEndpoint {
    private final Tenant tenant;
    private final ClientAuthentication clients;
    private final McpAssertions assertions;
    private final McpAccessTokens tokens;

    McpTokenEndpoint(Tenant tenant, ClientAuthentication clients, McpAssertions assertions, McpAccessTokens tokens) {
        this.tenant = tenant;
        this.clients = clients;
        this.assertions = assertions;
        this.tokens = tokens;
    }

    Reply token(HttpCall call) {
        TokenRequest request = TokenRequest.read(call, OidcReplies::invalidRequest);
        McpGrantee grantee = switch (request.required("grant_type")) {
            case "client_credentials" -> McpGrantee.itself(clients.authenticate(request));
            case McpAssertions.GRANT_TYPE -> assertions.grantee(request);
            default -> throw OidcReplies.unsupportedGrantType();
        };
        String resource = request.get("resource").orElseThrow(() -> OidcReplies.invalidTarget("none is named"));
        Tenant.Api api = tenant.api(resource)
                .filter(known -> grantee.mayReach(resource))
                .orElseThrow(() -> OidcReplies.invalidTarget(resource));
        Tenant.Grant grant = tenant.grant(grantee.clientId(), resource)
                .orElseThrow(() -> OidcReplies.invalidTarget(resource + ", for this client"));
        return issue(grantee, api, scopes(request, grantee, grant));
    }

    private static Set<String> scopes(TokenRequest request, McpGrantee grantee, Tenant.Grant grant) {
        Optional<String> asked = request.get("scope");
        if (asked.isEmpty()) {
            Set<String> all = new TreeSet<>(grant.scopes());
            grantee.scopes().ifPresent(all::retainAll);
            return all;
        }
        List<String> scopes = List.of(asked.get().split(" ", -1));
        if (!grant.scopes().containsAll(scopes) || !grantee.mayHave(scopes)) {
            throw OidcReplies.invalidScope(asked.get());
        }
        return new TreeSet<>(scopes);
    }

    private Reply issue(McpGrantee grantee, Tenant.Api api, Set<String> scopes) {
        long seconds = tenant.lifetimeFor(api).toSeconds();
        tenant.countIssued();
        String token = tokens.issue(new McpAccessTokens.Access(
                grantee.clientId(),
                grantee.subject(),
                api.identifier(),
                scopes,
                tenant.now().plusSeconds(seconds)));
        Map<String, Object> reply = new LinkedHashMap<>();
        reply.put("access_token", token);
        reply.put("token_type", "Bearer");
        reply.put("expires_in", seconds);
        if (!scopes.isEmpty()) {
            reply.put("scope", String.join(" ", scopes));
        }
        return Reply.json(200, reply).header("Cache-Control", "no-store");
    }
}
