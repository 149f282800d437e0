// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import example.app.ScriptedMcpServer.Script;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A modern server whose word on itself holds for no time is asked again, as patiently as for anything that does no harm. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class McpServerInfoTest {
    private ScriptedMcpServer server;
    private McpClient mcp;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedMcpServer().modern();
        mcp = McpClient.builder(server.uri()).tokens(new Tokens(Failures.TOKEN)).build();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void serverThatNeverKnewTheQuestionMayBeAskedTwice() {
        server.on("server/discover", (call, wire) -> wire.json(404, call.error(-32601, "Method not found")));
        server.on("initialize", (call, wire) -> wire.json(404, call.error(-32601, "Method not found")));

        assertThat(mcp.server().protocolVersion()).isEqualTo("2026-07-28");
        assertThat(mcp.server()).isEqualTo(mcp.server());
        assertThat(server.calls("initialize")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 404})
    void whatIsKnownOfAServerThatNoLongerKnowsTheQuestionStays(int status) {
        mcp.server();
        server.on("server/discover", (call, wire) -> wire.json(status, call.error(-32601, "Method not found")));

        assertThat(mcp.server().instructions()).isEqualTo("be gentle");
    }

    @Test
    void serverThatSaysComeAgainIsAskedAgain() {
        mcp.server();
        once((call, wire) -> wire.empty(503, "Retry-After: 0"));

        assertThat(mcp.server().instructions()).isEqualTo("be gentle");
        assertThat(server.calls("server/discover")).hasSize(3);
    }

    @Test
    void questionWhoseAnswerWasLostIsAskedAgain() {
        mcp.server();
        once((call, wire) -> wire.cut());

        assertThat(mcp.server().instructions()).isEqualTo("be gentle");
        assertThat(server.calls("server/discover")).hasSize(3);
    }

    @Test
    void serverThatHasGoneBackAnEraIsFollowed() {
        mcp.server();
        server.on(
                "server/discover",
                (call, wire) -> wire.json(400, call.error(-32022, "Unsupported", "{\"supported\":[\"2025-11-25\"]}")));
        server.on(
                "initialize",
                (call, wire) -> wire.json(200, call.result(ScriptedMcpServer.initializeResult("2025-11-25"))));

        assertThat(mcp.server().protocolVersion()).isEqualTo("2025-11-25");
    }

    @Test
    void versionFoundOutAnewIsNotAskedForTwice() {
        mcp.server();
        once((call, wire) -> wire.json(400, call.error(-32022, "Unsupported", "{\"supported\":[\"2026-07-28\"]}")));

        assertThat(mcp.server().instructions()).isEqualTo("be gentle");
        assertThat(server.calls("server/discover")).hasSize(3);
    }

    @Test
    void refusalThatIsNotAboutTheQuestionIsAFailure() {
        mcp.server();
        server.on("server/discover", (call, wire) -> wire.empty(403));

        assertThatThrownBy(mcp::server)
                .isInstanceOfSatisfying(
                        McpException.class, e -> assertThat(e.code()).isEqualTo("PERMISSION_DENIED"));
    }

    private void once(Script script) {
        server.on("server/discover", (call, wire) -> {
            server.modern();
            script.answer(call, wire);
        });
    }
}
