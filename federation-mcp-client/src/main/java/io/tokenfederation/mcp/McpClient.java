// SPDX-License-Identifier: Apache-2.0
package io.tokenfederation.mcp;

import static java.util.Objects.requireNonNull;

import io.tokenfederation.Caller;
import io.tokenfederation.DatabricksTokenSource;
import io.tokenfederation.ResolvedRole;
import io.tokenfederation.internal.HttpTransport;
import io.tokenfederation.internal.Timeouts;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Calls the tools of an MCP server (Streamable HTTP) with a federated Databricks token.
 *
 * <pre>{@code
 * try (McpClient mcp = McpClient.builder("https://sales-1234.aws.databricksapps.com/mcp")
 *     .tokens(databricks.sourceFor(principal)).caller(caller).build()) {
 *   ToolResult rows = mcp.callTool("query", Map.of("sql", "SELECT * FROM sales"));
 * }
 * }</pre>
 *
 * <p>Connects when first used. Asks the token source on every request, and repeats a request once with another token if
 * the server refused the first. A request is repeated for no other reason than that and a lost session, and never after
 * an answer that carries its id, so a tool never runs twice for one call.
 *
 * <p>Thread-safe. Acts as one service principal, so create one per service principal, and take a
 * {@linkplain #forCaller view} of it for each person; clients can share the {@link Builder#httpClient HttpClient}. Closing
 * is allowed and ends the session; it is not needed.
 *
 * <p>Does not cache lists, validate structured content, resume broken streams, or offer the server anything (sampling,
 * roots, elicitation). Speaks the protocol versions 2025-03-26, 2025-06-18 and 2025-11-25.
 */
public final class McpClient implements AutoCloseable {
    private final Connection connection;
    private final CallHeaders headers;
    private final boolean view;
    private volatile boolean closed;

    private McpClient(Connection connection, CallHeaders headers, boolean view) {
        this.connection = connection;
        this.headers = headers;
        this.view = view;
    }

    /**
     * Starts building a client.
     *
     * @param uri the server's MCP URL, path included; https, or http to loopback
     * @return the builder
     * @throws IllegalArgumentException if credentials may not go there
     */
    public static Builder builder(URI uri) {
        return new Builder(HttpTransport.requireSecure(requireNonNull(uri, "uri"), "the MCP URL"));
    }

    /**
     * Starts building a client.
     *
     * @param uri the server's MCP URL, path included; https, or http to loopback
     * @return the builder
     * @throws IllegalArgumentException if it is no URL, or credentials may not go there
     */
    public static Builder builder(String uri) {
        return builder(HttpTransport.parse(requireNonNull(uri, "uri"), "the MCP URL"));
    }

    /**
     * Asks for all tools, page by page to the end.
     *
     * @return the tools, in the server's order
     * @throws McpException if the server cannot be reached, refuses, or answers what it should not
     * @throws io.tokenfederation.FederationException if there is no token to be had
     * @throws IllegalStateException if the client is closed
     */
    public List<Tool> listTools() {
        return tools().list();
    }

    /**
     * Calls a tool.
     *
     * @param name the tool's name
     * @param arguments its arguments: strings, numbers, booleans, lists, maps and null
     * @return what it answered; also when the tool itself failed
     * @throws McpException if the server cannot be reached, refuses, or answers what it should not
     * @throws io.tokenfederation.FederationException if there is no token to be had
     * @throws IllegalArgumentException if the arguments cannot be written as JSON
     * @throws IllegalStateException if the client is closed
     */
    public ToolResult callTool(String name, Map<String, ?> arguments) {
        requireNonNull(name, "name");
        requireNonNull(arguments, "arguments");
        return tools().call(name, arguments);
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
        requireOpen();
        return new McpClient(connection, headers.caller(caller).role(headers.requireSame(role)), true);
    }

    /**
     * Ends the session, waiting two seconds at most, and lets go of the HTTP client; of a view, ends the view alone. Never
     * throws.
     */
    @Override
    public void close() {
        closed = true;
        if (!view) {
            connection.close(headers);
        }
    }

    /** {@return where it calls} */
    @Override
    public String toString() {
        return "McpClient[" + connection + "]";
    }

    private Tools tools() {
        requireOpen();
        return connection.tools(headers);
    }

    private void requireOpen() {
        if (closed || connection.closed()) {
            throw Sessions.closedException();
        }
    }

    /** Settings of a client. */
    public static final class Builder {
        private final URI uri;
        private @Nullable DatabricksTokenSource tokens;
        private CallHeaders headers = CallHeaders.NONE;
        private Duration requestTimeout = Duration.ofSeconds(60);
        private @Nullable Duration connectTimeout;
        private @Nullable HttpClient httpClient;
        private int maxMessageSize = 16 * 1_024 * 1_024;

        private Builder(URI uri) {
            this.uri = uri;
        }

        /**
         * Gives the token of every request. Required.
         *
         * @param tokens the source, asked on every request
         * @return this
         */
        public Builder tokens(DatabricksTokenSource tokens) {
            this.tokens = requireNonNull(tokens, "tokens");
            return this;
        }

        /**
         * Sends the person's e-mail address as {@code X-Caller-Email}, if there is one, for the server's audit log. It
         * proves nothing and authorises nothing. What is not visible ASCII, and the percent sign, is percent-encoded in
         * UTF-8: {@code jürgen@example.com} is sent as {@code j%C3%BCrgen@example.com}. Default: not sent.
         *
         * @param caller who is calling
         * @return this
         */
        public Builder caller(Caller caller) {
            this.headers = headers.caller(caller);
            return this;
        }

        /**
         * Sends the role's name as {@code X-Caller-Role}, for the server's audit log. It proves nothing and authorises
         * nothing: what may be read is decided by the service principal of the token. Default: not sent.
         *
         * @param role the caller's role
         * @return this
         * @throws IllegalArgumentException if the name cannot be sent in a header
         */
        public Builder role(ResolvedRole role) {
            this.headers = headers.role(role);
            return this;
        }

        /**
         * Sends the token a second time as {@code X-Databricks-Token}, for servers on Databricks Apps that call Databricks
         * with it: the proxy keeps {@code Authorization} to itself. Default: false.
         *
         * <p>This hands the token to the app's code, which can then do whatever the service principal may, anywhere in the
         * workspace, until the token ends. The MCP specification calls it token passthrough and forbids it to servers.
         * Switch it on only for servers you run yourself.
         *
         * @param forwardToken whether to send it
         * @return this
         */
        public Builder forwardToken(boolean forwardToken) {
            this.headers = headers.forwardToken(forwardToken);
            return this;
        }

        /**
         * Sets how long one call of this client may take, with handshake, replay, all pages and their bodies, but without
         * the token source's own time. Default: 60 seconds.
         *
         * @param requestTimeout the time, more than zero and at most a day
         * @return this
         */
        public Builder requestTimeout(Duration requestTimeout) {
            this.requestTimeout = Timeouts.require(requestTimeout, "requestTimeout");
            return this;
        }

        /**
         * Sets how long a connection may take to come about. Default: 10 seconds.
         *
         * @param connectTimeout the time, more than zero and at most a day
         * @return this
         */
        public Builder connectTimeout(Duration connectTimeout) {
            this.connectTimeout = Timeouts.require(connectTimeout, "connectTimeout");
            return this;
        }

        /**
         * Uses the application's HTTP client: its proxy, trust store, connections and connect timeout. Default: one of its
         * own per MCP client.
         *
         * @param httpClient a client that follows no redirects; never closed by this one
         * @return this
         */
        public Builder httpClient(HttpClient httpClient) {
            this.httpClient = requireNonNull(httpClient, "httpClient");
            return this;
        }

        /**
         * Sets the most bytes one message of the server may have. Default: 16 MiB.
         *
         * @param maxMessageSize the number of bytes, more than zero
         * @return this
         */
        public Builder maxMessageSize(int maxMessageSize) {
            if (maxMessageSize <= 0) {
                throw new IllegalArgumentException("maxMessageSize must be more than zero; it is " + maxMessageSize);
            }
            this.maxMessageSize = maxMessageSize;
            return this;
        }

        /**
         * Builds the client. Connects to nothing yet.
         *
         * @return the client
         * @throws IllegalStateException if there is no token source
         * @throws IllegalArgumentException if the HTTP client follows redirects, or a connect timeout is set beside it
         */
        public McpClient build() {
            if (tokens == null) {
                throw new IllegalStateException("tokens is required: where does the Databricks token come from?");
            }
            Endpoint endpoint = new Endpoint(uri, transport(), tokens, Clock.systemUTC());
            Conversation conversation = new Conversation(endpoint, maxMessageSize);
            return new McpClient(new Connection(uri, requestTimeout, conversation), headers, false);
        }

        private HttpTransport transport() {
            if (httpClient == null) {
                Duration connect = connectTimeout == null ? Duration.ofSeconds(10) : connectTimeout;
                return HttpTransport.create(connect, requestTimeout);
            }
            if (connectTimeout != null) {
                throw new IllegalArgumentException(
                        "connectTimeout has no effect beside httpClient; set it on the HttpClient's own builder");
            }
            return HttpTransport.over(httpClient, requestTimeout);
        }
    }
}
