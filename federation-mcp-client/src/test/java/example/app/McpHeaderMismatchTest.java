// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenfederation.mcp.CallOptions;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpException;
import io.tokenfederation.mcp.TraceContext;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The list that is asked for because a tool wants other headers (2026-07-28). */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class McpHeaderMismatchTest {
    private ScriptedMcpServer server;
    private McpClient mcp;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedMcpServer().modern();
        server.on("tools/call", (call, wire) -> wire.json(400, call.error(-32020, "Header mismatch")));
        mcp = McpClient.builder(server.uri()).tokens(new Tokens(Failures.TOKEN)).build();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void listThatFailsHidesNoRefusal() {
        server.on("tools/list", (call, wire) -> wire.json(200, call.error(-32603, "no list")));

        assertThatThrownBy(() -> mcp.callTool("query", Map.of())).isInstanceOfSatisfying(McpException.class, e -> {
            assertThat(e.rpcCode()).hasValue(-32020);
            assertThat(e.getSuppressed())
                    .singleElement()
                    .satisfies(other ->
                            assertThat(other).hasMessageContaining("tools/list").hasMessageContaining("no list"));
        });
    }

    @Test
    void listForTheHeadersCarriesNothingOfTheCallsOwn() {
        CallOptions own = CallOptions.defaults()
                .meta(Map.of("warehouse_id", "w1"))
                .trace(TraceContext.of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"))
                .onProgress(progress -> {});

        assertThatThrownBy(() -> mcp.with(own).callTool("query", Map.of())).isInstanceOf(McpException.class);

        assertThat(server.calls("tools/list")).singleElement().satisfies(call -> {
            assertThat(call.param("_meta").has("warehouse_id")).isFalse();
            assertThat(call.param("_meta").has("progressToken")).isFalse();
            assertThat(call.param("_meta").has("traceparent")).isTrue();
        });
    }
}
