// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.testkit;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who an MCP authorization server says it is: its metadata (RFC 8414), and how it lets clients authenticate. */
final class McpIssuer {
    private static final Map<ClientAuthentication.Method, String> METHODS = Map.of(
            ClientAuthentication.Method.BASIC, "client_secret_basic",
            ClientAuthentication.Method.POST, "client_secret_post",
            ClientAuthentication.Method.ASSERTION, "private_key_jwt");

    private final URI base;
    private final String path;
    private volatile List<String> methods = List.of("client_secret_basic", "private_key_jwt");
    private volatile @Nullable String claimed;

    /** The path is empty, or begins with a slash and does not end with one. */
    McpIssuer(URI base, String path) {
        this.base = base;
        this.path = path;
    }

    String name() {
        return base + path;
    }

    URI tokenEndpoint() {
        return URI.create(name() + "/token");
    }

    /** Before the path, not behind it (RFC 8414 §3.1). */
    String metadataPath() {
        return "/.well-known/oauth-authorization-server" + path;
    }

    void methods(List<String> taken) {
        if (taken.isEmpty() || !METHODS.values().containsAll(taken)) {
            throw new IllegalArgumentException("the methods there are: " + METHODS.values());
        }
        methods = taken;
    }

    boolean takes(ClientAuthentication.Method method) {
        return methods.contains(METHODS.getOrDefault(method, "none"));
    }

    void claim(String issuer) {
        claimed = issuer;
    }

    Reply metadata() {
        String lie = claimed;
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("issuer", lie == null ? name() : lie);
        document.put("token_endpoint", tokenEndpoint().toString());
        document.put("response_types_supported", List.of());
        document.put("grant_types_supported", List.of("client_credentials", McpAssertions.GRANT_TYPE));
        document.put("token_endpoint_auth_methods_supported", methods);
        document.put(
                "token_endpoint_auth_signing_alg_values_supported",
                OidcClients.ALGORITHMS.stream().sorted().toList());
        document.put("authorization_grant_profiles_supported", Set.of("urn:ietf:params:oauth:grant-profile:id-jag"));
        return Reply.json(200, document);
    }
}
