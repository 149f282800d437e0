// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tokenfederation.mcp.ManagedMcp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManagedMcpTest {
    private final ManagedMcp managed = ManagedMcp.of("https://adb-1.2.azuredatabricks.net/");

    @Test
    void addressesAreThoseOfTheDocumentation() {
        String base = "https://adb-1.2.azuredatabricks.net/api/2.0/mcp/";

        assertThat(managed.functions("main", "sales")).hasToString(base + "functions/main/sales");
        assertThat(managed.functions("main", "sales", "top")).hasToString(base + "functions/main/sales/top");
        assertThat(managed.genieOne()).hasToString(base + "genie");
        assertThat(managed.vectorSearch("main", "docs", "i")).hasToString(base + "vector-search/main/docs/i");
        assertThat(managed.service("system.ai.dbsql"))
                .hasToString("https://adb-1.2.azuredatabricks.net/ai-gateway/mcp-services/system.ai.dbsql");
        assertThat(managed.genie("01ef")).hasToString(base + "genie/01ef");
        assertThat(managed.vectorSearch("main", "docs")).hasToString(base + "vector-search/main/docs");
        assertThat(managed.aiSearch("main", "docs", "i")).hasToString(base + "ai-search/main/docs/i");
        assertThat(managed.sql()).hasToString(base + "sql");
        assertThat(managed.external("github")).hasToString(base + "external/github");
    }

    @Test
    void nameNeverLeavesItsPlaceInThePath() {
        assertThat(managed.external("a b/../ü?x#y").getRawPath())
                .isEqualTo("/api/2.0/mcp/external/a%20b%2F..%2F%C3%BC%3Fx%23y");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ".", ".."})
    void emptyNameIsRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> managed.external(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://adb-1.example", "https://adb-1.example/api", "https://adb-1.example?o=1", "adb-1.example"
            })
    void urlThatIsNoWorkspaceIsRefused(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> ManagedMcp.of(url));
    }
}
