// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenfederation.mcp.CallOptions;
import io.tokenfederation.mcp.ElicitationAnswer;
import io.tokenfederation.mcp.LogLevel;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpClientBuilder;
import io.tokenfederation.mcp.PromptMessage;
import io.tokenfederation.mcp.SamplingAnswer;
import io.tokenfederation.mcp.SamplingRequest;
import io.tokenfederation.mcp.UnknownContent;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON that the application gets as a text is the server's own, byte for byte, whoever may have to sign or compare it. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class McpServersOwnTextTest {
    /** Everything of it is lost when it is read and written anew. */
    private static final String MEMBERS =
            " \"const\" : 1.0e0, \"a\":\"\\u0061\\/\" ,\"größe\":[ 1E2,-0.0,12345678901234567890.1230 ], \"a\":null }";

    private static final String RAW = "{" + MEMBERS;
    private static final String UNKNOWN = "{ \"type\" :\"hologram\"," + MEMBERS;

    private ScriptedMcpServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedMcpServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @ParameterizedTest(name = "modern: {0}")
    @ValueSource(booleans = {false, true})
    void schemaOfAForm(boolean modern) {
        List<String> schemas = new CopyOnWriteArrayList<>();
        asks(modern, "elicitation/create", "{\"message\":\"größe?\", \"requestedSchema\" : " + RAW + " }");
        McpClient mcp = client().elicitation(question -> {
                    schemas.add(question.requestedSchema());
                    return ElicitationAnswer.decline();
                })
                .build();

        mcp.callTool("query", Map.of());

        assertThat(schemas).containsExactly(RAW);
    }

    @ParameterizedTest(name = "modern: {0}")
    @ValueSource(booleans = {false, true})
    void requestForAModelAndTheContentInIt(boolean modern) {
        List<SamplingRequest> requests = new CopyOnWriteArrayList<>();
        String several = "[ " + UNKNOWN + " ,7.0 ]";
        String params = "{ \"messages\" :[ {\"role\":\"user\", \"content\" : " + UNKNOWN + " },\t{\"content\": "
                + several + ",\"role\":\"\\u0061ssistant\"}] , \"metadata\":" + RAW + " }";
        asks(modern, "sampling/createMessage", params);
        McpClient mcp = client().sampling(request -> {
                    requests.add(request);
                    return new SamplingAnswer("m1", "because", "endTurn");
                })
                .build();

        mcp.callTool("query", Map.of());

        assertThat(requests)
                .containsExactly(new SamplingRequest(
                        List.of(
                                new PromptMessage("user", new UnknownContent("hologram", UNKNOWN)),
                                new PromptMessage("assistant", new UnknownContent("", several))),
                        "",
                        0,
                        params));
    }

    @ParameterizedTest(name = "modern: {0}")
    @ValueSource(booleans = {false, true})
    void contentOfAPrompt(boolean modern) {
        speak(modern);
        server.on(
                "prompts/get",
                (call, wire) -> wire.json(
                        200,
                        call.result("{\"description\":\"größe\", \"messages\" : [ {\"role\":\"user\",\"content\" :\n"
                                + UNKNOWN + "\n} , {\"content\":" + RAW + "}] }")));

        assertThat(client().build().getPrompt("p", Map.of()).messages())
                .containsExactly(
                        new PromptMessage("user", new UnknownContent("hologram", UNKNOWN)),
                        new PromptMessage("", new UnknownContent("", RAW)));
    }

    @ParameterizedTest(name = "modern: {0}")
    @ValueSource(booleans = {false, true})
    void dataThatIsLogged(boolean modern) {
        List<String> data = new CopyOnWriteArrayList<>();
        speak(modern);
        server.on(
                "tools/call",
                (call, wire) -> wire.stream(log(", \"data\" : " + RAW) + log(",\"data\": 1.0e0 ")
                        + log(",\"data\":\"\\u0061\"") + log("") + "data: " + call.text("done") + "\n\n"));
        CallOptions listening = CallOptions.defaults().onLog(LogLevel.INFO, log -> data.add(log.data()));

        client().build().with(listening).callTool("query", Map.of());

        assertThat(data).containsExactly(RAW, "1.0e0", "a", "");
    }

    @Test
    void stateGoesBackAsItCame() {
        server.modern();
        server.on("tools/call", (call, wire) -> {
            server.on("tools/call", (again, wireAgain) -> wireAgain.json(200, again.text("done")));
            wire.json(200, call.result("{\"resultType\":\"input_required\", \"requestState\" : " + RAW + " }"));
        });

        client().build().callTool("query", Map.of());

        assertThat(server.bodies("tools/call").get(1)).contains("\"requestState\":" + RAW + ",");
    }

    @ParameterizedTest(name = "modern: {0}")
    @ValueSource(booleans = {false, true})
    void numberInAFormGoesBackWithEveryDigit(boolean modern) {
        asks(
                modern,
                "elicitation/create",
                "{\"message\":\"?\",\"requestedSchema\":{\"type\":\"object\",\"properties\":{\"price\":{\"type\":\"number\","
                        + "\"default\":12345678901234567890.1230}}}}");
        McpClient mcp = client().elicitation(question -> ElicitationAnswer.accept(question.defaults()))
                .build();

        mcp.callTool("query", Map.of());

        String answer = modern
                ? server.bodies("tools/call").get(1)
                : server.bodies("result").get(0);
        assertThat(answer).contains("{\"price\":12345678901234567890.1230}");
    }

    private void speak(boolean modern) {
        if (modern) {
            server.modern();
        }
    }

    /** Asks this once while the tool runs, in the form of the era. */
    private void asks(boolean modern, String method, String params) {
        speak(modern);
        String question = "\"method\":\"" + method + "\", \"params\" : " + params + " }";
        server.on("tools/call", (call, wire) -> {
            server.on("tools/call", (again, wireAgain) -> wireAgain.json(200, again.text("done")));
            if (modern) {
                wire.json(
                        200,
                        call.result("{\"resultType\":\"input_required\", \"inputRequests\" : {\"gr\\u00f6ße\" : {"
                                + question + " } }"));
            } else {
                wire.stream("data: {\"jsonrpc\":\"2.0\",\"id\":\"größe\"," + question + "\n\ndata: " + call.text("done")
                        + "\n\n");
            }
        });
    }

    private static String log(String data) {
        return "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\": {\"level\":\"error\"" + data
                + "} }\n\n";
    }

    private McpClientBuilder client() {
        return McpClient.builder(server.uri()).tokens(new Tokens("t1"));
    }
}
