// SPDX-License-Identifier: Apache-2.0
package mcptests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenfederation.mcp.Elicitation;
import io.tokenfederation.mcp.ElicitationAnswer;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpClientBuilder;
import io.tokenfederation.mcp.McpException;
import io.tokenfederation.mcp.Root;
import io.tokenfederation.mcp.SamplingAnswer;
import io.tokenfederation.mcp.SamplingRequest;
import io.tokenfederation.mcp.TextContent;
import io.tokenfederation.mcp.Tool;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the server that has everything asks while it carries out a call. */
@ExtendWith(EverythingServer.Shared.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class EverythingQuestionsTest {
    @Test
    void formIsFilledIn(EverythingServer server) {
        List<Elicitation> asked = new ArrayList<>();

        String said = call(
                server,
                builder -> builder.elicitation(question -> {
                    asked.add(question);
                    Map<String, Object> filled = new HashMap<>(question.defaults());
                    filled.put("name", "Ann Ändern");
                    return ElicitationAnswer.accept(filled);
                }),
                "trigger-elicitation-request",
                Map.of());

        assertThat(asked).singleElement().satisfies(question -> {
            assertThat(question.message()).contains("Please provide inputs");
            assertThat(question.requestedSchema()).contains("\"birthdate\"");
            assertThat(question.defaults())
                    .containsEntry("integer", 42)
                    .containsEntry("titledMultipleSelectEnum", List.of("fish-1"));
        });
        assertThat(said).contains("Ann Ändern").contains("It was a dark and stormy night.");
    }

    @Test
    void personSaysNoOrGoesAway(EverythingServer server) {
        String declined = call(
                server, b -> b.elicitation(q -> ElicitationAnswer.decline()), "trigger-elicitation-request", Map.of());
        String cancelled = call(
                server, b -> b.elicitation(q -> ElicitationAnswer.cancel()), "trigger-elicitation-request", Map.of());

        assertThat(declined).contains("\"action\": \"decline\"");
        assertThat(cancelled).contains("\"action\": \"cancel\"");
    }

    @Test
    void pageIsVisited(EverythingServer server) {
        List<String> visited = new ArrayList<>();

        String said = call(
                server,
                builder -> builder.elicitation(question -> {
                    visited.add(question.url());
                    return ElicitationAnswer.accept();
                }),
                "trigger-url-elicitation",
                Map.of("url", "https://example.com/consent", "message", "Visit this"));

        assertThat(visited).containsExactly("https://example.com/consent");
        assertThat(said).contains("completed the URL elicitation");
    }

    @Test
    void pageThatMustBeVisitedFirstIsATypedFailure(EverythingServer server) {
        assertThatThrownBy(() -> call(
                        server,
                        builder -> builder.elicitation(question -> ElicitationAnswer.accept()),
                        "trigger-url-elicitation",
                        Map.of("url", "https://example.com/consent", "message", "Visit this", "errorPath", true)))
                .isInstanceOfSatisfying(McpException.class, e -> {
                    assertThat(e.rpcCode()).hasValue(-32042);
                    assertThat(e.rpcData())
                            .hasValueSatisfying(data -> assertThat(data)
                                    .startsWith("{\"elicitations\":[")
                                    .contains("\"mode\":\"url\"", "\"url\":\"https://modelcontextprotocol.io\""));
                });
    }

    @Test
    void modelIsAsked(EverythingServer server) {
        List<SamplingRequest> asked = new ArrayList<>();

        String said = call(
                server,
                builder -> builder.sampling(request -> {
                    asked.add(request);
                    return new SamplingAnswer("model-1", "Because.", "endTurn");
                }),
                "trigger-sampling-request",
                Map.of("prompt", "Why?", "maxTokens", 17));

        assertThat(asked).singleElement().satisfies(request -> {
            assertThat(request.maxTokens()).isEqualTo(17);
            assertThat(request.systemPrompt()).isEqualTo("You are a helpful test server.");
            assertThat(request.messages().get(0).content())
                    .isInstanceOfSatisfying(
                            TextContent.class, text -> assertThat(text.text()).endsWith("Why?"));
        });
        assertThat(said).contains("Because.").contains("model-1");
    }

    @Test
    void placesAreToldOnAStreamOfTheServersOwn(EverythingServer server) {
        String said = call(
                server,
                builder -> builder.roots(() -> List.of(new Root(URI.create("file:///work"), "work"))),
                "get-roots-list",
                Map.of());

        assertThat(said).contains("work").contains("file:///work");
    }

    @Test
    void toolsThatAskAreOfferedToAClientThatAnswers(EverythingServer server) {
        try (McpClient mcp = Clients.of(server.uri())
                .elicitation(question -> ElicitationAnswer.cancel())
                .sampling(request -> new SamplingAnswer("m", "t", "endTurn"))
                .roots(List::of)
                .build()) {
            assertThat(mcp.listTools())
                    .extracting(Tool::name)
                    .contains(
                            "get-roots-list",
                            "trigger-elicitation-request",
                            "trigger-url-elicitation",
                            "trigger-sampling-request")
                    .doesNotContain("trigger-sampling-request-async", "trigger-elicitation-request-async");
        }
    }

    private static String call(
            EverythingServer server, UnaryOperator<McpClientBuilder> handlers, String tool, Map<String, ?> arguments) {
        try (McpClient mcp = handlers.apply(Clients.of(server.uri())).build()) {
            return mcp.callTool(tool, arguments).text();
        }
    }
}
