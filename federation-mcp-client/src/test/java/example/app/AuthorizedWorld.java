// SPDX-License-Identifier: Apache-2.0
package example.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import example.app.LoopbackSite.Page;
import example.app.LoopbackSite.Request;
import io.tokenfederation.mcp.McpAuthorization;
import io.tokenfederation.mcp.McpClient;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An MCP server that takes only tokens of its own authorization server, and that authorization server. Both are strict: a
 * token must be one that was issued, for this resource, and is not revoked.
 */
final class AuthorizedWorld implements AutoCloseable {
    static final String PRM = "/.well-known/oauth-protected-resource";
    static final String AS = "/.well-known/oauth-authorization-server";
    static final String SECRET = "canary-secret-8d2e";
    private static final ObjectMapper JSON = new ObjectMapper();

    final LoopbackSite server = new LoopbackSite();
    final LoopbackSite issuer = new LoopbackSite();
    final Set<String> valid = ConcurrentHashMap.newKeySet();
    final AtomicInteger issued = new AtomicInteger();
    volatile String challenge = "Bearer resource_metadata=\"" + server.url(PRM + "/mcp") + "\"";

    AuthorizedWorld() throws IOException {
        server.on("/mcp", this::mcp);
        server.on(PRM + "/mcp", Page.json(resource(server.url("/mcp"), issuer.url(""))));
        issuer.on(AS, Page.json(metadata("client_secret_basic")));
        issuer.on("/token", request -> issue(request, 3_600));
    }

    static String resource(String resource, String issuer) {
        return "{\"resource\":\"" + resource + "\",\"authorization_servers\":[\"" + issuer + "\"]}";
    }

    String metadata(String... methods) {
        return "{\"issuer\":\"" + issuer.url("") + "\",\"token_endpoint\":\"" + issuer.url("/token")
                + "\",\"token_endpoint_auth_methods_supported\":[\"" + String.join("\",\"", methods) + "\"]}";
    }

    /** Issues a token if it is for the server; who asks is looked at by the tests. */
    Page issue(Request request, int seconds) {
        if (!server.url("/mcp").equals(request.form().get("resource"))) {
            return Page.json(400, "{\"error\":\"invalid_target\"}");
        }
        String token = "opaque-token-" + issued.incrementAndGet();
        valid.add(token);
        return Page.json(
                "{\"access_token\":\"" + token + "\",\"token_type\":\"Bearer\",\"expires_in\":" + seconds + "}");
    }

    McpAuthorization secret() {
        return McpAuthorization.clientCredentials("app-1", SECRET);
    }

    McpClient client(McpAuthorization authorization) {
        return McpClient.builder(server.url("/mcp"))
                .authorization(authorization)
                .build();
    }

    String call(McpAuthorization authorization) {
        return client(authorization).callTool("query", Map.of()).text();
    }

    List<Request> tokenRequests() {
        return issuer.asked("/token");
    }

    /** Requests that carried a token. */
    List<Request> authorizedRequests() {
        return server.asked("/mcp").stream()
                .filter(request -> !request.header("Authorization").isEmpty())
                .toList();
    }

    @Override
    public void close() {
        server.close();
        issuer.close();
    }

    Page mcp(Request request) {
        String authorization = request.header("Authorization");
        if (!authorization.startsWith("Bearer ") || !valid.contains(authorization.substring("Bearer ".length()))) {
            return new Page(401, "{\"error\":\"invalid_token\"}", "WWW-Authenticate", challenge);
        }
        JsonNode message = read(request.body());
        String result = message.path("method").asText().equals("server/discover")
                ? ScriptedMcpServer.discoverResult("2026-07-28")
                : "{\"resultType\":\"complete\",\"content\":[{\"type\":\"text\",\"text\":\"ran\"}]}";
        return Page.json("{\"jsonrpc\":\"2.0\",\"id\":" + message.path("id") + ",\"result\":" + result + "}");
    }

    static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
