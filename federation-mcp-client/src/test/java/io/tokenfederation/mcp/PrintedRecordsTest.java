// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenfederation.DatabricksToken;
import io.tokenfederation.ResolvedRole;
import io.tokenfederation.ServicePrincipal;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What carries arguments, rows, addresses or session ids does not print them. */
class PrintedRecordsTest {
    private static final String CANARY = "canary-3b7d";
    private static final ObjectNode JSON = JsonRpc.object().put("email", CANARY);
    private static final JsonNode ID = JSON.path("email");
    private static final Asked ASKED = Asked.of(
            "tools/call",
            URI.create("https://app.example/mcp?key=" + CANARY),
            DatabricksToken.of(CANARY, Instant.EPOCH),
            List.of(CANARY));
    private static final ResolvedRole ROLE =
            new ResolvedRole("west_sales", "idp-role", ServicePrincipal.of("7cb2f8a4-49a7-4147-83db-35cb69e5cede"));
    private static final HttpHeaders HEADERS =
            HttpHeaders.of(Map.of("Mcp-Session-Id", List.of(CANARY)), (name, value) -> true);

    static Stream<Arguments> values() {
        return Stream.of(
                arguments(new Outgoing("tools/call 'query'", JSON), "tools/call 'query'"),
                arguments(new Rpc.Request("tools/call", "query", JSON), "tools/call 'query'"),
                arguments(new Rpc.Answer(ASKED, JSON, HEADERS), "tools/call at https://app.example/mcp"),
                arguments(new Message.Result(ID, JSON), "Result"),
                arguments(new Message.Failure(ID, new RpcError(-32000, CANARY)), "-32000"),
                arguments(new Message.Request(ID, "ping"), "ping"),
                arguments(new RpcError(-32000, CANARY), "-32000"),
                arguments(new SseEvent("message", CANARY), "message"),
                arguments(new CallHeaders(CANARY, ROLE, true), "west_sales"),
                arguments(new Session("2025-11-25", CANARY), "2025-11-25"),
                arguments(new TextContent(CANARY), "11 characters"),
                arguments(new ImageContent(CANARY, "image/png"), "image/png"),
                arguments(new AudioContent(CANARY, "audio/wav"), "audio/wav"),
                arguments(new ResourceLink("https://x/?sig=" + CANARY, CANARY, CANARY, "text/csv"), "text/csv"),
                arguments(new EmbeddedResource("file:///" + CANARY, "text/csv", CANARY, ""), "text/csv"),
                arguments(new UnknownContent("video", CANARY), "video"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void valueSaysWhatItIsAndNotWhatIsInIt(Object value, String said) {
        assertThat(value.toString()).contains(said).doesNotContain(CANARY);
    }
}
