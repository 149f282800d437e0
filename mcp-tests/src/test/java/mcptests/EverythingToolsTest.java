// SPDX-License-Identifier: Apache-2.0
package mcptests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenfederation.mcp.CallOptions;
import io.tokenfederation.mcp.Content;
import io.tokenfederation.mcp.EmbeddedResource;
import io.tokenfederation.mcp.ImageContent;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpException;
import io.tokenfederation.mcp.Progress;
import io.tokenfederation.mcp.ResourceLink;
import io.tokenfederation.mcp.TextContent;
import io.tokenfederation.mcp.Tool;
import io.tokenfederation.mcp.ToolResult;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The tools of the server that has everything. */
@ExtendWith(EverythingServer.Shared.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class EverythingToolsTest {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G'};

    record Weather(int temperature, String conditions, int humidity) {}

    private McpClient mcp;

    @BeforeEach
    void connect(EverythingServer server) {
        mcp = Clients.of(server.uri()).build();
    }

    @AfterEach
    void end() {
        mcp.close();
    }

    @Test
    void serverSaysWhoItIsAndWhatItOffers() {
        assertThat(mcp.server().name()).isEqualTo("mcp-servers/everything");
        assertThat(mcp.server().version()).isNotEmpty();
        assertThat(mcp.server().protocolVersion()).isEqualTo("2025-11-25");
        assertThat(mcp.server().instructions()).isNotEmpty();
        assertThat(mcp.server().capabilities())
                .contains("\"tools\"", "\"resources\"", "\"prompts\"", "\"logging\"", "\"completions\"", "\"tasks\"");
    }

    @Test
    void theseToolsAreOfferedToAClientThatAnswersNothing() {
        assertThat(mcp.listTools())
                .extracting(Tool::name)
                .containsExactlyInAnyOrder(
                        "echo",
                        "get-annotated-message",
                        "get-env",
                        "get-resource-links",
                        "get-resource-reference",
                        "get-structured-content",
                        "get-sum",
                        "get-tiny-image",
                        "gzip-file-as-resource",
                        "toggle-simulated-logging",
                        "toggle-subscriber-updates",
                        "trigger-long-running-operation",
                        "simulate-research-query");
    }

    @Test
    void toolIsDescribed() {
        Tool sum = mcp.listTools().stream()
                .filter(tool -> tool.name().equals("get-sum"))
                .findFirst()
                .orElseThrow();

        assertThat(sum.title()).isEqualTo("Get Sum Tool");
        assertThat(sum.description()).isNotEmpty();
        assertThat(sum.inputSchema()).contains("\"a\"", "\"b\"", "\"number\"");
        assertThat(sum.definition()).contains("\"readOnlyHint\":true");
    }

    @Test
    void echoComesBackAsItWent() {
        String text = "ä € 𝄞 \" \\ \n\u2028 " + "x".repeat(20_000);

        assertThat(mcp.callTool("echo", Map.of("message", text)).text()).isEqualTo("Echo: " + text);
    }

    @Test
    void sumIsRight() {
        assertThat(mcp.callTool("get-sum", Map.of("a", 2, "b", 40)).text()).contains("42");
    }

    @Test
    void argumentsThatDoNotFitAreAnErrorOfTheTool() {
        ToolResult result = mcp.callTool("get-sum", Map.of("a", "two"));

        assertThat(result.isError()).isTrue();
        assertThat(result.text()).contains("get-sum");
    }

    @Test
    void unknownToolIsNoSuccess() {
        ToolResult result = mcp.callTool("no-such-tool", Map.of());

        assertThat(result.isError()).isTrue();
    }

    @Test
    void structuredContentIsReadIntoARecordAndHeldAgainstTheSchema() {
        mcp.listTools();

        Weather weather = mcp.callTool("get-structured-content", Map.of("location", "Chicago"), Weather.class);

        assertThat(weather).isEqualTo(new Weather(36, "Light rain / drizzle", 82));
    }

    @Test
    void imageIsAnImage() {
        List<Content> content = mcp.callTool("get-tiny-image", Map.of()).content();

        assertThat(content)
                .filteredOn(ImageContent.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(ImageContent.class, image -> {
                    assertThat(image.mimeType()).isEqualTo("image/png");
                    assertThat(image.bytes()).startsWith(PNG);
                });
    }

    @Test
    void annotatedContentIsReadWithTheAnnotationsLeftOut() {
        ToolResult result = mcp.callTool("get-annotated-message", Map.of("messageType", "error", "includeImage", true));

        assertThat(result.content())
                .hasExactlyElementsOfTypes(TextContent.class, ImageContent.class)
                .contains(new TextContent("Error: Operation failed"));
        assertThat(result.isError()).isFalse();
    }

    @Test
    void linksLeadToResources() {
        List<ResourceLink> links = mcp.callTool("get-resource-links", Map.of("count", 4)).content().stream()
                .filter(ResourceLink.class::isInstance)
                .map(ResourceLink.class::cast)
                .toList();

        assertThat(links)
                .hasSize(4)
                .allSatisfy(link -> assertThat(mcp.readResource(link.uri()))
                        .singleElement()
                        .satisfies(resource -> assertThat(resource.uri()).isEqualTo(link.uri())));
    }

    @Test
    void embeddedTextAndBytesAreRead() {
        EmbeddedResource text = embedded(Map.of("resourceType", "Text", "resourceId", 7));
        EmbeddedResource bytes = embedded(Map.of("resourceType", "Blob", "resourceId", 8));

        assertThat(text.text()).startsWith("Resource 7:");
        assertThat(new String(Base64.getDecoder().decode(bytes.base64()), StandardCharsets.UTF_8))
                .startsWith("Resource 8:");
    }

    @Test
    void resourceMadeByAToolCanBeReadInTheSession() throws Exception {
        String data = "data:text/plain;base64,"
                + Base64.getEncoder().encodeToString("zip me".getBytes(StandardCharsets.UTF_8));
        ResourceLink link =
                (ResourceLink) mcp.callTool("gzip-file-as-resource", Map.of("name", "zipped.gz", "data", data))
                        .content()
                        .get(0);

        EmbeddedResource resource = mcp.readResource(link.uri()).get(0);

        byte[] zipped = Base64.getDecoder().decode(resource.base64());
        assertThat(new GZIPInputStream(new ByteArrayInputStream(zipped)).readAllBytes())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("zip me");
    }

    @Test
    void environmentIsTold() {
        assertThat(mcp.callTool("get-env", Map.of()).text()).contains("\"PORT\"");
    }

    @Test
    void longCallTellsHowFarItIs() {
        List<Progress> heard = new ArrayList<>();

        ToolResult result = mcp.with(CallOptions.defaults().onProgress(heard::add))
                .callTool("trigger-long-running-operation", Map.of("duration", 1, "steps", 4));

        assertThat(result.text()).contains("completed");
        assertThat(heard).extracting(Progress::fraction).containsExactly(0.25, 0.5, 0.75, 1.0);
    }

    @Test
    void longCallThatIsTakenBackEndsAndHarmsNoOther() {
        CompletableFuture<ToolResult> call =
                mcp.async().callTool("trigger-long-running-operation", Map.of("duration", 30, "steps", 2));
        mcp.callTool("echo", Map.of("message", "meanwhile"));

        call.cancel(true);

        assertThat(mcp.callTool("echo", Map.of("message", "afterwards")).text()).isEqualTo("Echo: afterwards");
        assertThat(call).isCancelled();
    }

    @Test
    void longCallEndsWithItsOwnTimeout() {
        McpClient hasty = mcp.with(CallOptions.defaults().timeout(Duration.ofMillis(300)));

        assertThatThrownBy(() -> hasty.callTool("trigger-long-running-operation", Map.of("duration", 30, "steps", 2)))
                .isInstanceOfSatisfying(
                        McpException.class, e -> assertThat(e.code()).isEqualTo("MCP_TIMED_OUT"));
    }

    @Test
    void toolThatRunsOnlyAsATaskSaysSo() {
        ToolResult result = mcp.callTool("simulate-research-query", Map.of("topic", "tokens"));

        assertThat(result.isError()).isTrue();
        assertThat(result.text()).contains("task");
    }

    @Test
    void manyCallsAtOnceEachGetTheirOwnAnswer() {
        List<CompletableFuture<ToolResult>> calls = IntStream.range(0, 200)
                .mapToObj(i -> mcp.async().callTool("echo", Map.of("message", "number " + i)))
                .toList();

        for (int i = 0; i < calls.size(); i++) {
            assertThat(calls.get(i).join().text()).isEqualTo("Echo: number " + i);
        }
    }

    private EmbeddedResource embedded(Map<String, ?> arguments) {
        return mcp.callTool("get-resource-reference", arguments).content().stream()
                .filter(EmbeddedResource.class::isInstance)
                .map(EmbeddedResource.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
