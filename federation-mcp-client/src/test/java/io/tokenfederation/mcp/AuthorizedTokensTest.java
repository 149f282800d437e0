// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.tokenfederation.DatabricksToken;
import io.tokenfederation.DatabricksTokenSource;
import io.tokenfederation.internal.HttpTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a token lives that an authorization server has issued; when it is renewed, the token engine's tests say. */
class AuthorizedTokensTest {
    private HttpServer issuer;

    @BeforeEach
    void start() throws IOException {
        issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        on("/.well-known/oauth-protected-resource", "{\"resource\":\"HERE\",\"authorization_servers\":[\"HERE\"]}");
        on("/.well-known/oauth-authorization-server", "{\"issuer\":\"HERE\",\"token_endpoint\":\"HERE/token\"}");
        issuer.start();
    }

    @AfterEach
    void stop() {
        issuer.stop(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {",\"expires_in\":120; 120", ",\"expires_in\":\"120\"; 120", "''; 300", ",\"expires_in\":null; 300"
            })
    void tokenLivesAsLongAsTheIssuerSaysElseFiveMinutes(String said, int seconds) {
        on("/token", "{\"access_token\":\"t\"" + said + "}");
        Instant before = Instant.now();

        DatabricksToken token = tokens().token();

        assertThat(token.expiresAt())
                .isBetween(before.plusSeconds(seconds), Instant.now().plusSeconds(seconds));
    }

    @Test
    void tokenThatEndsAtOnceIsNone() {
        on("/token", "{\"access_token\":\"t\",\"expires_in\":0}");

        McpException failure = catchThrowableOfType(McpException.class, () -> tokens().token());

        assertThat(failure.code()).isEqualTo("MCP_AUTH_REPLY_UNREADABLE");
        assertThat(failure).hasMessageContaining("ends at once");
    }

    @Test
    void failureThatIsRememberedSaysForHowLong() {
        on("/token", "{\"access_token\":\"t\",\"expires_in\":0}");
        DatabricksTokenSource tokens = tokens();
        McpException first = catchThrowableOfType(McpException.class, tokens::token);

        McpException failure = catchThrowableOfType(McpException.class, tokens::token);

        assertThat(first.retryAfter()).isEmpty();
        assertThat(failure.code()).isEqualTo("MCP_AUTH_REPLY_UNREADABLE");
        assertThat(failure.retryAfter())
                .hasValueSatisfying(wait -> assertThat(wait).isGreaterThan(Duration.ofSeconds(10)));
    }

    @Test
    void nobodysNameIsPrintedButTheServers() {
        assertThat(tokens()).hasToString("AuthorizedTokens[AuthorizationDiscovery[" + here() + "]]");
    }

    private DatabricksTokenSource tokens() {
        Duration time = Duration.ofSeconds(10);
        return McpAuthorization.clientCredentials("app-1", "secret-1")
                .tokensFor(URI.create(here()), HttpTransport.create(time, time));
    }

    private String here() {
        return "http://127.0.0.1:" + issuer.getAddress().getPort();
    }

    private void on(String path, String json) {
        issuer.createContext(path, exchange -> {
            byte[] bytes = json.replace("HERE", here()).getBytes(StandardCharsets.UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }
}
