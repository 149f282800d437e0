// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenfederation.internal.HttpTransport;
import io.tokenfederation.internal.SafeText;
import java.net.URI;
import java.util.List;

/**
 * Who issues an MCP server's tokens, as its own metadata says (RFC 8414 §2, OpenID Connect Discovery §3).
 *
 * @param name its name
 * @param tokenEndpoint where it issues tokens
 * @param methods how it lets clients authenticate there; empty if it does not say
 * @param algorithms how it lets clients sign assertions; empty if it does not say
 */
record AuthorizationServer(Place name, URI tokenEndpoint, List<String> methods, List<String> algorithms) {
    AuthorizationServer {
        methods = List.copyOf(methods);
        algorithms = List.copyOf(algorithms);
    }

    /** {@return its name, character for character} */
    String issuer() {
        return name.uri().toString();
    }

    /**
     * Reads the document.
     *
     * @throws McpException if it names another issuer than the one it was asked for under, so that somebody else's
     *     endpoint could be passed off as the issuer's (RFC 8414 §3.3), or has no token endpoint that a credential may go to
     */
    static AuthorizationServer read(JsonNode document, Place issuer, Place from) {
        String named = document.path("issuer").asText("");
        if (!named.equals(issuer.uri().toString())) {
            throw new McpException(McpErrorCode.MCP_AUTH_ISSUER_MISMATCH.problem("the metadata at " + from
                    + " names the issuer '" + SafeText.of(named) + "', but was asked for as '" + issuer + "'"));
        }
        return new AuthorizationServer(
                issuer,
                tokenEndpoint(document, issuer, from),
                ProtectedResource.texts(document.path("token_endpoint_auth_methods_supported")),
                ProtectedResource.texts(document.path("token_endpoint_auth_signing_alg_values_supported")));
    }

    /** {@return it, for messages} */
    String who() {
        return "the authorization server '" + name + "'";
    }

    private static URI tokenEndpoint(JsonNode document, Place issuer, Place from) {
        String address = document.path("token_endpoint").asText("");
        try {
            URI endpoint =
                    HttpTransport.requireSecure(HttpTransport.parse(address, "token_endpoint"), "token_endpoint");
            // Loopback may be asked without TLS, but by no server that is elsewhere.
            if (endpoint.getScheme().equalsIgnoreCase("http")
                    && !issuer.uri().getScheme().equalsIgnoreCase("http")) {
                throw new IllegalArgumentException("token_endpoint must use https, as the issuer does");
            }
            return endpoint;
        } catch (IllegalArgumentException e) {
            throw new McpException(McpErrorCode.MCP_AUTH_METADATA_INVALID.problem(
                    "in the metadata at " + from + ", " + e.getMessage()));
        }
    }
}
