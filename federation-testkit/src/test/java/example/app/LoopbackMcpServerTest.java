// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.map;

import com.fasterxml.jackson.databind.JsonNode;
import example.app.Web.Answer;
import io.tokenfederation.Caller;
import io.tokenfederation.DatabricksToken;
import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.DatabricksTokenSource;
import io.tokenfederation.IdpToken;
import io.tokenfederation.ResolvedRole;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.VerifiedClaims;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpException;
import io.tokenfederation.mcp.Tool;
import io.tokenfederation.mcp.ToolResult;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.testkit.Fault;
import io.tokenfederation.testkit.LoopbackDatabricks;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.LoopbackMcpServer;
import io.tokenfederation.testkit.SqlFailure;
import io.tokenfederation.testkit.SqlRows;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackMcpServerTest {
    private static final String BOTH = "application/json, text/event-stream";
    private static final String INITIALIZE = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":"
            + "{\"protocolVersion\":\"%s\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}";
    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}";

    private final LoopbackIdp idp = LoopbackIdp.auth0().start();
    private final LoopbackDatabricks databricks = LoopbackDatabricks.builder()
            .sqlEngine(statement -> {
                if (statement.text().startsWith("SELECT")) {
                    return SqlRows.of("who", statement.currentUser());
                }
                throw new SqlFailure("BAD_REQUEST", "no such statement");
            })
            .start();
    private final LoopbackMcpServer server = LoopbackMcpServer.start(databricks);
    private ServicePrincipal west;
    private DatabricksTokenSource tokens;

    @BeforeEach
    void federate() throws Exception {
        String workspace = databricks.workspaceUrl().toString();
        idp.api(workspace).m2mClient("backend", "secret").grant("backend", workspace);
        west = databricks.servicePrincipal("sales-west", "west");
        databricks.policy(west, FederationPolicy.matching(jwt()));
        tokens = DatabricksTokenExchanger.builder()
                .workspace(workspace)
                .idpTokenSource(this::jwt)
                .build()
                .sourceFor(west);
    }

    @AfterEach
    void close() {
        server.close();
        databricks.close();
        idp.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void queryRunsAsTheServicePrincipalOfTheForwardedToken(boolean events) {
        server.answerWithEvents(events);

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
    void droppedSessionIsBegunAnew() {
        McpClient mcp = client();
        mcp.callTool("whoami", Map.of());
        server.dropSessions();

        mcp.callTool("whoami", Map.of());

        assertThat(server.initializations()).isEqualTo(2);
        assertThat(server.toolCalls()).isEqualTo(2);
    }

    @Test
    void closedClientLeavesNoSession() {
        McpClient mcp = client();
        mcp.listTools();
        assertThat(server.openSessions()).isEqualTo(1);

        mcp.close();

        assertThat(server.openSessions()).isZero();
        assertThat(server.requests()).isEqualTo(4);
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
        server.failNext(1, Fault.rateLimited(Duration.ofSeconds(3)));
        McpClient mcp = client();

        assertThatThrownBy(mcp::listTools)
                .isInstanceOfSatisfying(
                        McpException.class, e -> assertThat(e.retryAfter()).contains(Duration.ofSeconds(3)));
        assertThat(mcp.listTools()).hasSize(2);
    }

    @Test
    void requestWithoutATokenIsSentToTheLoginPage() throws Exception {
        Answer answer = Web.post(server.uri(), "application/json", LIST, "Accept", BOTH);

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("Location"))
                .startsWith(databricks.workspaceUrl().toString());
    }

    @Test
    void requestWithoutATokenIsUnauthorizedIfAskedFor() throws Exception {
        server.redirectToLogin(false);

        Answer answer = Web.post(server.uri(), "application/json", LIST, "Accept", BOTH);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
    }

    @Test
    void tokenTheWorkspaceDoesNotKnowIsUnauthorizedIfAskedFor() throws Exception {
        server.redirectToLogin(false);

        Answer answer =
                Web.post(server.uri(), "application/json", LIST, "Accept", BOTH, "Authorization", "Bearer other");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.json().path("message").asText()).isEqualTo("Invalid access token.");
    }

    @Test
    void clientThatDoesNotAcceptBothFramingsIsRefused() throws Exception {
        assertThat(post(LIST, "Accept", "application/json").status()).isEqualTo(406);
    }

    @Test
    void bodyThatIsNotCalledJsonIsRefused() throws Exception {
        assertThat(Web.post(server.uri(), "text/plain", LIST, "Accept", BOTH, "Authorization", bearer())
                        .status())
                .isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"id\":1,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}"
            })
    void bodyThatIsNoMessageIsRefused(String body) throws Exception {
        assertThat(post(body, "Accept", BOTH).status()).isEqualTo(400);
    }

    @Test
    void callWithoutASessionIsRefused() throws Exception {
        assertThat(post(LIST, "Accept", BOTH).status()).isEqualTo(400);
    }

    @Test
    void callInASessionNobodyBeganIsNotFound() throws Exception {
        assertThat(post(LIST, "Accept", BOTH, "Mcp-Session-Id", "made-up").status())
                .isEqualTo(404);
    }

    @Test
    void callBeforeInitializedIsRefused() throws Exception {
        String session = begin("2025-11-25");

        assertThat(inSession(session, "2025-11-25", LIST).status()).isEqualTo(400);
    }

    @Test
    void callOfAnotherVersionIsRefused() throws Exception {
        String session = begin("2025-11-25");

        assertThat(inSession(session, "2025-06-18", LIST).status()).isEqualTo(400);
        assertThat(post(LIST, "Accept", BOTH, "Mcp-Session-Id", session).status())
                .isEqualTo(400);
    }

    @Test
    void callWithoutAnIdIsANotificationWithoutAnAnswer() throws Exception {
        String session = begin("2025-11-25");

        Answer answer = inSession(session, "2025-11-25", "{\"jsonrpc\":\"2.0\",\"method\":\"tools/call\"}");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.text()).isEmpty();
        assertThat(server.toolCalls()).isZero();
    }

    @Test
    void unknownVersionIsAnsweredWithTheNewest() throws Exception {
        JsonNode answer =
                post(INITIALIZE.formatted("2099-01-01"), "Accept", BOTH).json();

        assertThat(answer.path("result").path("protocolVersion").asText()).isEqualTo("2025-11-25");
    }

    @Test
    void initializeThatLacksSomethingIsRefused() throws Exception {
        String bare = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{}}";

        assertThat(post(bare, "Accept", BOTH).json().path("error").path("code").asInt())
                .isEqualTo(-32602);
        assertThat(server.initializations()).isZero();
    }

    @Test
    void streamForServerMessagesIsNotOffered() throws Exception {
        assertThat(Web.get(server.uri(), "Accept", "text/event-stream", "Authorization", bearer())
                        .status())
                .isEqualTo(405);
    }

    private McpClient client() {
        return McpClient.builder(server.uri()).tokens(tokens).forwardToken(true).build();
    }

    private IdpToken jwt() {
        try {
            Map<String, String> form = Map.of(
                    "grant_type", "client_credentials",
                    "client_id", "backend",
                    "client_secret", "secret",
                    "audience", databricks.workspaceUrl().toString());
            return IdpToken.parse(Web.postForm(idp.tokenEndpoint(), form)
                    .json()
                    .path("access_token")
                    .asText());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private String bearer() {
        return "Bearer " + tokens.token().value();
    }

    private Answer post(String body, String... headers) throws Exception {
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Authorization";
        all[headers.length + 1] = bearer();
        return Web.post(server.uri(), "application/json", body, all);
    }

    private String begin(String version) throws Exception {
        return post(INITIALIZE.formatted(version), "Accept", BOTH).header("Mcp-Session-Id");
    }

    private Answer inSession(String session, String version, String body) throws Exception {
        return post(body, "Accept", BOTH, "Mcp-Session-Id", session, "MCP-Protocol-Version", version);
    }
}
