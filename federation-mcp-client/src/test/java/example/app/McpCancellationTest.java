// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import example.app.ScriptedMcpServer.Script;
import io.tokenfederation.mcp.CallOptions;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.ToolResult;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A server of the legacy era takes a closed connection for nothing: it is told when nobody waits for its answer. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class McpCancellationTest {
    private static final int CALLS = 20;

    private final CountDownLatch cancelled = new CountDownLatch(1);
    private ScriptedMcpServer server;
    private McpClient mcp;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedMcpServer();
        server.on("notifications/cancelled", (call, wire) -> {
            wire.empty(202);
            cancelled.countDown();
        });
        mcp = McpClient.builder(server.uri())
                .tokens(new Tokens(Failures.TOKEN))
                .maxMessageSize(10_000)
                .build();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    static Stream<Arguments> streamsThatGoOn() {
        return Stream.of(
                goingOn("MCP_REPLY_TOO_LARGE", "data: " + "x".repeat(10_000)),
                goingOn("MCP_REPLY_UNREADABLE", "data: oops\n\n"),
                goingOn("MCP_REPLY_UNREADABLE", "data: {\"jsonrpc\":\"2.0\",\"id\":4711,\"result\":{}}\n\n"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("streamsThatGoOn")
    void callWhoseStreamCannotBeReadOnIsTakenBack(String code, String events) throws Exception {
        server.on("tools/call", (call, wire) -> {
            wire.beginStream();
            wire.chunk(events);
        });

        assertThat(Failures.ofCall(mcp).code()).isEqualTo(code);

        assertThat(cancelled.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(server.calls("notifications/cancelled").get(0).param("requestId"))
                .isEqualTo(server.calls("tools/call").get(0).message().path("id"));
    }

    static Stream<Arguments> repliesThatAreComplete() {
        return Stream.of(
                reply((call, wire) -> wire.json(200, "oops")),
                reply((call, wire) -> wire.json(200, call.text("x".repeat(10_000)))),
                reply((call, wire) -> wire.json(200, call.error(-32000, "no"))),
                reply((call, wire) -> wire.reply(200, "text/html", "<html></html>")));
    }

    @ParameterizedTest
    @MethodSource("repliesThatAreComplete")
    void callWhoseReplyIsCompleteIsNot(Script reply) throws Exception {
        CountDownLatch last = new CountDownLatch(1);
        server.on("tools/call", reply);

        Failures.ofCall(mcp);
        server.on("tools/call", (call, wire) -> server.stall());
        server.on("notifications/cancelled", (call, wire) -> last.countDown());
        Failures.ofCall(mcp.with(CallOptions.defaults().timeout(Duration.ofSeconds(1))));
        last.await();

        assertThat(server.calls("notifications/cancelled"))
                .extracting(call -> call.param("requestId"))
                .containsExactly(server.calls("tools/call").get(1).message().path("id"));
    }

    @Test
    void manyCallsThatTimeOutTogetherAreAllTakenBack() throws Exception {
        CountDownLatch all = new CountDownLatch(CALLS);
        server.on("tools/call", (call, wire) -> server.stall());
        server.on("notifications/cancelled", (call, wire) -> {
            wire.empty(202);
            all.countDown();
        });
        mcp.server();
        McpClient hasty = mcp.with(CallOptions.defaults().timeout(Duration.ofSeconds(4)));

        List<CompletableFuture<ToolResult>> calls = Stream.generate(
                        () -> hasty.async().callTool("query", Map.of()))
                .limit(CALLS)
                .toList();

        assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(calls).allMatch(CompletableFuture::isCompletedExceptionally);
        assertThat(server.calls("notifications/cancelled"))
                .extracting(call -> call.param("requestId"))
                .containsExactlyInAnyOrderElementsOf(server.calls("tools/call").stream()
                        .map(call -> call.message().path("id"))
                        .toList());
    }

    private static Arguments goingOn(String code, String events) {
        return arguments(code, events);
    }

    private static Arguments reply(Script reply) {
        return arguments(reply);
    }
}
