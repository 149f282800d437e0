// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

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
    private static final Slice JSON = Slice.of("{\"email\":\"" + CANARY + "\"}");
    private static final Request<Boolean> REQUEST =
            Request.of("tools/call", ResultReader::ofNothing).about("query").params(JSON);
    private static final Asked ASKED = new Asked(
            () -> "tools/call",
            Place.own(URI.create("https://app.example/mcp?key=" + CANARY)),
            new Sent(DatabricksToken.of(CANARY, Instant.EPOCH), CallHeaders.NONE, LegacySession.NONE),
            Advice.ABOUT_DATABRICKS);
    private static final ResolvedRole ROLE =
            new ResolvedRole("west_sales", "idp-role", ServicePrincipal.of("7cb2f8a4-49a7-4147-83db-35cb69e5cede"));
    private static final HttpHeaders HEADERS =
            HttpHeaders.of(Map.of("Mcp-Session-Id", List.of(CANARY)), (name, value) -> true);

    static Stream<Arguments> values() {
        return Stream.of(
                arguments(
                        Outgoing.post(() -> "tools/call 'query'", Map.of("Mcp-Session-Id", CANARY), JSON),
                        "tools/call 'query'"),
                arguments(REQUEST, "tools/call 'query'"),
                arguments(
                        new Answer<>(ASKED, new Outcome.Complete<>(CANARY), HEADERS, LegacySession.NONE),
                        "tools/call at https://app.example/mcp"),
                arguments(new Message.Result<>(CANARY, new Outcome.Complete<>(CANARY)), "Result"),
                arguments(new Message.Failure<>(CANARY, new RpcError(-32000, CANARY)), "-32000"),
                arguments(new Message.Request<>(CANARY, "ping", JSON), "ping"),
                arguments(new Message.Notification<>("notifications/message", JSON), "notifications/message"),
                arguments(new Outcome.Complete<>(CANARY), "Complete"),
                arguments(new Outcome.InputRequired<>(JSON, JSON), "InputRequired"),
                arguments(JSON, "23 bytes"),
                arguments(new Page<>(List.of(CANARY), CANARY, new KeepHint()), "1"),
                arguments(new Discovery("1", List.of(), Json.object(), CANARY, CANARY, new KeepHint()), "Discovery"),
                arguments(new TypedResult<>(CANARY, null, "", null), "TypedResult"),
                arguments(new LogMessage("warning", CANARY, CANARY), "warning"),
                arguments(new Progress(1, 2, CANARY), "1.0 of 2.0"),
                arguments(new Elicitation(CANARY, CANARY, "", Map.of("a", CANARY)), "form"),
                arguments(ElicitationAnswer.accept(Map.of("a", CANARY)), "accept"),
                arguments(new SamplingRequest(List.of(), CANARY, 1, CANARY), "0 messages"),
                arguments(new SamplingAnswer("m", CANARY, ""), "m"),
                arguments(new RpcError(-32000, CANARY, "\"" + CANARY + "\""), "-32000"),
                arguments(
                        new Sent(
                                DatabricksToken.of(CANARY, Instant.EPOCH),
                                new CallHeaders(CANARY, null, true),
                                new LegacySession("2025-11-25", CANARY, ServerInfo.UNKNOWN)),
                        "Sent"),
                arguments(new SseEvent("message", JSON), "message"),
                arguments(new CallHeaders(CANARY, ROLE, true), "west_sales"),
                arguments(new LegacySession("2025-11-25", CANARY, ServerInfo.UNKNOWN), "2025-11-25"),
                arguments(new TextContent(CANARY), "11 characters"),
                arguments(new ImageContent(CANARY, "image/png"), "image/png"),
                arguments(new AudioContent(CANARY, "audio/wav"), "audio/wav"),
                arguments(new ResourceLink("https://x/?sig=" + CANARY, CANARY, CANARY, "text/csv"), "text/csv"),
                arguments(new EmbeddedResource("file:///" + CANARY, "text/csv", CANARY, ""), "text/csv"),
                arguments(new EmbeddedResource("", "a/b", "", "", CANARY), "a/b"),
                arguments(new UnknownContent("video", CANARY), "video"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void valueSaysWhatItIsAndNotWhatIsInIt(Object value, String said) {
        assertThat(value.toString()).contains(said).doesNotContain(CANARY);
    }
}
