// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpException;
import io.tokenfederation.mcp.Tool;
import io.tokenfederation.testkit.LoopbackMcpServer;
import io.tokenfederation.testkit.McpEra;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an application's test can have the server say of its lists and its tools. */
class LoopbackMcpSettingsTest {
    private final McpLogin world = new McpLogin();
    private final LoopbackMcpServer server = world.server;
    private final McpClient mcp = world.client(world.secret());

    @AfterEach
    void close() {
        world.close();
    }

    @ParameterizedTest
    @CsvSource({"0, 2", "3600, 1"})
    void listsAreKeptForAsLongAsTheServerSays(int seconds, int asked) {
        server.speak(McpEra.MODERN).listsMayBeKept(Duration.ofSeconds(seconds), false);
        mcp.server();
        long before = server.requests();

        mcp.listTools();
        mcp.listTools();

        assertThat(server.requests() - before).isEqualTo(asked);
    }

    @Test
    void toolThatIsATaskOnlyIsKnownByItsListAndNotCalled() {
        server.speak(McpEra.LEGACY).runsAsTaskOnly("whoami");
        assertThat(mcp.listTools()).extracting(Tool::name).containsExactly("whoami");
        long before = server.requests();

        McpException failure = McpLogin.failure(mcp);

        assertThat(failure.code()).isEqualTo("MCP_TASK_REQUIRED");
        assertThat(server.requests()).isEqualTo(before);
    }

    @Test
    void toolThatIsATaskOnlyIsRefusedToWhoDidNotAsk() {
        server.speak(McpEra.LEGACY).runsAsTaskOnly("whoami");

        assertThat(McpLogin.failure(mcp).rpcCode()).hasValue(-32601);
        assertThat(server.toolCalls()).isZero();
    }

    @Test
    void toolThatIsNotThereCannotBeATask() {
        assertThatThrownBy(() -> server.runsAsTaskOnly("drop")).isInstanceOf(IllegalArgumentException.class);
    }
}
