// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import example.app.ScriptedMcpServer.Call;
import example.app.ScriptedMcpServer.Script;
import io.tokenfederation.Caller;
import io.tokenfederation.VerifiedClaims;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server says of an error besides its number and its message. */
class McpErrorDataTest {
    private static final String DATA =
            "{ \"const\" : 1.0e0, \"path\":\"a\\/\\u00e4\" ,\"ü\":[ 0.10, null ],\"path\":1 }";

    private final List<McpClient> clients = new ArrayList<>();
    private ScriptedMcpServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedMcpServer();
    }

    @AfterEach
    void stop() throws IOException {
        clients.forEach(McpClient::close);
        server.close();
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                arguments("JSON", (Script) (call, wire) -> wire.json(200, failed(call, DATA))),
                arguments("an event", (Script) (call, wire) -> wire.stream("data: " + failed(call, DATA) + "\n\n")),
                arguments("the data first", (Script) (call, wire) -> wire.json(
                        200,
                        "{\"error\":{\"data\":" + DATA + ",\"code\":-32000},\"id\":"
                                + call.message().path("id") + ",\"jsonrpc\":\"2.0\"}")),
                arguments("a refusal", (Script) (call, wire) -> wire.json(400, failed(call, DATA))),
                arguments("an outage", (Script) (call, wire) -> wire.json(503, failed(call, DATA))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void dataIsWhatTheServerWrote(String what, Script answer) {
        server.on("tools/call", answer);

        McpException failure = Failures.ofCall(client());

        assertThat(failure.rpcData()).as(what).contains(DATA);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"why\"", "7.10", "[ ]", "false"})
    void dataNeedBeNoObject(String data) {
        server.on("tools/call", (call, wire) -> wire.json(200, failed(call, data)));

        assertThat(Failures.ofCall(client()).rpcData()).contains(data);
    }

    @Test
    void errorMayComeWithoutData() {
        server.on("tools/call", (call, wire) -> wire.json(200, call.error(-32000, "no")));
        McpException without = Failures.ofCall(client());
        server.on("tools/call", (call, wire) -> wire.json(200, failed(call, "null")));
        McpException none = Failures.ofCall(client());
        server.on("tools/call", (call, wire) -> wire.json(200, "<html>"));
        McpException unreadable = Failures.ofCall(client());

        assertThat(without.rpcData()).isEmpty();
        assertThat(none.rpcData()).isEmpty();
        assertThat(unreadable.rpcData()).isEmpty();
    }

    @Test
    void pageThatMustBeVisitedFirstIsNamed() {
        String pages =
                "{\"elicitations\":[{\"mode\":\"url\",\"url\":\"https://mcp.example/pay?session=canary-session\"}]}";
        startsSession();
        server.on("tools/call", (call, wire) -> wire.json(200, call.error(-32042, "Pay first", pages)));

        McpException failure = Failures.ofCall(client());

        assertThat(failure.code()).isEqualTo("MCP_INPUT_REQUIRED");
        assertThat(failure.fix()).contains("open the page", "rpcData()");
        assertThat(failure.rpcData()).contains(pages);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 503})
    void whatTheClientSentIsTakenOut(int status) {
        server.on(
                "tools/call",
                (call, wire) -> wire.json(
                        status,
                        failed(
                                call,
                                "{ \"n\" : 1.0,\"" + call.header("Authorization") + "\":\"by " + Failures.ADDRESS
                                        + "\", \"escaped\":\"" + escaped(Failures.TOKEN) + "\",\"sent\":\""
                                        + call.header("X-Databricks-Token") + call.header("X-Caller-Email")
                                        + "\",\"page\":\"https://idp.example/login?login_hint="
                                        + inQuery(Failures.ADDRESS)
                                        + "&t=" + inQuery(Failures.TOKEN) + "\" }")));

        McpException failure = Failures.ofCall(client());

        assertThat(failure.rpcData())
                .contains("{ \"n\" : 1.0,\"Bearer [removed]\":\"by [removed]\", \"escaped\":\"[removed]\","
                        + "\"sent\":\"[removed][removed]\","
                        + "\"page\":\"https://idp.example/login?login_hint=[removed]&t=[removed]\" }");
    }

    @Test
    void dataIsInNoText() {
        server.on("tools/call", (call, wire) -> wire.json(200, failed(call, "{\"row\":\"canary-row\"}")));

        McpException failure = Failures.ofCall(client());

        assertThat(failure.rpcData()).contains("{\"row\":\"canary-row\"}");
        assertThat(failure.getMessage() + failure + failure.fix() + failure.rpcMessage())
                .doesNotContain("canary-row");
    }

    private void startsSession() {
        server.on(
                "initialize",
                (call, wire) -> wire.json(
                        200,
                        call.result(ScriptedMcpServer.initializeResult("2025-11-25")),
                        "Mcp-Session-Id: canary-session"));
    }

    private static String inQuery(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String failed(Call call, String data) {
        return call.error(-32000, "no", data);
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.chars().forEach(c -> escaped.append(String.format("\\u%04x", c)));
        return escaped.toString();
    }

    private McpClient client() {
        Caller caller = Caller.of(VerifiedClaims.alreadyVerified(
                Map.of("iss", "https://idp.example", "sub", "7", "email", Failures.ADDRESS)));
        McpClient mcp = McpClient.builder(server.uri())
                .tokens(new Tokens(Failures.TOKEN))
                .caller(caller)
                .forwardToken(true)
                .build();
        clients.add(mcp);
        return mcp;
    }
}
