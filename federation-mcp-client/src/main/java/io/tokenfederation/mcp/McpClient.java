// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.Caller;
import io.tokenfederation.ResolvedRole;
import io.tokenfederation.internal.HttpTransport;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Speaks with an MCP server (Streamable HTTP) with a federated Databricks token: calls its tools, reads its resources, gets
 * its prompts.
 *
 * <pre>{@code
 * try (McpClient mcp = McpClient.builder("https://sales-1234.aws.databricksapps.com/mcp")
 *     .tokens(databricks.sourceFor(principal)).caller(caller).build()) {
 *   ToolResult rows = mcp.callTool("query", Map.of("sql", "SELECT * FROM sales"));
 *   Sales sales = mcp.callTool("sales_of", new Quarter(2026, 3), Sales.class);
 * }
 * }</pre>
 *
 * <p>Speaks both eras of the protocol: 2026-07-28, and where the server does not, 2025-11-25 back to 2025-03-26. Finds out
 * which when first used, and anew when that has changed.
 *
 * <p>Asks the token source on every request, and repeats a request once with another token if the server refused the first.
 * Repeats a request also in another session, when the server has lost the first, and after a moment, when the server asks
 * for that with {@code Retry-After} of at most five seconds or the answer was lost on the way; but a tool is never run twice
 * for one call, nor what an extension defines, unless {@linkplain CallOptions#idempotent() somebody says} that it may be.
 *
 * <p>Lists are kept for as long as a server of 2026-07-28 says that they hold ({@code ttlMs}), for the same token and person
 * unless they are {@code public}; {@link McpAsyncClient#listen} drops what has changed.
 *
 * <p>All methods that ask the server throw {@link McpException} if it cannot be reached, refuses, or answers what it should
 * not; {@link io.tokenfederation.FederationException} if there is no token to be had; {@link IllegalStateException} if the
 * client is closed.
 *
 * <p>Thread-safe. Acts as one service principal, so create one per service principal, and take a
 * {@linkplain #forCaller view} of it for each person. Closing is allowed and ends the session; it is not needed.
 */
public final class McpClient implements AutoCloseable {
    private final View view;

    McpClient(View view) {
        this.view = view;
    }

    /**
     * Starts building a client.
     *
     * @param uri the server's MCP URL, path included; https, or http to loopback
     * @return the builder
     * @throws IllegalArgumentException if credentials may not go there
     */
    public static McpClientBuilder builder(URI uri) {
        return new McpClientBuilder(HttpTransport.requireSecure(requireNonNull(uri, "uri"), "the MCP URL"));
    }

    /**
     * Starts building a client.
     *
     * @param uri the server's MCP URL, path included; https, or http to loopback
     * @return the builder
     * @throws IllegalArgumentException if it is no URL, or credentials may not go there
     */
    public static McpClientBuilder builder(String uri) {
        return builder(HttpTransport.parse(requireNonNull(uri, "uri"), "the MCP URL"));
    }

    /** {@return all tools in the server's order, asked for page by page to the end, all within one timeout} */
    public List<Tool> listTools() {
        Call call = view.call();
        return view.tools().list(() -> call).toList();
    }

    /**
     * Asks for the tools page by page, each page when somebody comes to it and within a timeout of its own.
     *
     * @return the tools, in the server's order; for one thread
     */
    public Stream<Tool> tools() {
        return view.tools().list(view::call);
    }

    /**
     * Calls a tool.
     *
     * @param name the tool's name
     * @param arguments its arguments: strings, numbers, booleans, lists, maps, null, and whatever Jackson can write
     * @return what it answered; also when the tool itself failed
     * @throws IllegalArgumentException if the arguments cannot be written as JSON
     */
    public ToolResult callTool(String name, Map<String, ?> arguments) {
        requireNonNull(name, "name");
        return view.tools().call(name, Binding.arguments(arguments), view.call());
    }

    /**
     * Calls a tool, with arguments and answer as objects of the application's own, such as records. Jackson binds the
     * answer's structured content straight from the bytes; fields the type does not know are left out. If the tool gives no
     * structured content, the type is read from its only text. Where a list has told this client the tool's output schema,
     * the data is held against it first: types, required and forbidden fields, enumerated values, ranges, lengths, counts
     * and plain patterns. If it breaks that, the tools are listed once more, for the calls that follow. A schema is believed
     * in the session in which it was listed, until the server tells that its tools have changed, or a {@code listen} that
     * could have heard so breaks off; then data is held against none until the tools are listed anew.
     *
     * @param <R> the type of the answer
     * @param name the tool's name
     * @param arguments its arguments: a record, a map, or whatever Jackson writes as a JSON object
     * @param type the type of the answer
     * @return what it answered
     * @throws McpException as all methods, and {@code MCP_TOOL_FAILED} if the tool itself failed, {@code
     *     MCP_RESULT_MISMATCH} if what it answered does not fit the type or the tool's output schema
     * @throws IllegalArgumentException if the arguments cannot be written as a JSON object
     */
    public <R> R callTool(String name, Object arguments, Class<R> type) {
        requireNonNull(name, "name");
        requireNonNull(type, "type");
        return view.tools().call(name, Binding.arguments(arguments), type, view.call());
    }

    /** {@return the resources page by page, as {@link #tools()} gives them; for one thread} */
    public Stream<Resource> resources() {
        return view.pages(Requests.resources());
    }

    /** {@return the resource templates page by page, as {@link #tools()} gives them; for one thread} */
    public Stream<ResourceTemplate> resourceTemplates() {
        return view.pages(Requests.resourceTemplates());
    }

    /**
     * Reads a resource.
     *
     * @param uri its URI
     * @return what it holds: mostly one piece, of a folder several; one of a kind this version does not know as {@link
     *     EmbeddedResource#json()}
     */
    public List<EmbeddedResource> readResource(String uri) {
        return view.ask(Requests.read(requireNonNull(uri, "uri")));
    }

    /** {@return the prompts page by page, as {@link #tools()} gives them; for one thread} */
    public Stream<Prompt> prompts() {
        return view.pages(Requests.prompts());
    }

    /**
     * Gets a prompt, filled in.
     *
     * @param name its name
     * @param arguments what to fill in
     * @return the conversation it begins
     */
    public PromptResult getPrompt(String name, Map<String, String> arguments) {
        return view.ask(Requests.prompt(requireNonNull(name, "name"), arguments));
    }

    /**
     * Asks what an argument of a prompt may become.
     *
     * @param prompt the prompt's name
     * @param argument the argument's name
     * @param typed what somebody has typed of it
     * @param filledIn the arguments that are filled in already
     * @return the server's suggestions
     */
    public Completion completePrompt(String prompt, String argument, String typed, Map<String, String> filledIn) {
        return view.ask(Requests.complete(Requests.toPrompt(prompt), argument, typed, filledIn));
    }

    /**
     * Asks what a variable of a resource template may become.
     *
     * @param uriTemplate the template
     * @param variable the variable's name
     * @param typed what somebody has typed of it
     * @param filledIn the variables that are filled in already
     * @return the server's suggestions
     */
    public Completion completeTemplate(
            String uriTemplate, String variable, String typed, Map<String, String> filledIn) {
        return view.ask(Requests.complete(Requests.toTemplate(uriTemplate), variable, typed, filledIn));
    }

    /**
     * Asks for what an extension of the protocol defines and this client does not know. Sent as any other request, with
     * {@code Mcp-Method} in the modern era, and like a tool's call never carried out twice unless
     * {@link CallOptions#idempotent()} says that it may be; nothing of it is kept, and a server that answers it with a
     * question is not understood. Declare the extension by {@link McpClientBuilder#extension}, and look into
     * {@link ServerInfo#extensions()} whether the server has it.
     *
     * <pre>{@code
     * SkillPage page = mcp.request("skills/list", Map.of(), SkillPage.class);
     * }</pre>
     *
     * @param <R> the type of the result
     * @param method the JSON-RPC method, such as {@code skills/list}
     * @param params its parameters: a record, a map, or whatever Jackson writes as a JSON object
     * @param type the type of the result, bound as {@link #callTool(String, Object, Class)} binds it; {@code String.class}
     *     for the JSON text as the server wrote it
     * @return the result
     * @throws McpException as all methods, and {@code MCP_RESULT_MISMATCH} if the result does not fit the type
     * @throws IllegalArgumentException if the method is one of the protocol itself, a notification, or no method's name; if
     *     the parameters cannot be written as a JSON object, or hold {@code _meta}
     */
    public <R> R request(String method, Object params, Class<R> type) {
        requireNonNull(method, "method");
        requireNonNull(type, "type");
        Answer<TypedResult<R>> answer = view.answer(ExtensionRequest.of(method, params, type));
        return answer.value().valueOrThrow(answer.asked());
    }

    /** {@return what the server says of itself, and the protocol version; asked for if need be, or if it holds no longer} */
    public ServerInfo server() {
        return view.server();
    }

    /** {@return the same client, its calls in the form of futures} */
    public McpAsyncClient async() {
        return new McpAsyncClient(this, view.threads());
    }

    /**
     * Returns a view of this client whose calls have these options. Costs no request, so make one per call if you like.
     *
     * @param callOptions the options, in place of those there were
     * @return the view
     */
    public McpClient with(CallOptions callOptions) {
        return new McpClient(view.with(requireNonNull(callOptions, "callOptions")));
    }

    /**
     * Returns a view of this client that speaks for another person: the same session, connections and tokens, other headers
     * for the server's audit log. Costs no request, so make one per call if you like.
     *
     * <p>The server sees one session in which several people ask, begun in the name of whoever asks first; for one that keeps
     * data per session, build a client per person. A view ends with this client, and closing it ends nothing else.
     *
     * @param caller who is calling
     * @param role the caller's role, with the service principal whose tokens this client has
     * @return the view
     * @throws IllegalArgumentException if the role is one of another service principal than this client's role, or its name
     *     cannot be sent in a header
     * @throws IllegalStateException if the client is closed
     */
    public McpClient forCaller(Caller caller, ResolvedRole role) {
        return new McpClient(view.forCaller(caller, role));
    }

    /**
     * Ends the session, waiting two seconds at most, and all {@linkplain McpAsyncClient#listen listening}, and lets go of
     * the HTTP client; of a view, ends the view alone and what it listens to. Calls that are under way go on. Never throws.
     *
     * <p>Of the HTTP client that all clients share which are given none, connections and threads end when the last of them is
     * closed and has had its last answer: at once from Java 21 on, and before when the JVM next collects garbage, because
     * Java 17 has no way to shut an {@link java.net.http.HttpClient} down. One of the application's own stays open.
     */
    @Override
    public void close() {
        view.close();
    }

    /** What its futures need of it. */
    View view() {
        return view;
    }

    /** {@return where it calls} */
    @Override
    public String toString() {
        return "McpClient[" + view + "]";
    }
}
