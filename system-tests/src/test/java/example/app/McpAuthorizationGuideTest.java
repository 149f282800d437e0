// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenfederation.IdpToken;
import io.tokenfederation.SigningKey;
import io.tokenfederation.mcp.IdentityAssertion;
import io.tokenfederation.mcp.McpAuthorization;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.testkit.Fault;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.LoopbackMcpAuthorization;
import io.tokenfederation.testkit.LoopbackMcpServer;
import io.tokenfederation.testkit.McpResourceRules;
import io.tokenfederation.testkit.OidcRules;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page about MCP's own authorization shows, with a server, its authorization server and an identity provider. */
class McpAuthorizationGuideTest {
    private record Session(String idToken) {}

    @TempDir
    Path directory;

    private final LoopbackIdp idp = LoopbackIdp.oidc().start();
    private final LoopbackMcpAuthorization login = LoopbackMcpAuthorization.start();
    private final LoopbackMcpServer server = LoopbackMcpServer.start(login);
    private final String clientId = "app-1";
    private final String clientSecret = "secret-of-app-1";
    private final String ssoClientId = "sso-1";
    private final String ssoSecret = "secret-of-sso-1";
    private final String issuer = login.issuer();
    private final URI serverUrl = server.uri();
    private final String idpTokenEndpoint = idp.tokenEndpoint().toString();

    @AfterEach
    void stop() {
        server.close();
        login.close();
        idp.close();
    }

    @Test
    void applicationWithASecret() {
        login.m2mClient(clientId, clientSecret).grant(clientId, serverUrl, "files:read", "files:list");
        McpAuthorization authorization = McpAuthorization.clientCredentials(clientId, clientSecret)
                .issuer(issuer)
                .scopes("files:read");
        McpClient mcp =
                McpClient.builder(serverUrl).authorization(authorization).build();

        assertThat(whoami(mcp)).contains("\"subject\":\"app-1\"", "[\"files:read\"]");
    }

    @Test
    void applicationWithAKeyOrAPlatform() throws IOException {
        PemPair pair = PemPair.rsa();
        login.m2mClientWithKey(clientId, pair.publicKey())
                .grant(clientId, serverUrl)
                .workload("agent-7", idp.issuer(), "job-7")
                .grant("agent-7", serverUrl);
        String jwt = idp.userToken("job-7").audience(issuer).sign();
        Path pemFile = Files.writeString(directory.resolve("key.pem"), pair.privateKey());
        Path tokenFile = Files.writeString(directory.resolve("token"), jwt + "\n");
        McpAuthorization byKey = McpAuthorization.clientCredentials(
                clientId, SigningKey.fromPem(Files.readString(pemFile)).keyId("2026-11"));
        McpAuthorization byPlatform = McpAuthorization.workloadIdentity(
                () -> IdpToken.parse(Files.readString(tokenFile).strip()));

        assertThat(whoami(client(byKey))).contains("\"subject\":\"app-1\"");
        assertThat(whoami(client(byPlatform))).contains("\"subject\":\"agent-7\"");
    }

    @Test
    void person() {
        login.m2mClient(clientId, clientSecret)
                .grant(clientId, serverUrl, "chat.read")
                .identityProvider(idp.issuer());
        idp.m2mClient(ssoClientId, ssoSecret);
        OidcRules.of(idp).vouchFor(ssoClientId, issuer, clientId, "chat.read");
        Session session =
                new Session(idp.userToken("sarah").audience(ssoClientId).sign());
        IdentityAssertion person = IdentityAssertion.of(idpTokenEndpoint, ssoClientId, () -> session.idToken())
                .clientSecret(ssoSecret);
        McpAuthorization authorization = McpAuthorization.enterpriseManaged(clientId, clientSecret, person);

        assertThat(whoami(client(authorization))).contains("\"subject\":\"sarah\"", "[\"chat.read\"]");
    }

    @Test
    void testsOfAnApplication() {
        try (LoopbackMcpAuthorization login = LoopbackMcpAuthorization.start();
                LoopbackMcpServer server = LoopbackMcpServer.start(login)) {
            login.m2mClient("app-1", "secret").grant("app-1", server.uri(), "files:read", "files:write");
            McpAuthorization authorization = McpAuthorization.clientCredentials("app-1", "secret")
                    .issuer(login.issuer())
                    .scopes("files:read");
            McpClient mcp =
                    McpClient.builder(server.uri()).authorization(authorization).build();

            assertThat(mcp.callTool("whoami", Map.of()).text()).contains("app-1", "files:read");
            login.revokeTokens(); // the next call gets a new one, at most once in 30 seconds
            McpResourceRules.of(server).requireScopes("files:write"); // and MCP_INSUFFICIENT_SCOPE
            assertThatThrownBy(() -> mcp.callTool("whoami", Map.of())).hasMessageContaining("'files:write'");
            login.failAlways(Fault.status(503)); // MCP_AUTH_UNAVAILABLE, once a token is asked for again
        }
    }

    @Test
    void peopleInTests() {
        login.m2mClient("app-1", "secret").grant("app-1", server.uri(), "chat.read");
        login.identityProvider(idp.issuer());
        idp.m2mClient("sso-1", "sso-secret");
        OidcRules.of(idp).vouchFor("sso-1", login.issuer(), "app-1", "chat.read");
        String idToken = idp.userToken("sarah").audience("sso-1").sign();

        IdentityAssertion person =
                IdentityAssertion.of(idpTokenEndpoint, "sso-1", () -> idToken).clientSecret("sso-secret");
        assertThat(whoami(client(McpAuthorization.enterpriseManaged("app-1", "secret", person))))
                .contains("sarah");
    }

    private McpClient client(McpAuthorization authorization) {
        return McpClient.builder(serverUrl).authorization(authorization).build();
    }

    private static String whoami(McpClient mcp) {
        return mcp.callTool("whoami", Map.of()).text();
    }
}
