// SPDX-License-Identifier: Apache-2.0
package mcptests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tokenfederation.mcp.EmbeddedResource;
import io.tokenfederation.mcp.McpClient;
import io.tokenfederation.mcp.McpException;
import io.tokenfederation.mcp.Prompt;
import io.tokenfederation.mcp.PromptMessage;
import io.tokenfederation.mcp.Resource;
import io.tokenfederation.mcp.ResourceTemplate;
import io.tokenfederation.mcp.TextContent;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Resources and prompts of the server that has everything. */
@ExtendWith(EverythingServer.Shared.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class EverythingResourcesTest {
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
    void everyListedResourceCanBeRead() {
        List<Resource> resources = mcp.resources().toList();

        assertThat(resources).isNotEmpty().allSatisfy(resource -> {
            assertThat(resource.mimeType()).startsWith("text/");
            assertThat(mcp.readResource(resource.uri()))
                    .singleElement()
                    .satisfies(read -> assertThat(read.text()).isNotEmpty());
        });
    }

    @Test
    void templatesAreListed() {
        assertThat(mcp.resourceTemplates())
                .extracting(ResourceTemplate::uriTemplate)
                .containsExactlyInAnyOrder(
                        "demo://resource/dynamic/text/{resourceId}", "demo://resource/dynamic/blob/{resourceId}");
    }

    @Test
    void resourcesOfTemplatesAreRead() {
        EmbeddedResource text =
                mcp.readResource("demo://resource/dynamic/text/3").get(0);
        EmbeddedResource bytes =
                mcp.readResource("demo://resource/dynamic/blob/4").get(0);

        assertThat(text.text()).startsWith("Resource 3:");
        assertThat(new String(Base64.getDecoder().decode(bytes.base64()), StandardCharsets.UTF_8))
                .startsWith("Resource 4:");
    }

    @Test
    void unknownResourceIsATypedFailure() {
        assertThatThrownBy(() -> mcp.readResource("demo://resource/nowhere"))
                .isInstanceOfSatisfying(McpException.class, e -> {
                    assertThat(e.code()).isEqualTo("MCP_PROTOCOL_ERROR");
                    assertThat(e.rpcCode()).isPresent();
                });
    }

    @Test
    void variableOfATemplateIsCompleted() {
        String template = "demo://resource/dynamic/text/{resourceId}";

        assertThat(mcp.completeTemplate(template, "resourceId", "12", Map.of()).values())
                .containsExactly("12");
        assertThat(mcp.completeTemplate(template, "resourceId", "x", Map.of()).values())
                .isEmpty();
    }

    @Test
    void promptsAreListedWithTheirArguments() {
        assertThat(mcp.prompts())
                .extracting(Prompt::name)
                .containsExactlyInAnyOrder("simple-prompt", "args-prompt", "completable-prompt", "resource-prompt");
        assertThat(mcp.prompts()
                        .filter(prompt -> prompt.name().equals("args-prompt"))
                        .findFirst()
                        .orElseThrow()
                        .arguments())
                .extracting(Prompt.Argument::name, Prompt.Argument::required)
                .containsExactly(tuple("city", true), tuple("state", false));
    }

    @Test
    void promptIsFilledInWithOrWithoutWhatIsOptional() {
        assertThat(firstText("simple-prompt", Map.of())).isNotEmpty();
        assertThat(firstText("args-prompt", Map.of("city", "Berlin"))).isEqualTo("What's weather in Berlin?");
        assertThat(firstText("args-prompt", Map.of("city", "Austin", "state", "Texas")))
                .isEqualTo("What's weather in Austin, Texas?");
    }

    @Test
    void promptWithoutWhatIsRequiredIsATypedFailure() {
        assertThatThrownBy(() -> mcp.getPrompt("args-prompt", Map.of()))
                .isInstanceOfSatisfying(
                        McpException.class, e -> assertThat(e.rpcCode()).hasValue(-32602));
    }

    @Test
    void promptBringsAResource() {
        List<PromptMessage> messages = mcp.getPrompt(
                        "resource-prompt", Map.of("resourceType", "Text", "resourceId", "5"))
                .messages();

        assertThat(messages)
                .extracting(PromptMessage::content)
                .last()
                .isInstanceOfSatisfying(
                        EmbeddedResource.class,
                        resource -> assertThat(resource.text()).startsWith("Resource 5:"));
    }

    @Test
    void argumentIsCompletedInViewOfWhatIsFilledIn() {
        assertThat(mcp.completePrompt("completable-prompt", "department", "S", Map.of())
                        .values())
                .containsExactly("Sales", "Support");
        assertThat(mcp.completePrompt("completable-prompt", "name", "", Map.of("department", "Sales"))
                        .values())
                .containsExactly("David", "Eve", "Frank");
    }

    private String firstText(String prompt, Map<String, String> arguments) {
        return ((TextContent) mcp.getPrompt(prompt, arguments).messages().get(0).content()).text();
    }
}
