// SPDX-License-Identifier: Apache-2.0
package mcptests;

import io.modelcontextprotocol.spec.McpSchema.AudioContent;
import io.modelcontextprotocol.spec.McpSchema.BlobResourceContents;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.CompleteRequest;
import io.modelcontextprotocol.spec.McpSchema.CompleteResult;
import io.modelcontextprotocol.spec.McpSchema.EmbeddedResource;
import io.modelcontextprotocol.spec.McpSchema.GetPromptRequest;
import io.modelcontextprotocol.spec.McpSchema.GetPromptResult;
import io.modelcontextprotocol.spec.McpSchema.ImageContent;
import io.modelcontextprotocol.spec.McpSchema.Prompt;
import io.modelcontextprotocol.spec.McpSchema.PromptArgument;
import io.modelcontextprotocol.spec.McpSchema.PromptMessage;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceResult;
import io.modelcontextprotocol.spec.McpSchema.Resource;
import io.modelcontextprotocol.spec.McpSchema.ResourceLink;
import io.modelcontextprotocol.spec.McpSchema.ResourceTemplate;
import io.modelcontextprotocol.spec.McpSchema.Role;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** What the servers built on the official SDK offer, whether they keep sessions or not. */
final class SdkFeatures {
    static final Resource PRICES = Resource.builder("file:///prices.csv", "prices")
            .title("Prices")
            .mimeType("text/csv")
            .build();
    static final ResourceTemplate REGION =
            ResourceTemplate.builder("region:///{name}", "region").build();
    static final Prompt GREETING = Prompt.builder("greeting")
            .title("Greeting")
            .arguments(List.of(
                    PromptArgument.builder("who").required(true).build(),
                    PromptArgument.builder("how").required(false).build()))
            .build();
    static final ServerCapabilities CAPABILITIES = ServerCapabilities.builder()
            .tools(true)
            .resources(true, true)
            .prompts(true)
            .logging()
            .completions()
            .build();

    /** A tool that needs nothing of its server. */
    record PlainTool(Tool tool, Function<CallToolRequest, CallToolResult> work) {}

    private SdkFeatures() {}

    static List<PlainTool> tools() {
        return List.of(
                new PlainTool(
                        tool("echo").build(),
                        call -> text(String.valueOf(call.arguments().get("message")))),
                new PlainTool(tool("everything").build(), call -> everything()),
                new PlainTool(
                        tool("fail").build(),
                        call -> CallToolResult.builder()
                                .addTextContent("it is broken")
                                .isError(true)
                                .build()),
                new PlainTool(tool("throw").build(), call -> {
                    throw new IllegalStateException("thrown inside");
                }),
                new PlainTool(
                        tool("sales")
                                .outputSchema(schema("amount", "number"))
                                .annotations(ToolAnnotations.builder()
                                        .readOnlyHint(true)
                                        .build())
                                .build(),
                        call -> CallToolResult.builder()
                                .structuredContent(Map.of("amount", 12.5))
                                .build()));
    }

    static Tool.Builder tool(String name) {
        return Tool.builder(name, schema("message", "string")).description("does " + name);
    }

    static CallToolResult text(String text) {
        return CallToolResult.builder().addTextContent(text).build();
    }

    static ReadResourceResult read(ReadResourceRequest request) {
        return ReadResourceResult.builder(List.of(
                        TextResourceContents.builder(request.uri(), "of " + request.uri())
                                .mimeType("text/csv")
                                .build(),
                        BlobResourceContents.builder(request.uri(), "AQID").build()))
                .build();
    }

    static GetPromptResult greeting(GetPromptRequest request) {
        String text = "Greet " + request.arguments().get("who");
        return GetPromptResult.builder(List.of(PromptMessage.builder(
                                Role.USER, TextContent.builder(text).build())
                        .build()))
                .build();
    }

    static CompleteResult complete(CompleteRequest request) {
        List<String> names = Stream.of("ann", "anton", "bert")
                .filter(name -> name.startsWith(request.argument().value()))
                .toList();
        return new CompleteResult(new CompleteResult.CompleteCompletion(names, names.size(), false));
    }

    private static CallToolResult everything() {
        TextResourceContents inside =
                TextResourceContents.builder("file:///inside", "inside").build();
        return CallToolResult.builder()
                .content(List.of(
                        TextContent.builder("text").build(),
                        ImageContent.builder("AQID", "image/png").build(),
                        AudioContent.builder("BAUG", "audio/wav").build(),
                        EmbeddedResource.builder(inside).build(),
                        ResourceLink.builder()
                                .uri("file:///prices.csv")
                                .name("prices")
                                .build()))
                .build();
    }

    private static Map<String, Object> schema(String name, String type) {
        return Map.of("type", "object", "properties", Map.of(name, Map.of("type", type)));
    }
}
