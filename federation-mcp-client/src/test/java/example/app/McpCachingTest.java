// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import example.app.ScriptedMcpServer.Call;
import io.tokenfederation.Caller;
import io.tokenfederation.ResolvedRole;
import io.tokenfederation.ServicePrincipal;
import io.tokenfederation.VerifiedClaims;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpException;
import io.tokenfederation.mcp.Prompt;
import io.tokenfederation.mcp.Tool;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists are kept for as long as a server of the modern era says, and for nobody else (2026-07-28, "Caching"). */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class McpCachingTest {
    private static final String HOUR = ",\"ttlMs\":3600000";
    private static final String PUBLIC = HOUR + ",\"cacheScope\":\"public\"";

    private final Tokens tokens = new Tokens("t1", "t2");
    private ScriptedMcpServer server;
    private McpClient mcp;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedMcpServer().modern();
        mcp = McpClient.builder(server.uri()).tokens(tokens).build();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void listIsAskedForOnceAndItsPagesAreKeptByCursor() {
        server.on(
                "tools/list",
                (call, wire) -> wire.json(
                        200,
                        call.param("cursor").isMissingNode()
                                ? page(call, "query", ",\"nextCursor\":\"\"" + HOUR)
                                : page(call, "other", HOUR)));

        mcp.listTools();
        List<Tool> again = mcp.listTools();

        assertThat(again).extracting(Tool::name).containsExactly("query", "other");
        assertThat(server.calls("tools/list")).hasSize(2);
    }

    @Test
    void promptsAreKeptToo() {
        server.on(
                "prompts/list",
                (call, wire) -> wire.json(200, call.result("{\"prompts\":[{\"name\":\"p\"}]" + HOUR + "}")));

        assertThat(mcp.prompts()).extracting(Prompt::name).containsExactly("p");
        assertThat(mcp.prompts()).extracting(Prompt::name).containsExactly("p");

        assertThat(server.calls("prompts/list")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",\"ttlMs\":0",
                ",\"ttlMs\":-5",
                ",\"ttlMs\":\"9\"",
                ",\"ttlMs\":null",
                ",\"ttlMs\":-1e99",
                ",\"ttlMs\":-99999999999999999999999"
            })
    void whatHoldsForNoTimeIsNotKept(String hint) {
        list(hint);

        mcp.listTools();
        mcp.listTools();

        assertThat(server.calls("tools/list")).hasSize(2);
    }

    @Test
    void timeLongerThanAnyIsKeptForADay() {
        list(",\"ttlMs\":99999999999999999999999");

        mcp.listTools();
        mcp.listTools();

        assertThat(server.calls("tools/list")).hasSize(1);
    }

    @Test
    void whatHeldOnceIsAskedForAgain() {
        list(",\"ttlMs\":1");

        mcp.listTools();
        long over = System.nanoTime() + 2_000_000;
        while (System.nanoTime() < over) {
            Thread.onSpinWait();
        }
        mcp.listTools();

        assertThat(server.calls("tools/list")).hasSize(2);
    }

    @Test
    void privateListIsNotGivenToAnotherToken() {
        list(HOUR);
        mcp.listTools();

        tokens.rejected(tokens.token());
        mcp.listTools();

        assertThat(server.calls("tools/list")).hasSize(2);
    }

    @Test
    void privateListIsNotGivenToAnotherPerson() {
        list(HOUR);
        mcp.listTools();

        mcp.forCaller(caller(), role()).listTools();
        mcp.forCaller(caller(), role()).listTools();
        mcp.listTools();

        assertThat(server.calls("tools/list")).hasSize(2);
    }

    @Test
    void publicListIsGivenToAll() {
        list(PUBLIC);
        mcp.listTools();

        tokens.rejected(tokens.token());
        mcp.forCaller(caller(), role()).listTools();

        assertThat(server.calls("tools/list")).hasSize(1);
    }

    @Test
    void errorOfAToolsCallEndsWhatIsKept() {
        list(PUBLIC);
        mcp.listTools();
        server.on("tools/call", (call, wire) -> wire.json(400, call.error(-32602, "Unknown tool")));

        Failures.ofCall(mcp);
        mcp.listTools();

        assertThat(server.calls("tools/list")).hasSize(2);
    }

    @Test
    void headersAToolWantsAreLookedUpAnewThoughTheListIsKept() {
        list(PUBLIC);
        mcp.listTools();
        server.on(
                "tools/list",
                (call, wire) -> wire.json(
                        200,
                        call.result(
                                "{\"tools\":[{\"name\":\"query\",\"inputSchema\":{\"properties\":{\"sql\":{\"type\":"
                                        + "\"string\",\"x-mcp-header\":\"Sql\"}}}}]}")));
        server.on("tools/call", (call, wire) -> {
            if (call.header("Mcp-Param-Sql").isEmpty()) {
                wire.json(400, call.error(-32020, "Header mismatch"));
            } else {
                wire.json(200, call.text("done"));
            }
        });

        assertThat(mcp.callTool("query", Map.of("sql", "x")).text()).isEqualTo("done");
    }

    @Test
    void newsOfAChangeEndsWhatIsKept() throws Exception {
        list(PUBLIC);
        mcp.listTools();
        CountDownLatch heard = new CountDownLatch(1);
        server.on("subscriptions/listen", (call, wire) -> {
            wire.beginStream();
            for (String news : new String[] {"subscriptions/acknowledged", "tools/list_changed"}) {
                wire.chunk("data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/" + news + "\"}\n\n");
            }
        });

        CompletableFuture<Void> listening = mcp.async().listen(Set.of(), change -> heard.countDown());
        heard.await();
        mcp.listTools();
        listening.cancel(true);

        assertThat(server.calls("tools/list")).hasSize(2);
    }

    @Test
    void cursorThatLeadsNowhereEndsWhatIsKept() {
        server.on("tools/list", (call, wire) -> {
            boolean first = call.param("cursor").isMissingNode();
            wire.json(
                    200,
                    first ? page(call, "query", ",\"nextCursor\":\"gone\"" + PUBLIC) : call.error(-32602, "cursor"));
        });

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(mcp::listTools).isInstanceOf(McpException.class);
        }

        assertThat(server.calls("tools/list").stream()
                        .filter(call -> call.param("cursor").isMissingNode()))
                .hasSize(2);
    }

    @Test
    void sessionsOfTheLegacyEraKeepNothing() throws IOException {
        try (ScriptedMcpServer legacy = new ScriptedMcpServer()) {
            legacy.on("tools/list", (call, wire) -> wire.json(200, page(call, "query", PUBLIC)));
            McpClient old = McpClient.builder(legacy.uri()).tokens(tokens).build();

            old.listTools();
            old.listTools();

            assertThat(legacy.calls("tools/list")).hasSize(2);
        }
    }

    @Test
    void whatTheServerSaysOfItselfIsAskedForAgainOnceItHoldsNoLonger() {
        mcp.server();
        assertThat(server.calls("server/discover")).hasSize(1);
        server.on(
                "server/discover",
                (call, wire) -> wire.json(
                        200,
                        call.result("{\"supportedVersions\":[\"2026-07-28\"],\"instructions\":\"new\"" + HOUR + "}")));

        assertThat(mcp.server().instructions()).isEqualTo("new");
        assertThat(mcp.server().instructions()).isEqualTo("new");
        mcp.callTool("query", Map.of());

        assertThat(server.calls("server/discover")).hasSize(2);
    }

    private void list(String hint) {
        server.on("tools/list", (call, wire) -> wire.json(200, page(call, "query", hint)));
    }

    private static String page(Call call, String tool, String rest) {
        return call.result("{\"tools\":[{\"name\":\"" + tool + "\",\"inputSchema\":{}}]" + rest + "}");
    }

    private static Caller caller() {
        return Caller.of(VerifiedClaims.alreadyVerified(
                Map.of("iss", "https://idp.example", "sub", "7", "email", "ann@example.com")));
    }

    private static ResolvedRole role() {
        return new ResolvedRole("west", "idp-role", ServicePrincipal.of("7cb2f8a4-49a7-4147-83db-35cb69e5cede"));
    }
}
