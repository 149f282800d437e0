// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An MCP server as a resource of its own authorization server: says whose tokens it takes (RFC 9728), and takes those that
 * are for it and have the scopes it wants (RFC 6750).
 */
final class McpProtectedResource implements McpGate {
    private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

    private final LoopbackMcpAuthorization authorization;
    private final URI metadata;
    private final Faults metadataFaults = new Faults(OidcReplies::rateLimited);
    private volatile String resource;
    private volatile List<String> issuers;
    private volatile List<String> scopes = List.of();
    private volatile boolean challengeNamesMetadata = true;

    McpProtectedResource(LoopbackMcpAuthorization authorization, LoopbackHttp http, URI server) {
        this.authorization = authorization;
        this.resource = server.toString();
        this.issuers = List.of(authorization.issuer());
        this.metadata = server.resolve(WELL_KNOWN + server.getPath());
        authorization.register(resource);
        http.on("GET", metadata.getPath(), metadataFaults, call -> document());
    }

    Faults metadataFaults() {
        return metadataFaults;
    }

    /** From now on it calls itself this, and takes tokens for this only. */
    void name(String name) {
        authorization.register(name);
        resource = name;
    }

    void issuers(List<String> named) {
        issuers = named;
    }

    void requireScopes(List<String> required) {
        scopes = required;
    }

    void challengeNamesMetadata(boolean names) {
        challengeNamesMetadata = names;
    }

    @Override
    public void pass(HttpCall call) {
        if (call.bearer().isEmpty()) {
            throw refusal(401, "", "");
        }
        McpAccessTokens.Access access =
                access(call).orElseThrow(() -> refusal(401, "invalid_token", "The access token is unknown or over"));
        if (!access.resource().equals(resource)) {
            throw refusal(401, "invalid_token", "The access token is for another resource");
        }
        if (!access.scopes().containsAll(scopes)) {
            throw refusal(403, "insufficient_scope", "The access token lacks a scope");
        }
    }

    /** What the token of a request that passed is good for. */
    Optional<McpAccessTokens.Access> access(HttpCall call) {
        return call.bearer().flatMap(authorization::access);
    }

    private Reply document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("resource", resource);
        document.put("authorization_servers", issuers);
        document.put("bearer_methods_supported", List.of("header"));
        if (!scopes.isEmpty()) {
            document.put("scopes_supported", scopes);
        }
        return Reply.json(200, document);
    }

    /** RFC 6750 §3.1: without an error if there was no token. */
    private Refusal refusal(int status, String error, String description) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (!error.isEmpty()) {
            parameters.put("error", error);
            parameters.put("error_description", description);
        }
        if (!scopes.isEmpty()) {
            parameters.put("scope", String.join(" ", scopes));
        }
        if (challengeNamesMetadata) {
            parameters.put("resource_metadata", metadata.toString());
        }
        String challenge = parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=\"" + parameter.getValue() + "\"")
                .reduce((one, other) -> one + ", " + other)
                .map(all -> "Bearer " + all)
                .orElse("Bearer");
        return new Refusal(Reply.json(status, error.isEmpty() ? Map.of() : Map.of("error", error))
                .header("WWW-Authenticate", challenge));
    }
}
