// SPDX-License-Identifier: Apache-2.0
package mcptests;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures;
import io.modelcontextprotocol.server.McpStatelessServerFeatures;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.server.transport.HttpServletStatelessServerTransport;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.CreateMessageRequest;
import io.modelcontextprotocol.spec.McpSchema.CreateMessageResult;
import io.modelcontextprotocol.spec.McpSchema.ElicitFormRequest;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import io.modelcontextprotocol.spec.McpSchema.LoggingLevel;
import io.modelcontextprotocol.spec.McpSchema.LoggingMessageNotification;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import io.modelcontextprotocol.spec.McpSchema.PromptReference;
import io.modelcontextprotocol.spec.McpSchema.ResourceReference;
import io.modelcontextprotocol.spec.McpSchema.Role;
import io.modelcontextprotocol.spec.McpSchema.SamplingMessage;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** A server built on the official Java SDK and its servlets, in this JVM on 127.0.0.1. */
final class SdkServer implements AutoCloseable {
    /** What came in {@code Authorization}, request by request. */
    final List<String> authorizations = new CopyOnWriteArrayList<>();

    /** The HTTP methods that came, in order. */
    final List<String> verbs = new CopyOnWriteArrayList<>();

    private final Server jetty = new Server();
    private final ServerConnector connector = new ServerConnector(jetty);

    private SdkServer() {}

    /** What a test does with the server besides asking it. */
    interface WithSessions {
        void accept(McpSyncServer server);
    }

    /** With sessions, and all that a server asks and tells of its own accord. */
    static SdkServer stateful(WithSessions hold) {
        SdkServer server = new SdkServer();
        HttpServletStreamableServerTransportProvider transport = HttpServletStreamableServerTransportProvider.builder()
                .mcpEndpoint("/mcp")
                .contextExtractor(server::seen)
                .build();
        hold.accept(McpServer.sync(transport)
                .serverInfo("sdk-server", "1.2.3")
                .instructions("be gentle")
                .capabilities(SdkFeatures.CAPABILITIES)
                .tools(Stream.concat(
                                SdkFeatures.tools().stream()
                                        .map(plain -> tool(
                                                plain.tool(),
                                                (exchange, call) -> plain.work().apply(call))),
                                asking())
                        .toList())
                .resources(new McpServerFeatures.SyncResourceSpecification(
                        SdkFeatures.PRICES, (exchange, request) -> SdkFeatures.read(request)))
                .resourceTemplates(new McpServerFeatures.SyncResourceTemplateSpecification(
                        SdkFeatures.REGION, (exchange, request) -> SdkFeatures.read(request)))
                .prompts(new McpServerFeatures.SyncPromptSpecification(
                        SdkFeatures.GREETING, (exchange, request) -> SdkFeatures.greeting(request)))
                .completions(
                        new McpServerFeatures.SyncCompletionSpecification(
                                new PromptReference("greeting"), (exchange, request) -> SdkFeatures.complete(request)),
                        new McpServerFeatures.SyncCompletionSpecification(
                                new ResourceReference("region:///{name}"),
                                (exchange, request) -> SdkFeatures.complete(request)))
                .build());
        return server.started(transport);
    }

    /** Without sessions: it answers, and no more. */
    static SdkServer stateless() {
        SdkServer server = new SdkServer();
        HttpServletStatelessServerTransport transport = HttpServletStatelessServerTransport.builder()
                .messageEndpoint("/mcp")
                .contextExtractor(server::seen)
                .build();
        McpServer.sync(transport)
                .serverInfo("sdk-server", "1.2.3")
                .instructions("be gentle")
                .capabilities(SdkFeatures.CAPABILITIES)
                .tools(SdkFeatures.tools().stream()
                        .map(plain -> new McpStatelessServerFeatures.SyncToolSpecification(
                                plain.tool(), (context, call) -> plain.work().apply(call)))
                        .toList())
                .resources(new McpStatelessServerFeatures.SyncResourceSpecification(
                        SdkFeatures.PRICES, (context, request) -> SdkFeatures.read(request)))
                .resourceTemplates(new McpStatelessServerFeatures.SyncResourceTemplateSpecification(
                        SdkFeatures.REGION, (context, request) -> SdkFeatures.read(request)))
                .prompts(new McpStatelessServerFeatures.SyncPromptSpecification(
                        SdkFeatures.GREETING, (context, request) -> SdkFeatures.greeting(request)))
                .completions(
                        new McpStatelessServerFeatures.SyncCompletionSpecification(
                                new PromptReference("greeting"), (context, request) -> SdkFeatures.complete(request)),
                        new McpStatelessServerFeatures.SyncCompletionSpecification(
                                new ResourceReference("region:///{name}"),
                                (context, request) -> SdkFeatures.complete(request)))
                .build();
        return server.started(transport);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/mcp");
    }

    @Override
    public void close() {
        try {
            jetty.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the server does not stop", e);
        }
    }

    private SdkServer started(HttpServlet servlet) {
        connector.setHost("127.0.0.1");
        jetty.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        ServletHolder holder = new ServletHolder(servlet);
        holder.setAsyncSupported(true);
        context.addServlet(holder, "/*");
        jetty.setHandler(context);
        jetty.setStopTimeout(0);
        try {
            jetty.start();
        } catch (Exception e) {
            throw new IllegalStateException("the server does not start", e);
        }
        return this;
    }

    private McpTransportContext seen(HttpServletRequest request) {
        verbs.add(request.getMethod());
        authorizations.add(String.valueOf(request.getHeader("Authorization")));
        return McpTransportContext.EMPTY;
    }

    private static Stream<McpServerFeatures.SyncToolSpecification> asking() {
        return Stream.of(
                tool("progress", (exchange, call) -> {
                    for (int step = 1; step <= 3; step++) {
                        exchange.progressNotification(
                                ProgressNotification.builder(call.meta().get("progressToken"), step)
                                        .total(3.0)
                                        .message("step " + step)
                                        .build());
                    }
                    return SdkFeatures.text("done");
                }),
                tool("log", (exchange, call) -> {
                    exchange.loggingNotification(
                            LoggingMessageNotification.builder(LoggingLevel.WARNING, "something is odd")
                                    .logger("sdk")
                                    .build());
                    return SdkFeatures.text("done");
                }),
                tool("ask-person", (exchange, call) -> {
                    ElicitResult answer = exchange.createElicitation(ElicitFormRequest.builder(
                                    "Who?",
                                    Map.of(
                                            "type",
                                            "object",
                                            "properties",
                                            Map.of("name", Map.of("type", "string", "default", "ann"))))
                            .build());
                    return SdkFeatures.text(answer.action() + " " + answer.content());
                }),
                tool("ask-model", (exchange, call) -> {
                    CreateMessageResult answer = exchange.createMessage(CreateMessageRequest.builder(
                                    List.of(SamplingMessage.builder(
                                                    Role.USER,
                                                    TextContent.builder("Why?").build())
                                            .build()),
                                    9)
                            .build());
                    return SdkFeatures.text(((TextContent) answer.content()).text());
                }),
                tool(
                        "ask-roots",
                        (exchange, call) -> SdkFeatures.text(
                                exchange.listRoots().roots().get(0).uri())),
                tool("ping", (exchange, call) -> SdkFeatures.text("answered: " + exchange.ping())));
    }

    private static McpServerFeatures.SyncToolSpecification tool(
            String name, BiFunction<McpSyncServerExchange, CallToolRequest, CallToolResult> work) {
        return tool(SdkFeatures.tool(name).build(), work);
    }

    private static McpServerFeatures.SyncToolSpecification tool(
            Tool tool, BiFunction<McpSyncServerExchange, CallToolRequest, CallToolResult> work) {
        return McpServerFeatures.SyncToolSpecification.builder()
                .tool(tool)
                .callHandler(work)
                .build();
    }
}
