// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An {@link McpClient} whose calls do not wait.
 *
 * <pre>{@code
 * CompletableFuture<Sales> sales = mcp.async().callTool("sales_of", new Quarter(2026, 3), Sales.class);
 * sales.orTimeout(5, TimeUnit.SECONDS);
 * }</pre>
 *
 * <p>Each call runs on a thread of its own (a virtual one where the JVM has them), so listeners and handlers run there. A
 * future that is cancelled, or completed in any other way, ends its call: the connection is freed, the client
 * tries to tell the server, and no other call is disturbed. The futures fail with what the methods of {@link McpClient}
 * throw, and with what the application's executor or trace supplier does.
 *
 * <p>Thread-safe. Needs no closing.
 */
public final class McpAsyncClient {
    private final McpClient client;
    private final Executor threads;

    McpAsyncClient(McpClient client, Executor threads) {
        this.client = client;
        this.threads = threads;
    }

    /**
     * Asks for all tools.
     *
     * @return the tools, in the server's order
     * @see McpClient#listTools
     */
    public CompletableFuture<List<Tool>> listTools() {
        return start(McpClient::listTools);
    }

    /**
     * Calls a tool.
     *
     * @param name the tool's name
     * @param arguments its arguments, not to be changed before the call ends
     * @return what it answered
     * @see McpClient#callTool(String, Map)
     */
    public CompletableFuture<ToolResult> callTool(String name, Map<String, ?> arguments) {
        return start(mcp -> mcp.callTool(name, arguments));
    }

    /**
     * Calls a tool, with arguments and answer as objects of the application's own.
     *
     * @param <R> the type of the answer
     * @param name the tool's name
     * @param arguments its arguments, not to be changed before the call ends
     * @param type the type of the answer
     * @return what it answered
     * @see McpClient#callTool(String, Object, Class)
     */
    public <R> CompletableFuture<R> callTool(String name, Object arguments, Class<R> type) {
        return start(mcp -> mcp.callTool(name, arguments, type));
    }

    /**
     * Asks for all resources, page by page to the end, all within one timeout.
     *
     * @return the resources, in the server's order
     * @see McpClient#resources
     */
    public CompletableFuture<List<Resource>> resources() {
        return start(mcp -> mcp.view().all(Requests.resources()));
    }

    /**
     * Asks for all resource templates, page by page to the end, all within one timeout.
     *
     * @return the templates, in the server's order
     * @see McpClient#resourceTemplates
     */
    public CompletableFuture<List<ResourceTemplate>> resourceTemplates() {
        return start(mcp -> mcp.view().all(Requests.resourceTemplates()));
    }

    /**
     * Reads a resource.
     *
     * @param uri its URI
     * @return what it holds
     * @see McpClient#readResource
     */
    public CompletableFuture<List<EmbeddedResource>> readResource(String uri) {
        return start(mcp -> mcp.readResource(uri));
    }

    /**
     * Asks for all prompts, page by page to the end, all within one timeout.
     *
     * @return the prompts, in the server's order
     * @see McpClient#prompts
     */
    public CompletableFuture<List<Prompt>> prompts() {
        return start(mcp -> mcp.view().all(Requests.prompts()));
    }

    /**
     * Gets a prompt, filled in.
     *
     * @param name its name
     * @param arguments what to fill in
     * @return the conversation it begins
     * @see McpClient#getPrompt
     */
    public CompletableFuture<PromptResult> getPrompt(String name, Map<String, String> arguments) {
        return start(mcp -> mcp.getPrompt(name, arguments));
    }

    /**
     * Asks what an argument of a prompt may become.
     *
     * @param prompt the prompt's name
     * @param argument the argument's name
     * @param typed what somebody has typed of it
     * @param filledIn the arguments that are filled in already, not to be changed before the call ends
     * @return the server's suggestions
     * @see McpClient#completePrompt
     */
    public CompletableFuture<Completion> completePrompt(
            String prompt, String argument, String typed, Map<String, String> filledIn) {
        return start(mcp -> mcp.completePrompt(prompt, argument, typed, filledIn));
    }

    /**
     * Asks what a variable of a resource template may become.
     *
     * @param uriTemplate the template
     * @param variable the variable's name
     * @param typed what somebody has typed of it
     * @param filledIn the variables that are filled in already, not to be changed before the call ends
     * @return the server's suggestions
     * @see McpClient#completeTemplate
     */
    public CompletableFuture<Completion> completeTemplate(
            String uriTemplate, String variable, String typed, Map<String, String> filledIn) {
        return start(mcp -> mcp.completeTemplate(uriTemplate, variable, typed, filledIn));
    }

    /**
     * Asks for what an extension of the protocol defines.
     *
     * @param <R> the type of the result
     * @param method the JSON-RPC method
     * @param params its parameters, not to be changed before the call ends
     * @param type the type of the result
     * @return the result
     * @see McpClient#request
     */
    public <R> CompletableFuture<R> request(String method, Object params, Class<R> type) {
        return start(mcp -> mcp.request(method, params, type));
    }

    /**
     * Asks what the server says of itself, if need be.
     *
     * @return that, and the protocol version
     * @see McpClient#server
     */
    public CompletableFuture<ServerInfo> server() {
        return start(McpClient::server);
    }

    /**
     * Hears of changes on the server until the future is cancelled or the client closed: of its lists, and of the resources
     * named. Connects again when the connection is lost, and once it is there tells the listener that it may have missed
     * some. The listener runs on a thread of its own, one change after the other; what it throws ends the listening. When the
     * last who listens to a resource goes, a server up to 2025-11-25 is asked to tell of it no more, if that can be.
     *
     * <p>A server of 2026-07-28 has to acknowledge the subscription before all else and within {@code requestTimeout}; from
     * then on the stream may be silent for as long as it likes. So a peer that is gone without having closed the connection
     * is not noticed: the protocol has no sign of life here, and this client closes no stream for being idle. Where that
     * can happen, have the operating system or a proxy end such connections, or cancel and listen anew from time to time.
     *
     * <pre>{@code
     * CompletableFuture<Void> listening = mcp.async().listen(Set.of("file:///prices.csv"), change -> cache.clear());
     * listening.cancel(true);
     * }</pre>
     *
     * @param resources the URIs of resources to hear of; may be empty
     * @param listener hears of changes
     * @return never completes but by failure: {@link McpException} with {@code MCP_REQUEST_REFUSED} or
     *     {@code MCP_PROTOCOL_ERROR} if the server tells nobody of changes, {@code MCP_REPLY_UNREADABLE} or
     *     {@code MCP_TIMED_OUT} if it does not acknowledge the subscription, {@link IllegalStateException} when the client
     *     is closed
     */
    public CompletableFuture<@Nullable Void> listen(Set<String> resources, Consumer<? super Change> listener) {
        requireNonNull(listener, "listener");
        Set<String> uris = Set.copyOf(resources);
        return client.view().untilClosed(start(mcp -> {
            mcp.view().listen(uris, listener);
            return null;
        }));
    }

    /** {@return where it calls} */
    @Override
    public String toString() {
        return "McpAsyncClient[" + client + "]";
    }

    /** With what only the thread that asks knows, such as the trace it is in. */
    private <T extends @Nullable Object> CompletableFuture<T> start(Function<McpClient, T> call) {
        CallOptions here;
        try {
            here = client.view().optionsOnThisThread();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
        return PendingCall.start(() -> call.apply(client.with(here)), threads);
    }
}
