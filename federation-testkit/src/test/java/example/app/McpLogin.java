// SPDX-License-Identifier: Apache-2.0
package example.app;

import io.tokenfederation.mcp.McpAuthorization;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpException;
import io.tokenfederation.testkit.LoopbackMcpAuthorization;
import io.tokenfederation.testkit.LoopbackMcpServer;
import java.util.Map;
import org.assertj.core.api.Assertions;

/** An MCP server with an authorization server of its own, at which app-1 has a secret and may read files. */
final class McpLogin implements AutoCloseable {
    final LoopbackMcpAuthorization login;
    final LoopbackMcpServer server;

    McpLogin() {
        this("");
    }

    McpLogin(String issuerPath) {
        login = LoopbackMcpAuthorization.builder().issuerPath(issuerPath).start();
        server = LoopbackMcpServer.start(login);
        login.m2mClient("app-1", "secret").grant("app-1", server.uri(), "files:read", "files:list");
    }

    McpAuthorization secret() {
        return McpAuthorization.clientCredentials("app-1", "secret").issuer(login.issuer());
    }

    McpClient client(McpAuthorization authorization) {
        return McpClient.builder(server.uri()).authorization(authorization).build();
    }

    String whoami(McpAuthorization authorization) {
        return whoami(client(authorization));
    }

    static String whoami(McpClient mcp) {
        return mcp.callTool("whoami", Map.of()).text();
    }

    McpException failure(McpAuthorization authorization) {
        return failure(client(authorization));
    }

    static McpException failure(McpClient mcp) {
        return Assertions.catchThrowableOfType(McpException.class, () -> whoami(mcp));
    }

    @Override
    public void close() {
        server.close();
        login.close();
    }
}
