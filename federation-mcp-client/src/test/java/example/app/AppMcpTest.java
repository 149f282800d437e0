// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tokenfederation.mcp.AppMcp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppMcpTest {
    private final AppMcp app = AppMcp.of("https://sales-1234.aws.databricksapps.com");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://sales-1234.aws.databricksapps.com",
                "https://sales-1234.2.azure.databricksapps.com",
                "https://sales-1234.gcp.databricksapps.com",
                "https://sales.example.com:8443",
                "http://127.0.0.1:8000",
                "http://localhost:8000"
            })
    void serverIsBelowTheAppsUrl(String url) {
        assertThat(AppMcp.of(url).server()).hasToString(url + "/mcp");
        assertThat(AppMcp.of(url + "/").server()).hasToString(url + "/mcp");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/mcp", "/mcp/", "/sales/v1.2/mcp", "/a%20b/m%C3%BCnchen", "/.well-known/mcp", "/..."})
    void pathIsTheAppsOwn(String path) {
        assertThat(app.server(path)).hasToString("https://sales-1234.aws.databricksapps.com" + path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "mcp",
                "//evil.example/mcp",
                "/a//mcp",
                "/a/../mcp",
                "/./mcp",
                "/..",
                "/../mcp",
                "/a/%2e%2E/mcp",
                "/%2e",
                "/.%2e",
                "/mcp/.",
                "/mcp?x=1",
                "/mcp#x",
                "/a b",
                "/ü",
                "/%",
                "/%zz",
                "/mcp\n",
                "@evil.example/mcp",
                ":8443/mcp",
                "https://evil.example/mcp"
            })
    void pathThatLeadsElsewhereIsRefused(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> app.server(path))
                .withMessageStartingWith("the path of an app's MCP server must be one such as /mcp");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://sales-1234.aws.databricksapps.com",
                "https://sales-1234.aws.databricksapps.com/mcp",
                "https://sales-1234.aws.databricksapps.com?o=1",
                "https://sales-1234.aws.databricksapps.com#top",
                "https://user:password@sales-1234.aws.databricksapps.com",
                "sales-1234.aws.databricksapps.com",
                "https:///mcp",
                "https://sales 1234",
                ""
            })
    void urlThatIsNoAppIsRefused(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AppMcp.of(url))
                .withMessageStartingWith("the app's URL ")
                .withMessageNotContaining("password@");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://adb-1.2.azuredatabricks.net",
                "https://ADB-1.2.AzureDatabricks.net/",
                "https://adb-1.2.databricks.azure.us",
                "https://adb-1.2.databricks.azure.cn",
                "https://dbc-1.cloud.databricks.com",
                "https://1.2.gcp.databricks.com",
                "https://accounts.cloud.databricks.com",
                "https://dbc-1.cloud.databricks.us"
            })
    void urlOfAWorkspaceIsRefused(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AppMcp.of(url))
                .withMessageContaining("is a workspace or an account console, whose MCP servers are in ManagedMcp");
    }

    @Test
    void appSaysWhichItIs() {
        assertThat(app).hasToString("AppMcp[https://sales-1234.aws.databricksapps.com]");
    }
}
