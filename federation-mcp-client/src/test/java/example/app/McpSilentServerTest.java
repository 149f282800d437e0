// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import example.app.ScriptedMcpServer.Script;
import io.tokenfederation.mcp.McpClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Replies whose status says all, and whose bodies never come or never end: nobody waits for those. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class McpSilentServerTest {
    private ScriptedMcpServer server;
    private McpClient mcp;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedMcpServer();
        mcp = McpClient.builder(server.uri())
                .tokens(new Tokens(Failures.TOKEN))
                .requestTimeout(Duration.ofHours(1))
                .build();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    static Stream<Script> endless() {
        return Stream.of(
                (call, wire) -> wire.raw("HTTP/1.1 202 Accepted\r\n\r\n"),
                (call, wire) -> wire.raw("HTTP/1.1 202 Accepted\r\nTransfer-Encoding: chunked\r\n\r\n"),
                (call, wire) -> wire.raw("HTTP/1.1 202 Accepted\r\nContent-Length: 2\r\n\r\n{"),
                (call, wire) -> wire.raw("HTTP/1.1 204 No Content\r\n\r\n"),
                (call, wire) -> wire.beginStream(),
                (call, wire) -> wire.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"));
    }

    @ParameterizedTest
    @MethodSource("endless")
    void notificationIsTakenOnceTheStatusSaysSo(Script taken) {
        server.on("notifications/initialized", taken);

        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("done");
        assertThat(mcp.callTool("query", Map.of()).text()).isEqualTo("done");
    }

    @Test
    void requestTakenForANotificationFailsAtOnce() {
        server.on(
                "tools/call", (call, wire) -> wire.raw("HTTP/1.1 202 Accepted\r\nTransfer-Encoding: chunked\r\n\r\n"));

        assertThat(Failures.ofCall(mcp).code()).isEqualTo("MCP_REPLY_UNREADABLE");
    }

    @Test
    void emptyReplyToANotificationLeavesItsConnectionToTheNextCall() {
        mcp.callTool("query", Map.of());
        mcp.callTool("query", Map.of());

        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void listenerThatThrowsWhenTheStreamOpensLeavesNoConnectionBehind() throws Exception {
        String acknowledged = "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\","
                + "\"params\":{}}\n\n";
        CountDownLatch again = new CountDownLatch(1);
        server.modern();
        server.on("subscriptions/listen", (call, wire) -> {
            server.on("subscriptions/listen", (next, wireNext) -> {
                wireNext.beginStream();
                wireNext.chunk(acknowledged);
                again.countDown();
            });
            wire.beginStream();
            wire.chunk(acknowledged);
            wire.endStream();
        });
        IllegalStateException thrown = new IllegalStateException("not now");

        CompletableFuture<Void> listening = mcp.async().listen(Set.of(), change -> {
            throw thrown;
        });

        again.await();
        assertThatThrownBy(listening::join).hasCause(thrown);
        assertThat(server.clientHungUp.await(10, TimeUnit.SECONDS)).isTrue();
    }
}
