// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.map;

import io.tokenfederation.Caller;
import io.tokenfederation.DatabricksToken;
import io.tokenfederation.DatabricksTokenSource;
import io.tokenfederation.ResolvedRole;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.VerifiedClaims;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpException;
import io.tokenfederation.mcp.Tool;
import io.tokenfederation.mcp.ToolResult;
import io.tokenfederation.testkit.Fault;
import io.tokenfederation.testkit.LoopbackDatabricks;
import io.tokenfederation.testkit.LoopbackMcpServer;
import io.tokenfederation.testkit.McpEra;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackMcpServerTest {
    private final FederatedMcp world = new FederatedMcp();
    private final LoopbackMcpServer server = world.server;
    private final LoopbackDatabricks databricks = world.databricks;
    private final DatabricksTokenSource tokens = world.tokens;
    private final ServicePrincipal west = world.west;

    @AfterEach
    void close() {
        world.close();
    }

    @ParameterizedTest
    @CsvSource({"false, MODERN", "true, MODERN", "false, LEGACY", "true, LEGACY"})
    void queryRunsAsTheServicePrincipalOfTheForwardedToken(boolean events, McpEra era) {
        server.answerWithEvents(events).speak(era);

        ToolResult rows = client().callTool("query", Map.of("sql", "SELECT 1"));

        assertThat(rows.isError()).isFalse();
        assertThat(rows.structuredContent().orElseThrow())
                .asInstanceOf(map(String.class, Object.class))
                .containsEntry("columns", List.of("who"))
                .containsEntry("rows", List.of(List.of(west.toString())))
                .containsEntry("current_user", west.toString());
        assertThat(rows.text()).contains(west.toString());
    }

    @Test
    void whoamiTellsNameAndGroups() {
        Object me = client().callTool("whoami", Map.of()).structuredContent().orElseThrow();

        assertThat(me)
                .asInstanceOf(map(String.class, Object.class))
                .containsEntry("current_user", west.toString())
                .containsEntry("groups", List.of("west"));
    }

    @Test
    void bothToolsAreListed() {
        assertThat(client().listTools()).extracting(Tool::name).containsExactly("query", "whoami");
    }

    @Test
    void toolWithoutTheForwardedTokenSaysWhatIsMissing() {
        ToolResult result =
                McpClient.builder(server.uri()).tokens(tokens).build().callTool("query", Map.of("sql", "SELECT 1"));

        assertThat(result.isError()).isTrue();
        assertThat(result.text()).contains("X-Databricks-Token");
        assertThat(databricks.sqlRequests()).isZero();
    }

    @Test
    void statementThatFailsIsTheToolsOwnError() {
        ToolResult result = client().callTool("query", Map.of("sql", "DROP TABLE sales"));

        assertThat(result.isError()).isTrue();
        assertThat(result.text()).contains("FAILED").contains("no such statement");
    }

    @Test
    void missingPermissionOnTheWarehouseIsTheToolsOwnError() {
        databricks.denyWarehouse(west);

        ToolResult result = client().callTool("query", Map.of("sql", "SELECT 1"));

        assertThat(result.isError()).isTrue();
        assertThat(result.text()).contains("403").contains("PERMISSION_DENIED");
    }

    @Test
    void argumentThatIsMissingIsTheToolsOwnError() {
        assertThat(client().callTool("query", Map.of()).isError()).isTrue();
    }

    @Test
    void toolThatDoesNotExistIsAnErrorOfTheProtocol() {
        assertThatThrownBy(() -> client().callTool("drop", Map.of()))
                .isInstanceOfSatisfying(
                        McpException.class, e -> assertThat(e.rpcCode()).hasValue(-32602));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void revokedTokenIsRenewedAndTheCallGoesThrough(boolean redirect) {
        server.redirectToLogin(redirect);
        McpClient mcp = client();
        mcp.callTool("whoami", Map.of());
        databricks.revokeAll();

        assertThat(mcp.callTool("whoami", Map.of()).isError()).isFalse();
        assertThat(databricks.exchanges(west)).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"true, MCP_LOGIN_REDIRECT", "false, TOKEN_REJECTED"})
    void strangersAreSentToTheLoginPageUnlessAskedNotTo(boolean redirect, String code) {
        server.redirectToLogin(redirect);
        McpClient stranger = McpClient.builder(server.uri())
                .tokens(() -> DatabricksToken.of("stranger", Instant.parse("2099-01-01T00:00:00Z")))
                .build();

        assertThatThrownBy(stranger::listTools)
                .isInstanceOfSatisfying(
                        McpException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void bothErasAreSpokenUnlessToldOtherwise() {
        client().listTools();
        assertThat(server.lastProtocolVersion()).contains("2026-07-28");
        assertThat(server.initializations()).isZero();

        server.speak(McpEra.LEGACY);
        client().listTools();
        assertThat(server.lastProtocolVersion()).contains("2025-11-25");
    }

    @Test
    void clientFollowsAServerFromOneEraToTheOther() {
        server.speak(McpEra.LEGACY);
        McpClient mcp = client();
        mcp.callTool("whoami", Map.of());

        server.speak(McpEra.MODERN);
        assertThat(mcp.listTools()).isNotEmpty();
        mcp.callTool("whoami", Map.of());
        assertThat(server.lastProtocolVersion()).contains("2026-07-28");

        server.speak(McpEra.LEGACY);
        assertThatThrownBy(mcp::listTools).isInstanceOf(McpException.class);
        mcp.callTool("whoami", Map.of());
        assertThat(server.lastProtocolVersion()).contains("2025-11-25");
        assertThat(server.toolCalls()).isEqualTo(3);
    }

    @Test
    void droppedSessionIsBegunAnew() {
        server.speak(McpEra.LEGACY);
        McpClient mcp = client();
        mcp.callTool("whoami", Map.of());
        server.dropSessions();

        mcp.callTool("whoami", Map.of());

        assertThat(server.initializations()).isEqualTo(2);
        assertThat(server.toolCalls()).isEqualTo(2);
    }

    @Test
    void closedClientLeavesNoSession() {
        server.speak(McpEra.LEGACY);
        McpClient mcp = client();
        mcp.listTools();
        assertThat(server.openSessions()).isEqualTo(1);

        mcp.close();

        assertThat(server.openSessions()).isZero();
        assertThat(server.requests()).isEqualTo(5);
    }

    @Test
    void callersHeadersAreRecorded() {
        Caller caller = Caller.of(VerifiedClaims.alreadyVerified(
                Map.of("iss", "https://idp.example", "sub", "7", "email", "sarah@partner.com")));
        McpClient mcp = McpClient.builder(server.uri())
                .tokens(tokens)
                .caller(caller)
                .role(new ResolvedRole("west_sales", "sales-west", west))
                .build();

        mcp.listTools();

        assertThat(server.lastCallerRole()).contains("west_sales");
        assertThat(server.lastCallerEmail()).contains("sarah@partner.com");
    }

    @Test
    void faultIsShownAsOftenAsAsked() {
        server.failNext(1, Fault.rateLimited(Duration.ofSeconds(30)));
        McpClient mcp = client();

        assertThatThrownBy(mcp::listTools)
                .isInstanceOfSatisfying(
                        McpException.class, e -> assertThat(e.retryAfter()).contains(Duration.ofSeconds(30)));
        assertThat(mcp.listTools()).hasSize(2);
    }

    private McpClient client() {
        return McpClient.builder(server.uri()).tokens(tokens).forwardToken(true).build();
    }
}
