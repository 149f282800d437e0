// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.DatabricksToken;
import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.DatabricksTokenSource;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.mcp.AppMcp;
import io.tokenfederation.mcp.CallOptions;
import io.tokenfederation.mcp.ManagedMcp;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpException;
import io.tokenfederation.mcp.ToolResult;
import io.tokenfederation.testkit.Fault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the page about the MCP servers of Databricks shows. */
class McpDatabricksGuideTest {
    private final Deployment deployment = new Deployment();
    private final DatabricksTokenExchanger databricks = deployment.exchanger();
    private final ServicePrincipal principal = deployment.principal("west_sales");

    @AfterEach
    void close() {
        deployment.close();
    }

    @Test
    void addressOfAManagedServerIsMadeOfNames() {
        ManagedMcp managed = ManagedMcp.of("https://adb-1.2.azuredatabricks.net");
        McpClient functions = McpClient.builder(managed.functions("main", "sales"))
                .tokens(databricks.sourceFor(principal))
                .build();

        assertThat(functions)
                .hasToString("McpClient[https://adb-1.2.azuredatabricks.net/api/2.0/mcp/functions/main/sales]");
    }

    @Test
    void addressOfAnAppIsTheOneItsPageShows() {
        AppMcp app = AppMcp.of("https://sales-1234.aws.databricksapps.com");
        McpClient sales = McpClient.builder(app.server())
                .tokens(databricks.sourceFor(principal))
                .build();

        assertThat(sales).hasToString("McpClient[https://sales-1234.aws.databricksapps.com/mcp]");
        assertThat(app.server("/sales/mcp")).hasToString("https://sales-1234.aws.databricksapps.com/sales/mcp");
    }

    @Test
    void callMayNameItsWarehouse() {
        McpClient mcp = McpClient.builder(deployment.mcp.uri())
                .tokens(databricks.sourceFor(principal))
                .forwardToken(true)
                .build();

        CallOptions warehouse = CallOptions.defaults().meta(Map.of("warehouse_id", "a1b2c3d4e5f67890"));
        ToolResult result = mcp.with(warehouse).callTool("query", Map.of("sql", "SELECT region FROM sales"));

        assertThat(result.isError()).isFalse();
    }

    @Test
    void missingPermissionIsTold() {
        deployment.mcp.failAlways(Fault.status(403));

        assertThat(toldOf(databricks.sourceFor(principal)))
                .startsWith("PERMISSION_DENIED: ")
                .contains("CAN USE on the SQL warehouse or the app");
    }

    @Test
    void tokenThatTheAppDoesNotTakeIsTold() {
        deployment.mcp.redirectToLogin(true);

        assertThat(toldOf(() -> DatabricksToken.of("of-another-workspace", Instant.parse("2099-01-01T00:00:00Z"))))
                .startsWith("MCP_LOGIN_REDIRECT: ")
                .contains("CAN USE on the app");
    }

    private String toldOf(DatabricksTokenSource tokens) {
        List<String> log = new ArrayList<>();
        McpClient mcp = McpClient.builder(deployment.mcp.uri()).tokens(tokens).build();

        try {
            mcp.callTool("query", Map.of("sql", "SELECT region FROM sales"));
        } catch (McpException e) {
            log.add(e.code() + ": " + e.fix());
        }

        assertThat(log).hasSize(1);
        return log.get(0);
    }
}
