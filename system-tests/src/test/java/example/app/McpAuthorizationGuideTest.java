// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tokenfederation.IdpToken;
import io.tokenfederation.SigningKey;
import io.tokenfederation.mcp.IdentityAssertion;
import io.tokenfederation.mcp.McpAuthorization;
import io.tokenfederation.mcp.McpClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page about MCP's own authorization shows: server, authorization server and identity provider on one host. */
class McpAuthorizationGuideTest {
    private static final String TYPE = "urn:ietf:params:oauth:token-type:id-jag";

    private record Session(String idToken) {}

    @TempDir
    Path directory;

    private final List<String> forms = new CopyOnWriteArrayList<>();
    private final String clientId = "app-1";
    private final String clientSecret = "secret-of-app-1";
    private final String ssoClientId = "sso-1";
    private final String ssoSecret = "secret-of-sso-1";
    private HttpServer host;
    private String issuer;
    private String serverUrl;
    private String idpTokenEndpoint;

    @BeforeEach
    void start() throws IOException {
        host = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        issuer = "http://127.0.0.1:" + host.getAddress().getPort();
        serverUrl = issuer + "/mcp";
        idpTokenEndpoint = issuer + "/idp/token";
        host.createContext("/mcp", this::mcp);
        host.createContext(
                "/.well-known/oauth-protected-resource/mcp",
                exchange -> reply(exchange, 200, "{'resource':'SERVER','authorization_servers':['ISSUER']}"));
        host.createContext(
                "/.well-known/oauth-authorization-server",
                exchange -> reply(
                        exchange,
                        200,
                        "{'issuer':'ISSUER','token_endpoint':'ISSUER/token','token_endpoint_auth_methods_supported':"
                                + "['client_secret_basic','private_key_jwt']}"));
        host.createContext("/token", exchange -> {
            form(exchange);
            reply(exchange, 200, "{'access_token':'good','token_type':'Bearer','expires_in':3600}");
        });
        host.createContext("/idp/token", exchange -> {
            form(exchange);
            String grant = jwt(issuer);
            reply(
                    exchange,
                    200,
                    "{'access_token':'" + grant + "','issued_token_type':'" + TYPE + "','token_type':'N_A'}");
        });
        host.start();
    }

    @AfterEach
    void stop() {
        host.stop(0);
    }

    @Test
    void applicationWithASecret() {
        McpAuthorization authorization = McpAuthorization.clientCredentials(clientId, clientSecret)
                .issuer(issuer)
                .scopes("files:read");
        McpClient mcp =
                McpClient.builder(serverUrl).authorization(authorization).build();

        assertThat(mcp.server().name()).isEqualTo("guide");
        assertThat(forms).singleElement().asString().contains("scope=files:read", "resource=" + serverUrl);
    }

    @Test
    void applicationWithAKeyOrAPlatform() throws IOException {
        Path pemFile =
                Files.writeString(directory.resolve("key.pem"), PemPair.rsa().privateKey());
        Path tokenFile = Files.writeString(directory.resolve("token"), jwt(issuer) + "\n");
        McpAuthorization byKey = McpAuthorization.clientCredentials(
                clientId, SigningKey.fromPem(Files.readString(pemFile)).keyId("2026-11"));
        McpAuthorization byPlatform = McpAuthorization.workloadIdentity(
                () -> IdpToken.parse(Files.readString(tokenFile).strip()));

        assertThat(client(byKey).server().name()).isEqualTo("guide");
        assertThat(client(byPlatform).server().name()).isEqualTo("guide");
        assertThat(forms).hasSize(2);
        assertThat(forms.get(0)).contains("client_assertion=");
        assertThat(forms.get(1)).contains("assertion=" + jwt(issuer));
    }

    @Test
    void person() {
        Session session = new Session("id-token-of-a-person");
        IdentityAssertion person = IdentityAssertion.of(idpTokenEndpoint, ssoClientId, () -> session.idToken())
                .clientSecret(ssoSecret);
        McpAuthorization authorization = McpAuthorization.enterpriseManaged(clientId, clientSecret, person);

        assertThat(client(authorization).server().name()).isEqualTo("guide");
        assertThat(forms).hasSize(2);
        assertThat(forms.get(0)).contains("subject_token=" + session.idToken(), "audience=" + issuer);
        assertThat(forms.get(1)).contains("assertion=" + jwt(issuer));
    }

    private McpClient client(McpAuthorization authorization) {
        return McpClient.builder(serverUrl).authorization(authorization).build();
    }

    private void mcp(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (!"Bearer good".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            reply(exchange, 401, "{}");
            return;
        }
        String id = body.replaceFirst("(?s).*\"id\":(\\d+).*", "$1");
        reply(
                exchange,
                200,
                "{'jsonrpc':'2.0','id':" + id + ",'result':{'resultType':'complete','supportedVersions':['2026-07-28'],"
                        + "'capabilities':{},'_meta':{'io.modelcontextprotocol/serverInfo':{'name':'guide','version':'1'}}}}");
    }

    private void form(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        forms.add(URLDecoder.decode(body, StandardCharsets.UTF_8));
    }

    private void reply(HttpExchange exchange, int status, String json) throws IOException {
        String text = json.replace('\'', '"').replace("SERVER", serverUrl).replace("ISSUER", issuer);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String jwt(String audience) {
        String claims = "{\"iss\":\"https://platform.example.com\",\"aud\":\"" + audience
                + "\",\"sub\":\"someone\",\"exp\":4070908800}";
        return encoded("{\"alg\":\"RS256\"}") + "." + encoded(claims) + ".c2ln";
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
