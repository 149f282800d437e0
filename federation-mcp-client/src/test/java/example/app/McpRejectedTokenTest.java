// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import example.app.ScriptedMcpServer.Script;
import io.tokenfederation.mcp.CallOptions;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpException;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class McpRejectedTokenTest {
    private static final String OLD = Failures.TOKEN;

    private ScriptedMcpServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedMcpServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "401; ",
                "403; {\"error_code\":403,\"message\":\"Invalid access token.\"}",
                "403; {\"error_code\":\"UNAUTHENTICATED\",\"message\":\"JWT has expired\"}",
                "400; {\"error_code\":\"400\",\"message\":\"Token is expired\"}"
            })
    void deadTokenIsReportedAndTheCallRepeatedOnceWithAnother(int status, String body) {
        Tokens tokens = new Tokens(OLD, "new");
        server.on("tools/call", refusing(OLD, status, body == null ? "" : body));

        String text = client(tokens).callTool("query", Map.of()).text();

        assertThat(text).isEqualTo("ran");
        assertThat(tokens.rejected)
                .singleElement()
                .satisfies(token -> assertThat(token.value()).isEqualTo(OLD));
        assertThat(server.calls("tools/call")).hasSize(2);
    }

    @Test
    void sameTokenIsNotSentAgain() {
        Tokens tokens = new Tokens(OLD);
        server.on("tools/call", refusing(OLD, 401, ""));

        McpException failure = Failures.ofCall(client(tokens));

        assertThat(failure.code()).isEqualTo("TOKEN_REJECTED");
        assertThat(failure).hasMessageContaining("has no other, or has replaced one a short time ago");
        assertThat(failure.fix()).startsWith("Try again after 30 seconds");
        assertThat(server.calls("tools/call")).hasSize(1);
    }

    @Test
    void secondTokenThatIsRefusedEndsTheCall() {
        Tokens tokens = new Tokens(OLD, "canary-token-5e1f-2", "canary-token-5e1f-3");
        server.on("tools/call", (call, wire) -> wire.json(401, "{\"message\":\"" + call.headers() + "\"}"));

        McpException failure = Failures.ofCall(client(tokens));

        assertThat(failure.code()).isEqualTo("TOKEN_REJECTED");
        assertThat(failure.httpStatus()).hasValue(401);
        assertThat(server.calls("tools/call")).hasSize(2);
        assertThat(tokens.rejected).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 303})
    void wayToALoginPageIsARefusedToken(int status) {
        Tokens tokens = new Tokens(OLD, "new");
        server.on("tools/call", (call, wire) -> {
            if (call.header("Authorization").equals("Bearer " + OLD)) {
                wire.reply(status, "text/html", "<a href='/login'>Found</a>", "Location: https://adb-1.example/login");
            } else {
                wire.json(200, call.text("ran"));
            }
        });

        String text = client(tokens).callTool("query", Map.of()).text();

        assertThat(text).isEqualTo("ran");
        assertThat(tokens.rejected).hasSize(1);
        assertThat(server.calls("tools/call")).hasSize(2);
    }

    @Test
    void secondWayToTheLoginPageEndsTheCall() {
        Tokens tokens = new Tokens(OLD, "canary-token-5e1f-2");
        server.on("initialize", (call, wire) -> wire.empty(302, "Location: https://adb-1.example/login"));

        McpException failure = Failures.ofCall(client(tokens));

        assertThat(failure.code()).isEqualTo("MCP_LOGIN_REDIRECT");
        assertThat(failure.httpStatus()).hasValue(302);
        assertThat(failure).hasMessageContaining("https://adb-1.example/login").hasMessageContaining("before it");
        assertThat(server.calls("initialize")).hasSize(2);
    }

    @Test
    void sameTokenIsNotSentToTheLoginPageAgain() {
        Tokens tokens = new Tokens(OLD);
        server.on("tools/call", (call, wire) -> wire.empty(303, "Location: https://adb-1.example/login"));

        assertThat(Failures.ofCall(client(tokens)).code()).isEqualTo("MCP_LOGIN_REDIRECT");
        assertThat(tokens.rejected).hasSize(1);
        assertThat(server.calls("tools/call")).hasSize(1);
    }

    @Test
    void movedServerCostsNoToken() {
        Tokens tokens = new Tokens(OLD, "new");
        server.on("tools/call", (call, wire) -> wire.empty(307, "Location: /mcp/"));

        assertThat(Failures.ofCall(client(tokens)).code()).isEqualTo("MCP_MOVED");
        assertThat(tokens.rejected).isEmpty();
        assertThat(server.calls("tools/call")).hasSize(1);
    }

    @Test
    void missingPermissionCostsNoToken() {
        Tokens tokens = new Tokens(OLD, "new");
        server.on(
                "tools/call",
                refusing(OLD, 403, "{\"error_code\":\"PERMISSION_DENIED\",\"message\":\"token expired\"}"));

        assertThat(Failures.ofCall(client(tokens)).code()).isEqualTo("PERMISSION_DENIED");
        assertThat(tokens.rejected).isEmpty();
        assertThat(server.calls("tools/call")).hasSize(1);
    }

    @Test
    void toolThatSpeaksOfATokenIsNotRunTwice() {
        Tokens tokens = new Tokens(OLD, "new");
        server.on("tools/call", (call, wire) -> wire.json(400, call.error(-32000, "downstream: token expired")));

        assertThat(Failures.ofCall(client(tokens)).code()).isEqualTo("MCP_PROTOCOL_ERROR");
        assertThat(tokens.rejected).isEmpty();
        assertThat(server.calls("tools/call")).hasSize(1);
    }

    @Test
    void replayThatMeetsAnotherRefusalReportsThatOne() {
        server.on("tools/call", (call, wire) -> {
            if (call.header("Authorization").equals("Bearer " + OLD)) {
                wire.empty(401);
            } else {
                wire.empty(403);
            }
        });

        assertThat(Failures.ofCall(client(new Tokens(OLD, "new"))).code()).isEqualTo("PERMISSION_DENIED");
    }

    @Test
    void handshakeIsRepeatedTheSameWay() {
        Tokens tokens = new Tokens(OLD, "new");
        server.on("initialize", (call, wire) -> {
            if (call.header("Authorization").equals("Bearer " + OLD)) {
                wire.empty(401, "WWW-Authenticate: Bearer realm=\"DatabricksRealm\"");
            } else {
                wire.json(200, call.result(ScriptedMcpServer.initializeResult("2025-11-25")));
            }
        });

        client(tokens).callTool("query", Map.of());

        assertThat(server.calls("initialize")).hasSize(2);
        assertThat(server.calls("tools/call")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tools/list", "initialize", "tools/call"})
    void whatMayBeSentTwiceIsSentAgainWhateverTheRefusalSays(String method) {
        for (String end : new String[] {"", "x".repeat(70_000)}) {
            server.on(method, (call, wire) -> {
                if (call.header("Authorization").equals("Bearer " + OLD)) {
                    wire.json(401, call.error(-32001, "Unauthorized" + end));
                } else if (method.equals("initialize")) {
                    wire.json(200, call.result(ScriptedMcpServer.initializeResult("2025-11-25")));
                } else {
                    wire.json(200, method.equals("tools/list") ? call.result("{\"tools\":[]}") : call.text("ran"));
                }
            });
            McpClient careless =
                    client(new Tokens(OLD, "new")).with(CallOptions.defaults().idempotent());

            assertThat(careless.listTools()).isEmpty();
            assertThat(careless.callTool("query", Map.of()).isError()).isFalse();
        }
    }

    @Test
    void forwardedTokenChangesWithTheOther() {
        server.on("tools/call", refusing(OLD, 401, ""));

        McpClient.builder(server.uri())
                .tokens(new Tokens(OLD, "new"))
                .forwardToken(true)
                .build()
                .callTool("query", Map.of());

        assertThat(server.calls("tools/call").get(1).header("X-Databricks-Token"))
                .isEqualTo("new");
    }

    private McpClient client(Tokens tokens) {
        return McpClient.builder(server.uri()).tokens(tokens).build();
    }

    private static Script refusing(String token, int status, String body) {
        return (call, wire) -> {
            if (call.header("Authorization").equals("Bearer " + token)) {
                wire.json(status, body);
            } else {
                wire.json(200, call.text("ran"));
            }
        };
    }
}
