// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpClientBuilder;
import io.tokenfederation.mcp.ServerInfo;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which extensions the two sides say they have. */
class McpDeclaredExtensionsTest {
    private static final String SKILLS = "io.modelcontextprotocol/skills";
    private static final String DECLARED =
            "{\"extensions\":{\"" + SKILLS + "\":{},\"com.example/prices\":{\"step\":0.10,\"currencies\":[\"EUR\"]}}}";

    private ScriptedMcpServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedMcpServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void modernServerHearsOfThemWithEachRequest() {
        server.modern();
        McpClient mcp = declaring();

        mcp.callTool("query", Map.of());

        assertThat(server.calls)
                .hasSize(2)
                .allSatisfy(call ->
                        assertThat(call.body()).contains("\"io.modelcontextprotocol/clientCapabilities\":" + DECLARED));
    }

    @Test
    void legacyServerHearsOfThemInTheHandshake() {
        McpClient mcp = declaring();

        mcp.callTool("query", Map.of());

        assertThat(server.bodies("initialize").get(0)).contains("\"capabilities\":" + DECLARED);
    }

    @Test
    void laterSettingsReplaceEarlierOnesAndHandlersAreDeclaredBeside() {
        server.modern();
        McpClient mcp = builder()
                .extension(SKILLS, Map.of("a", 1))
                .extension(SKILLS, Map.of())
                .roots(List::of)
                .build();

        mcp.callTool("query", Map.of());

        assertThat(server.bodies("tools/call").get(0))
                .contains("{\"roots\":{},\"extensions\":{\"" + SKILLS + "\":{}}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "skills",
                "/skills",
                "io.modelcontextprotocol/",
                "io..mcp/skills",
                "1o.mcp/skills",
                "io.mcp-/skills",
                "io.mcp/-skills",
                "io.mcp/skills.",
                "io.mcp/a/b",
                "io.mcp/a b",
                "io.mcp/\u00e4",
                "io.mcp/a\n"
            })
    void identifierOfAnotherFormIsMisuse(String id) {
        McpClientBuilder builder = builder();

        assertThatThrownBy(() -> builder.extension(id, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("prefix/name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"io.modelcontextprotocol/oauth-client-credentials", "a/b", "com.x-y.z1/N_a.m-e2"})
    void identifierOfTheFormOfTheSpecificationIsTaken(String id) {
        assertThat(builder().extension(id, Map.of()).build()).isNotNull();
    }

    @Test
    void tasksAreNotDeclaredByAClientThatRunsNone() {
        McpClientBuilder builder = builder();

        assertThatThrownBy(() -> builder.extension("io.modelcontextprotocol/tasks", Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("instead of its result");
    }

    @Test
    void modernServerTellsWhichItHas() {
        server.modern()
                .on(
                        "server/discover",
                        (call, wire) -> wire.json(
                                200, call.result(withExtensions(ScriptedMcpServer.discoverResult("2026-07-28")))));

        assertThat(info().extensions()).containsExactly(entry("z.example/z", "{ \"n\": 1.10 }"), entry(SKILLS, "{}"));
    }

    @Test
    void legacyServerTellsWhichItHas() {
        server.on(
                "initialize",
                (call, wire) ->
                        wire.json(200, call.result(withExtensions(ScriptedMcpServer.initializeResult("2025-11-25")))));

        assertThat(info().extensions()).containsExactly(entry("z.example/z", "{ \"n\": 1.10 }"), entry(SKILLS, "{}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"extensions\":null}", "{\"extensions\":[\"a/b\"]}", "null", "[]", "7", "{\"x\":"})
    void serverThatNamesNoneHasNone(String capabilities) {
        assertThat(new ServerInfo("", "", "", "", capabilities).extensions()).isEmpty();
    }

    @Test
    void extensionTheServerMissesIsNamed() {
        server.modern()
                .on(
                        "tools/call",
                        (call, wire) -> wire.json(
                                400,
                                call.error(
                                        -32021,
                                        "Missing",
                                        "{\"requiredCapabilities\":{\"extensions\":{\"" + SKILLS
                                                + "\":{}},\"roots\":{}}}")));

        assertThat(Failures.ofCall(builder().build()))
                .hasMessageContaining("a client that offers the extension " + SKILLS + ", roots")
                .satisfies(failure -> assertThat(failure.code()).isEqualTo("MCP_INPUT_REQUIRED"));
    }

    /** In this order, and with one that is no object. */
    private static String withExtensions(String result) {
        return result.replace(
                "\"capabilities\":{",
                "\"capabilities\":{\"extensions\":{\"z.example/z\":{ \"n\": 1.10 },\"no.object/x\":true,\"" + SKILLS
                        + "\":{}},");
    }

    private McpClient declaring() {
        return builder()
                .extension(SKILLS, Map.of())
                .extension(
                        "com.example/prices",
                        new TreeMap<>(Map.of("step", new BigDecimal("0.10"), "currencies", List.of("EUR")))
                                .descendingMap())
                .build();
    }

    private ServerInfo info() {
        return builder().build().server();
    }

    private McpClientBuilder builder() {
        return McpClient.builder(server.uri()).tokens(new Tokens(Failures.TOKEN));
    }
}
