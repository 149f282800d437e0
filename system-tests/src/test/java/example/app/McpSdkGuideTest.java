// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Content;
import io.tokenfederation.Caller;
import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.FederationException;
import io.tokenfederation.IdpToken;
import io.tokenfederation.ResolvedRole;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.VerifiedClaims;
import io.tokenfederation.mcpsdk.FederatedMcp;
import io.tokenfederation.policy.FederationPolicy;
import io.tokenfederation.testkit.Fault;
import io.tokenfederation.testkit.LoopbackDatabricks;
import io.tokenfederation.testkit.LoopbackIdp;
import io.tokenfederation.testkit.LoopbackMcpServer;
import io.tokenfederation.testkit.McpEra;
import io.tokenfederation.testkit.SqlRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of docs/mcp-sdk.md. */
class McpSdkGuideTest {
    private final LoopbackIdp idp = LoopbackIdp.auth0().start();
    private final LoopbackDatabricks standIn = LoopbackDatabricks.builder()
            .sqlEngine(statement -> SqlRows.of("who", statement.currentUser()))
            .start();
    private final LoopbackMcpServer app =
            LoopbackMcpServer.start(standIn).speak(McpEra.LEGACY).redirectToLogin(false);
    private final String server = app.uri().resolve("/").toString();
    private final String workspace = standIn.workspaceUrl().toString();
    private final ServicePrincipal principal = standIn.servicePrincipal("west_sales", "sales-west");
    private final DatabricksTokenExchanger databricks = DatabricksTokenExchanger.builder()
            .workspace(workspace)
            .idpTokenSource(() -> IdpToken.parse(
                    idp.userToken("backend@clients").audience(workspace).sign()))
            .build();

    private final List<Content> shown = new ArrayList<>();

    @BeforeEach
    void federate() {
        standIn.policy(
                principal,
                FederationPolicy.builder()
                        .issuer(idp.issuer())
                        .audience(workspace)
                        .subject("backend@clients")
                        .build());
    }

    @AfterEach
    void close() {
        app.close();
        standIn.close();
        idp.close();
    }

    @Test
    void clientOfTheSdkActsAsTheServicePrincipal() {
        McpClientTransport transport = FederatedMcp.of(databricks.sourceFor(principal))
                .transport(HttpClientStreamableHttpTransport.builder(server).endpoint("/mcp"));
        try (McpSyncClient mcp = McpClient.sync(transport).build()) {
            CallToolResult rows = mcp.callTool(CallToolRequest.builder("query")
                    .arguments(Map.of("sql", "SELECT customer, amount FROM sales"))
                    .build());
            show(rows.content());
        }

        assertThat(shown).hasSize(1);
        assertThat(standIn.exchanges()).isEqualTo(1);
    }

    @Test
    void callerAndTokenAreHandedOn() {
        Caller caller = Caller.of(VerifiedClaims.alreadyVerified(
                Map.of("iss", "https://idp.example.com", "sub", "7", "email", "ann@example.com")));
        ResolvedRole role = new ResolvedRole("west_sales", "sales-west", principal);

        FederatedMcp west = FederatedMcp.of(databricks.sourceFor(principal))
                .caller(caller) // X-Caller-Email
                .role(role) // X-Caller-Role
                .forwardToken(true); // X-Databricks-Token: hands the app the token

        try (McpSyncClient mcp = client(west)) {
            CallToolResult who = mcp.callTool(
                    CallToolRequest.builder("whoami").arguments(Map.of()).build());
            assertThat(who.content().toString()).contains(principal.toString());
        }
        assertThat(app.lastCallerEmail()).hasValue("ann@example.com");
        assertThat(app.lastCallerRole()).hasValue("west_sales");
    }

    /** The first call of a client shakes hands too, and fails there. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusalSaysCodeAndFix(boolean shakenHands) {
        List<String> log = new ArrayList<>();
        try (McpSyncClient mcp = client(FederatedMcp.of(databricks.sourceFor(principal)))) {
            if (shakenHands) {
                mcp.initialize();
            }
            app.failAlways(Fault.status(401));

            listTools(mcp, log);

            app.recover();
        }
        assertThat(log).singleElement().asString().startsWith("TOKEN_REJECTED: ");
    }

    @Test
    void failureOfAnotherKindIsTheSdksOwn() {
        List<String> log = new ArrayList<>();
        try (McpSyncClient mcp = client(FederatedMcp.of(databricks.sourceFor(principal)))) {
            mcp.initialize();
            app.failAlways(Fault.status(500));

            assertThatThrownBy(() -> listTools(mcp, log)).isNotInstanceOf(FederationException.class);

            app.recover();
        }
        assertThat(log).isEmpty();
    }

    private static void listTools(McpSyncClient mcp, List<String> log) {
        try {
            mcp.listTools();
        } catch (RuntimeException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof FederationException refused) {
                    log.add(refused.code() + ": " + refused.fix());
                    return;
                }
            }
            throw e;
        }
    }

    private void show(List<Content> content) {
        shown.addAll(content);
    }

    private McpSyncClient client(FederatedMcp federated) {
        return McpClient.sync(federated.transport(
                        HttpClientStreamableHttpTransport.builder(server).endpoint("/mcp")))
                .build();
    }
}
