// SPDX-License-Identifier: Apache-2.0
package example.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import example.app.Web.Answer;
import io.tokenfederation.testkit.LoopbackMcpServer;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server makes of requests that no proper client sends. */
class LoopbackMcpProtocolTest {
    private static final String BOTH = "application/json, text/event-stream";
    private static final String INITIALIZE = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":"
            + "{\"protocolVersion\":\"%s\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}";
    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}";

    private final FederatedMcp world = new FederatedMcp();
    private final LoopbackMcpServer server = world.server;

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void requestWithoutATokenIsSentToTheLoginPage() throws Exception {
        Answer answer = Web.post(server.uri(), "application/json", LIST, "Accept", BOTH);

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("Location"))
                .startsWith(world.databricks.workspaceUrl().toString());
    }

    @Test
    void requestWithoutATokenIsUnauthorizedIfAskedFor() throws Exception {
        server.redirectToLogin(false);

        Answer answer = Web.post(server.uri(), "application/json", LIST, "Accept", BOTH);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
    }

    @Test
    void tokenTheWorkspaceDoesNotKnowIsUnauthorizedIfAskedFor() throws Exception {
        server.redirectToLogin(false);

        Answer answer =
                Web.post(server.uri(), "application/json", LIST, "Accept", BOTH, "Authorization", "Bearer other");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.json().path("message").asText()).isEqualTo("Invalid access token.");
    }

    @Test
    void clientThatDoesNotAcceptBothFramingsIsRefused() throws Exception {
        assertThat(post(LIST, "Accept", "application/json").status()).isEqualTo(406);
    }

    @Test
    void bodyThatIsNotCalledJsonIsRefused() throws Exception {
        assertThat(Web.post(server.uri(), "text/plain", LIST, "Accept", BOTH, "Authorization", bearer())
                        .status())
                .isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"id\":1,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}"
            })
    void bodyThatIsNoMessageIsRefused(String body) throws Exception {
        assertThat(post(body, "Accept", BOTH).status()).isEqualTo(400);
    }

    @Test
    void callWithoutASessionIsRefused() throws Exception {
        assertThat(post(LIST, "Accept", BOTH).status()).isEqualTo(400);
    }

    @Test
    void callInASessionNobodyBeganIsNotFound() throws Exception {
        assertThat(post(LIST, "Accept", BOTH, "Mcp-Session-Id", "made-up").status())
                .isEqualTo(404);
    }

    @Test
    void callBeforeInitializedIsRefused() throws Exception {
        String session = begin("2025-11-25");

        assertThat(inSession(session, "2025-11-25", LIST).status()).isEqualTo(400);
    }

    @Test
    void callOfAnotherVersionIsRefused() throws Exception {
        String session = begin("2025-11-25");

        assertThat(inSession(session, "2025-06-18", LIST).status()).isEqualTo(400);
        assertThat(post(LIST, "Accept", BOTH, "Mcp-Session-Id", session).status())
                .isEqualTo(400);
    }

    @Test
    void callWithoutAnIdIsANotificationWithoutAnAnswer() throws Exception {
        String session = begin("2025-11-25");

        Answer answer = inSession(session, "2025-11-25", "{\"jsonrpc\":\"2.0\",\"method\":\"tools/call\"}");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.text()).isEmpty();
        assertThat(server.toolCalls()).isZero();
    }

    @Test
    void unknownVersionIsAnsweredWithTheNewest() throws Exception {
        JsonNode answer =
                post(INITIALIZE.formatted("2099-01-01"), "Accept", BOTH).json();

        assertThat(answer.path("result").path("protocolVersion").asText()).isEqualTo("2025-11-25");
    }

    @Test
    void initializeThatLacksSomethingIsRefused() throws Exception {
        String bare = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{}}";

        assertThat(post(bare, "Accept", BOTH).json().path("error").path("code").asInt())
                .isEqualTo(-32602);
        assertThat(server.initializations()).isZero();
    }

    @Test
    void streamForServerMessagesIsNotOffered() throws Exception {
        assertThat(Web.get(server.uri(), "Accept", "text/event-stream", "Authorization", bearer())
                        .status())
                .isEqualTo(405);
    }

    private String bearer() {
        return "Bearer " + world.tokens.token().value();
    }

    private Answer post(String body, String... headers) throws Exception {
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Authorization";
        all[headers.length + 1] = bearer();
        return Web.post(server.uri(), "application/json", body, all);
    }

    private String begin(String version) throws Exception {
        return post(INITIALIZE.formatted(version), "Accept", BOTH).header("Mcp-Session-Id");
    }

    private Answer inSession(String session, String version, String body) throws Exception {
        return post(body, "Accept", BOTH, "Mcp-Session-Id", session, "MCP-Protocol-Version", version);
    }
}
