// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import example.app.ScriptedMcpServer.Call;
import io.tokenfederation.Caller;
import io.tokenfederation.ResolvedRole;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.VerifiedClaims;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpClientBuilder;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class McpHeadersTest {
    private final Tokens tokens = new Tokens("t1");
    private ScriptedMcpServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedMcpServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void everyRequestAcceptsBothFramingsAndCarriesTheToken() {
        client().build().callTool("query", Map.of());

        assertThat(server.calls).hasSize(3).allSatisfy(call -> {
            assertThat(call.header("Accept")).isEqualTo("application/json, text/event-stream");
            assertThat(call.header("Content-Type")).isEqualTo("application/json");
            assertThat(call.header("Authorization")).isEqualTo("Bearer t1");
        });
    }

    @Test
    void tokenIsAskedForOnEveryRequest() {
        client().build().callTool("query", Map.of());

        assertThat(tokens.asked).hasValue(4);
    }

    @Test
    void versionAndSessionAreSentOnceTheyAreKnown() {
        client().build().callTool("query", Map.of());

        assertThat(server.calls)
                .extracting(call -> call.header("MCP-Protocol-Version"))
                .containsExactly("", "2025-11-25", "2025-11-25");
        assertThat(server.calls)
                .extracting(call -> call.header("Mcp-Session-Id"))
                .containsExactly("", "session-1", "session-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-03-26", "2025-06-18"})
    void olderVersionIsTakenAndSentBack(String version) {
        server.on(
                "initialize", (call, wire) -> wire.json(200, call.result(ScriptedMcpServer.initializeResult(version))));

        client().build().callTool("query", Map.of());

        Call last = server.calls.get(2);
        assertThat(last.header("MCP-Protocol-Version")).isEqualTo(version);
        assertThat(last.headers()).doesNotContainKey("mcp-session-id");
    }

    @Test
    void personAndRoleAreNotSentUnlessAskedFor() {
        client().build().callTool("query", Map.of());

        assertThat(server.calls)
                .allSatisfy(call -> assertThat(call.headers().keySet())
                        .doesNotContain("x-caller-email", "x-caller-role", "x-databricks-token"));
    }

    @Test
    void personAndRoleAreSentForAudit() {
        client().caller(caller("sarah@partner.com"))
                .role(role("west_sales"))
                .build()
                .callTool("query", Map.of());

        assertThat(server.calls).hasSize(3).allSatisfy(call -> {
            assertThat(call.header("X-Caller-Email")).isEqualTo("sarah@partner.com");
            assertThat(call.header("X-Caller-Role")).isEqualTo("west_sales");
        });
    }

    @Test
    void personWithoutAnAddressIsNobodysHeader() {
        Caller nameless = Caller.of(VerifiedClaims.alreadyVerified(Map.of("iss", "https://idp.example", "sub", "7")));

        client().caller(nameless).build().callTool("query", Map.of());

        assertThat(server.calls).noneSatisfy(call -> assertThat(call.headers()).containsKey("x-caller-email"));
    }

    @Test
    void forwardedTokenIsTheOneOfAuthorization() {
        client().forwardToken(true).build().callTool("query", Map.of());

        assertThat(server.calls)
                .hasSize(3)
                .allSatisfy(
                        call -> assertThat(call.header("X-Databricks-Token")).isEqualTo("t1"));
    }

    @ParameterizedTest
    @CsvSource({
        "sarah+west@partner.com, sarah+west@partner.com",
        "jürgen@example.com, j%C3%BCrgen@example.com",
        "'名@example.com', %E5%90%8D@example.com",
        "' a@b ', %20a@b%20",
        "'a b@c', a%20b@c",
        "'a\tb', a%09b",
        "50%25@b, 50%2525@b"
    })
    void addressThatAHeaderCannotCarryIsPercentEncoded(String address, String sent) {
        client().caller(caller(address)).build().callTool("query", Map.of());

        assertThat(server.calls)
                .hasSize(3)
                .allSatisfy(call -> assertThat(call.header("X-Caller-Email")).isEqualTo(sent));
    }

    @Test
    void lineBreakInAnAddressMakesNoHeaderOfItsOwn() {
        client().caller(caller("a@b\r\nX-Evil: 1\u007F")).build().callTool("query", Map.of());

        assertThat(server.calls).hasSize(3).allSatisfy(call -> {
            assertThat(call.header("X-Caller-Email")).isEqualTo("a@b%0D%0AX-Evil:%201%7F");
            assertThat(call.headers()).doesNotContainKey("x-evil");
        });
    }

    @Test
    void emptyAddressIsNobodysHeader() {
        client().caller(caller("")).build().callTool("query", Map.of());

        assertThat(server.calls)
                .hasSize(3)
                .noneSatisfy(call -> assertThat(call.headers()).containsKey("x-caller-email"));
    }

    @Test
    void roleThatCannotBeSentIsRefusedAtOnce() {
        assertThatThrownBy(() -> client().role(role("west\nsales")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("X-Caller-Role");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://example.com/mcp", "https://user:pw@example.com/mcp", "/mcp", "ftp://example.com"})
    void placeThatCredentialsMayNotGoToIsRefusedAtOnce(String uri) {
        assertThatThrownBy(() -> McpClient.builder(uri)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user:canary@example.com/m cp",
                "https://user:canary@exa mple.com/mcp",
                "https://user:canary@my_host/mcp",
                "user:canary@example.com/mcp"
            })
    void passwordInAUrlThatIsNoneIsNotQuoted(String uri) {
        assertThatThrownBy(() -> McpClient.builder(uri))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the MCP URL")
                .hasNoCause()
                .satisfies(e -> assertThat(e.toString()).doesNotContain("canary"));
    }

    @ParameterizedTest
    @EnumSource(names = {"NORMAL", "ALWAYS"})
    void clientThatFollowsRedirectsIsRefused(HttpClient.Redirect follows) {
        HttpClient follower = HttpClient.newBuilder().followRedirects(follows).build();

        assertThatThrownBy(() -> client().httpClient(follower).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("redirects");
    }

    @Test
    void connectTimeoutBesideAnHttpClientIsRefused() {
        assertThatThrownBy(() -> client().httpClient(HttpClient.newHttpClient())
                        .connectTimeout(Duration.ofSeconds(1))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("connectTimeout");
    }

    @Test
    void applicationsOwnHttpClientIsUsed() {
        client().httpClient(HttpClient.newHttpClient()).build().callTool("query", Map.of());

        assertThat(server.calls).hasSize(3);
    }

    @Test
    void clientWithoutTokensIsRefused() {
        assertThatThrownBy(() -> McpClient.builder(server.uri()).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("tokens");
    }

    @Test
    void clientThatNeverWaitsIsRefused() {
        assertThatThrownBy(() -> client().requestTimeout(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("requestTimeout");
        assertThatThrownBy(() -> client().maxMessageSize(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void clientPrintsWhereItCallsAndNoQuery() {
        assertThat(McpClient.builder("https://example.com/mcp?key=k")
                        .tokens(tokens)
                        .build())
                .hasToString("McpClient[https://example.com/mcp]");
    }

    private McpClientBuilder client() {
        return McpClient.builder(server.uri()).tokens(tokens);
    }

    private static Caller caller(String email) {
        return Caller.of(
                VerifiedClaims.alreadyVerified(Map.of("iss", "https://idp.example", "sub", "7", "email", email)));
    }

    private static ResolvedRole role(String name) {
        return new ResolvedRole(name, "idp", ServicePrincipal.of("7cb2f8a4-49a7-4147-83db-35cb69e5cede"));
    }
}
