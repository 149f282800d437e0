// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.DatabricksTokenExchanger;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.mcp.CallOptions;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.ToolResult;
import io.tokenfederation.testkit.McpEra;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the page about the MCP client shows, in both eras. */
class McpGuideTest {
    private final Deployment deployment = new Deployment();

    @AfterEach
    void close() {
        deployment.close();
    }

    @ParameterizedTest
    @EnumSource
    void recordsGoOutAndComeBack(McpEra era) {
        deployment.mcp.speak(era);
        try (McpClient mcp = client()) {
            record Query(String sql) {}

            record Rows(List<String> columns, List<List<String>> rows) {}

            Rows rows = mcp.callTool("query", new Query("SELECT region FROM sales"), Rows.class);

            assertThat(rows.columns()).containsExactly("current_user", "groups");
            assertThat(rows.rows()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void callHasOptionsOfItsOwn(McpEra era) {
        deployment.mcp.speak(era);
        AtomicReference<Double> bar = new AtomicReference<>(0.0);
        try (McpClient mcp = client()) {
            CallOptions patient = CallOptions.defaults()
                    .timeout(Duration.ofMinutes(10))
                    .onProgress(progress -> bar.set(progress.fraction()));
            ToolResult result = mcp.with(patient).callTool("query", Map.of("sql", "SELECT 1"));

            assertThat(result.isError()).isFalse();
        }
    }

    private McpClient client() {
        URI url = deployment.mcp.uri();
        DatabricksTokenExchanger databricks = deployment.exchanger();
        ServicePrincipal principal = deployment.principal("west_sales");

        McpClient mcp = McpClient.builder(url)
                .tokens(databricks.sourceFor(principal))
                .forwardToken(true) // only for servers of your own that call Databricks themselves
                .build();

        return mcp;
    }
}
